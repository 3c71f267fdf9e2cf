"""Letters on their way: stored as a document before the row that names them, sent by the outbox, their state shown.

E-mail is not identity. A mail only says that a letter comes; the letter itself goes by post or over the counter.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from indgang.core.cases.decision_errors import LetterGone, NotOnCase
from indgang.core.cases.document_files import take_in_own
from indgang.core.cases.documents import put_document
from indgang.core.cases.letter_making import Receiver, check_way, phone_of, receiver_of
from indgang.core.cases.models import Case, CaseLetter, Document
from indgang.core.cases.steps import end_step, open_steps, put_step
from indgang.core.cases.values import DocumentKind, EntryKind, LetterState, LetterWay, ScanState, StepKind
from indgang.core.cases.writing import changed, enter, line, locked, locked_by_process, noted
from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Purpose, Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.errors import DeliveryRefused
from indgang.foundation.journal.values import Parcel
from indgang.foundation.registers import services as registers
from indgang.foundation.runtime import clock
from indgang.foundation.runtime import services as runtime

LETTER, NOTICE = "case_letter", "case_notice"
POSTMAN = system("outbox")
DECISION = "decision"
NOT_GONE = frozenset({LetterState.FAILED, LetterState.RECALLED})


def put_letter(
    case: Case,
    *,
    kind: str,
    title: str,
    pdf: bytes,
    receivers: list[Receiver],
    way: str,
    subject_id: UUID | None,
    language: str,
    viewer: Viewer,
    at: datetime,
) -> CaseLetter:
    """Store the letter as a document of the locked case and send it, once to each; the first receiver's is returned."""
    document, digest = _document(case, line(title, 200), pdf, viewer, at)
    sent = [
        _send(case, document, digest, kind, line(title, 200), one, way if n == 0 else _copy_way(way, one), subject_id,
              language, viewer, at)
        for n, one in enumerate(receivers)
    ]  # fmt: skip
    return sent[0]


@transaction.atomic
def send_again(*, letter_id: UUID, way: str, address: str = "", viewer: Viewer, at: datetime) -> CaseLetter:
    """A letter that could not be sent goes another way or to another address; one that did go is never sent twice.

    Nor is one that has been sent again already: a second click finds the letter that is on its way.

    Raises LetterGone, NotOnCase, AddressUnknown, MailUnknown, WayUnknown.
    """
    case, row = _both(letter_id, viewer, at)
    if row.state not in NOT_GONE:
        raise LetterGone(state=gettext(LetterState(row.state).label).lower())
    same = CaseLetter.objects.filter(case=case, document=row.document, party=row.party_id)
    if same.exclude(state__in=NOT_GONE).exists():
        raise LetterGone(state=gettext("sendt igen"))
    if row.state == LetterState.FAILED:
        row.state = LetterState.RECALLED
        row.save(update_fields=["state"])
    for step in open_steps(case, StepKind.TASK):
        if step.subject_id == row.id:
            end_step(case, step, viewer=viewer, at=at)
    receiver = receiver_of(case, row.party_id, address, at)
    document = Document.objects.get(id=row.document)
    made = _send(
        case, document, row.digest, row.kind, row.title, receiver, way, row.subject_id, row.language, viewer, at
    )
    changed(case, "case.letter_sent_again", viewer=viewer, at=at, letter=str(made.id), before=str(row.id), way=way)
    return made


@transaction.atomic
def recall_letter(*, letter_id: UUID, viewer: Viewer, at: datetime) -> CaseLetter:
    """Take back a letter the printer has not had; a decision stands with its letter. Raises LetterGone, NotOnCase."""
    case, row = _both(letter_id, viewer, at)
    if row.kind == DECISION or not take_back_letter(case, row, viewer=viewer, at=at):
        raise LetterGone(state=gettext(LetterState(row.state).label).lower())
    return row


def take_back_letter(case: Case, row: CaseLetter, *, viewer: Viewer, at: datetime) -> bool:
    """The same of a locked case; False when it has gone."""
    if row.state != LetterState.WAITING:
        return False
    if not journal.recall_parcel(transport=LETTER, key=str(row.id), viewer_name=viewer.name, at=at):
        return False
    if row.notice == LetterState.WAITING:
        journal.recall_parcel(transport=NOTICE, key=str(row.id), viewer_name=viewer.name, at=at)
        row.notice = LetterState.RECALLED
    row.state, row.settled_at = LetterState.RECALLED, at
    row.save(update_fields=["state", "notice", "settled_at"])
    changed(case, "case.letter_recalled", viewer=viewer, at=at, letter=str(row.id), kind=row.kind)
    return True


def deliver_letter(parcel: Parcel) -> None:
    """Order the letter at the printer, to the address the register has now; the key keeps it one letter."""
    row = _row_of(parcel)
    if row.state == LetterState.SENT:
        return
    if row.state == LetterState.RECALLED:
        raise DeliveryRefused("Brevet er trukket tilbage eller sendt på en anden måde.")
    lines = _envelope(row, str(parcel.payload.get("address", "")))
    if len(lines) < 2:
        raise DeliveryRefused("Parten har ingen adresse.")
    try:
        with runtime.open_file(row.digest) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise DeliveryRefused("Brevets fil mangler.") from error
    order = registers.PrintOrder(
        key=parcel.key, reference=row.case.number, address="\n".join(lines), document="", title=row.title, text="",
        language=row.language, file=content,
    )  # fmt: skip
    registers.order_print(order)
    _settle(row.id, LetterState.SENT, clock.now())


def gave_up_letter(parcel: Parcel, why: str) -> None:
    """The letter will not be printed: the case says so, and its handler gets it as work."""
    _settle(_row_of(parcel).id, LetterState.FAILED, clock.now(), why)


def deliver_notice(parcel: Parcel) -> None:
    """Mail that a letter comes, and nothing of what stands in it."""
    row = _row_of(parcel)
    if row.state == LetterState.RECALLED:
        raise DeliveryRefused("Brevet er trukket tilbage.")
    to = _mail_of(row)
    if not to:
        raise DeliveryRefused("Parten har ingen mailadresse.")
    try:
        raw = notice_of(row, to).as_bytes()
    except ValueError as error:
        raise DeliveryRefused("Modtagerens mailadresse kan ikke bruges.") from error
    registers.deliver(raw, sender=settings.MUNICIPALITY_MAIL, recipients=[to])
    _note_notice(row.id, LetterState.SENT)


def gave_up_notice(parcel: Parcel, why: str) -> None:
    """The mail will not arrive; the letter goes by post all the same, so nobody has to act."""
    _note_notice(_row_of(parcel).id, LetterState.FAILED)


def notice_of(row: CaseLetter, to: str) -> EmailMessage:
    """The mail: no name, no case number, no matter, because anybody may read an inbox."""
    mail = EmailMessage(policy=SMTP.clone(max_line_length=76))
    name, _, domain = settings.MUNICIPALITY_MAIL.rpartition("@")
    local, _, at_domain = to.rpartition("@")
    phone = phone_of(organisation.unit(row.case.unit_id))
    with override(row.language):
        mail["From"] = Address(gettext("Kommunen"), name, domain)
        mail["To"] = Address("", local, at_domain)
        mail["Subject"] = gettext("Der er et brev på vej til dig fra kommunen")
        body = gettext(
            "Hej\n\nVi har sendt et brev til dig. Det kommer med posten i løbet af nogle dage.\n\n"
            "Af hensyn til dig står der ikke i denne mail, hvad brevet handler om.\n\n"
            "Haster det, kan du få brevet udleveret i et af kommunens servicecentre. Tag legitimation med.\n\n"
            "Har du ikke fået brevet inden for en uge, så ring til os på {phone}.\n\n"
            "Svar ikke på denne mail, og send aldrig dit CPR-nummer i en mail. Vi beder dig aldrig om at logge ind "
            "gennem et link i en mail.\n\nVenlig hilsen\nKommunen\n"
        )
        said = body.format(phone=phone)
    mail["Date"] = format_datetime(clock.local(row.made_at))
    mail["Message-ID"] = f"<{row.id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(said, cte="quoted-printable")
    return mail


def _send(
    case: Case,
    document: Document,
    digest: str,
    kind: str,
    title: str,
    receiver: Receiver,
    way: str,
    subject_id: UUID | None,
    language: str,
    viewer: Viewer,
    at: datetime,
) -> CaseLetter:
    chosen = check_way(way, receiver)
    handed = chosen == LetterWay.COUNTER
    row = CaseLetter.objects.create(
        id=runtime.uuid7(at),
        case=case,
        kind=kind,
        title=title,
        document=document.id,
        digest=digest,
        party=receiver.party,
        way=chosen,
        state=LetterState.HANDED if handed else LetterState.WAITING,
        notice=LetterState.WAITING if chosen == LetterWay.MAIL else "",
        language=language,
        subject_id=subject_id,
        made_at=at,
        settled_at=at if handed else None,
        employee=viewer.actor.employee if viewer.actor else None,
    )
    if not handed:
        payload: dict[str, object] = {"letter": str(row.id)}
        if receiver.typed:
            payload["address"] = "\n".join(receiver.lines)
        journal.send(transport=LETTER, key=str(row.id), payload=payload, subject=case, at=at)
    if chosen == LetterWay.MAIL:
        journal.send(transport=NOTICE, key=str(row.id), payload={"letter": str(row.id)}, subject=case, at=at)
    noted(case, "case.letter_sent", viewer=viewer, at=at, letter=str(row.id), kind=kind, way=chosen.value)
    return row


def _copy_way(way: str, receiver: Receiver) -> str:
    """A copy is posted; only what is handed over at the counter is handed over to all of them."""
    if way == LetterWay.COUNTER and len(receiver.lines) < 2:
        return way
    return LetterWay.PRINT


def _document(case: Case, title: str, pdf: bytes, viewer: Viewer, at: datetime) -> tuple[Document, str]:
    """The letter as a document of the case, its file on disk first, and the file's digest."""
    file = take_in_own(pdf, name=f"{case.number}.pdf", media_type="application/pdf", pages=None)
    facts = {"title": title, "kind": DocumentKind.OUT, "channel": "letter", "final": True, "scan": ScanState.OWN}
    return put_document(case, file, facts, viewer=viewer, at=at), file.digest


def _envelope(row: CaseLetter, typed: str) -> tuple[str, ...]:
    if typed:
        return tuple(typed.split("\n"))
    if row.party is None or row.party.person_id is None:
        return ()
    purpose = Purpose("case", row.case.number)
    return citizens.reach(POSTMAN, row.party.person_id, purpose=purpose, at=clock.now()).lines


def _mail_of(row: CaseLetter) -> str:
    if row.party is None or row.party.person_id is None:
        return ""
    return citizens.reach(POSTMAN, row.party.person_id, purpose=Purpose("case", row.case.number), at=clock.now()).mail


@transaction.atomic
def _settle(letter_id: UUID, state: LetterState, at: datetime, why: str = "") -> None:
    """What became of a letter, noted once; one that failed is work for the handler."""
    found = CaseLetter.objects.filter(id=letter_id).values_list("case_id", flat=True).first()
    if found is None:
        return
    case = locked_by_process(found)
    row = CaseLetter.objects.select_for_update().get(id=letter_id)
    if row.state not in {LetterState.WAITING, LetterState.FAILED} or row.state == state:
        return
    row.state, row.settled_at, row.failure = state, at, line(why, 200)
    row.save(update_fields=["state", "settled_at", "failure"])
    if state != LetterState.FAILED:
        changed(case, "case.letter_delivered", viewer=POSTMAN, at=at, letter=str(row.id), kind=row.kind)
        return
    changed(case, "case.letter_failed", viewer=POSTMAN, at=at, letter=str(row.id), kind=row.kind)
    theme = "Et brev kunne ikke sendes"
    enter(case, EntryKind.DOCUMENT, theme, body=f"{row.title}: {row.failure}", document=row.document, internal=True,
          internal_ground="Om ekspeditionen", viewer=POSTMAN, at=at)  # fmt: skip
    put_step(case, kind=StepKind.TASK, title="Brevet kunne ikke sendes: send det igen", subject_id=row.id,
             viewer=POSTMAN, at=at)  # fmt: skip


@transaction.atomic
def _note_notice(letter_id: UUID, state: LetterState) -> None:
    row = CaseLetter.objects.select_for_update().select_related("case").filter(id=letter_id).first()
    if row is None or row.notice != LetterState.WAITING:
        return
    row.notice = state
    row.save(update_fields=["notice"])
    verb = "case.notice_delivered" if state == LetterState.SENT else "case.notice_failed"
    noted(row.case, verb, viewer=POSTMAN, at=clock.now(), letter=str(row.id))


def _row_of(parcel: Parcel) -> CaseLetter:
    key = UUID(str(parcel.payload["letter"]))
    row = CaseLetter.objects.select_related("case", "party").filter(id=key).first()
    if row is None:
        raise DeliveryRefused("Brevet findes ikke mere.")
    return row


def _both(letter_id: UUID, viewer: Viewer, at: datetime) -> tuple[Case, CaseLetter]:
    """The case of a letter, locked, then the letter, locked."""
    found = CaseLetter.objects.filter(id=letter_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotOnCase(what=gettext("Brevet"))
    case = locked(found, viewer=viewer, at=at, ended=True)
    return case, CaseLetter.objects.select_for_update(of=("self",)).get(id=letter_id)
