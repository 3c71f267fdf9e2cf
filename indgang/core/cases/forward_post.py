"""The letter or mail to another authority. A mail is read by anybody: it holds the case number and no person."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from indgang.core.cases.letter_making import Receiver, administration_name, pdf_of, phone_of
from indgang.core.cases.letter_posting import POSTMAN, put_letter
from indgang.core.cases.models import Case, Forwarding, Party
from indgang.core.cases.sharing_errors import AddressMissing, WrongMail
from indgang.core.cases.sharing_values import ForwardWay, MailState
from indgang.core.cases.steps import put_step
from indgang.core.cases.values import LetterWay, PartyRole, StepKind
from indgang.core.cases.writing import changed, clean, line, locked_by_process
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.errors import DeliveryRefused
from indgang.foundation.journal.values import Parcel
from indgang.foundation.letters.values import Block, Filled, Paragraph, Signature
from indgang.foundation.registers import services as registers
from indgang.foundation.runtime import clock

TRANSPORT = "case_forwarding"
KIND = "forwarding"
_LINES = 6


def check_address(way: str, to_mail: str, address: str) -> None:
    """Raises WrongMail, AddressMissing."""
    if way == ForwardWay.MAIL:
        try:
            validate_email(to_mail.strip())
        except ValidationError as wrong:
            raise WrongMail from wrong
    if way == ForwardWay.LETTER and len(_lines(address)) < 2:
        raise AddressMissing


def post(case: Case, row: Forwarding, *, to_mail: str, address: str, words: str, viewer: Viewer, at: datetime) -> None:
    """Put the mail or letter of a forwarding (not saved yet) on its way; another way needs nothing."""
    if row.way == ForwardWay.MAIL:
        row.to_mail, row.mail_state = to_mail.strip(), MailState.WAITING
        journal.send(transport=TRANSPORT, key=str(row.id), payload={"forwarding": str(row.id)}, subject=case, at=at)
    if row.way == ForwardWay.LETTER:
        row.letter = _letter(case, row, _lines(address), words, viewer, at)


def deliver(parcel: Parcel) -> None:
    """Hand the mail over; its Message-ID is the forwarding's, so a repeat is known as one."""
    row = _row_of(parcel)
    if row.mail_state == MailState.SENT:
        return
    try:
        raw = mail_of(row).as_bytes()
    except ValueError as error:
        raise DeliveryRefused("Myndighedens mailadresse kan ikke bruges.") from error
    registers.deliver(raw, sender=settings.MUNICIPALITY_MAIL, recipients=[row.to_mail])
    _settle(row.id, MailState.SENT)


def gave_up(parcel: Parcel, why: str) -> None:
    """The mail will not arrive: whoever has the case sends it another way."""
    _settle(_row_of(parcel).id, MailState.FAILED)


def mail_of(row: Forwarding) -> EmailMessage:
    """The mail: which case, what about, whom to call. Nobody's name, and nothing of what stands in the case."""
    mail = EmailMessage(policy=SMTP.clone(max_line_length=76))
    name, _, domain = settings.MUNICIPALITY_MAIL.rpartition("@")
    local, _, at_domain = row.to_mail.rpartition("@")
    case = row.case
    assert case is not None
    unit = organisation.unit(case.unit_id)
    mail["From"] = Address(administration_name(case.administration_id), name, domain)
    mail["To"] = Address(row.authority, local, at_domain)
    mail["Subject"] = f"Sag {case.number} fra kommunen"
    mail["Date"] = format_datetime(clock.local(row.sent_at or case.opened_at))
    mail["Message-ID"] = f"<{row.id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    day = f"\n\nVi beder om svar senest {clock.local(row.expected_by):%d.%m.%Y}." if row.expected_by else ""
    mail.set_content(
        f"Til {row.authority}\n\nVi henvender os om vores sag {case.number}.\n\n{row.what}{day}\n\n"
        "Af hensyn til borgeren står der ikke personoplysninger i denne mail, og svar må heller ikke indeholde dem. "
        f"Ring til os på {phone_of(unit)} og nævn sagsnummeret, så aftaler vi, hvordan I får sagens papirer.\n\n"
        f"Venlig hilsen\n{unit.name if unit else 'Kommunen'}\n",
        cte="quoted-printable",
    )
    return mail


def _letter(case: Case, row: Forwarding, lines: tuple[str, ...], words: str, viewer: Viewer, at: datetime) -> UUID:
    """A letter on paper, which only its receiver opens; kept as a document of the case."""
    party, _ = Party.objects.get_or_create(
        case=case, role=PartyRole.AUTHORITY, name=row.authority, valid_to=None, defaults={"valid_from": at}
    )
    receiver = Receiver(party, row.authority, lines, "", typed=True)
    unit = organisation.unit(case.unit_id)
    who = organisation.employee(viewer.actor.employee) if viewer.actor else None
    told = [part.strip() for part in clean(words).split("\n\n") if part.strip()]
    until = f"Vi beder om svar senest {clock.local(row.expected_by):%d.%m.%Y}." if row.expected_by else ""
    last = f"Vores sagsnummer er {case.number}. Ring til os på {phone_of(unit)}, hvis noget mangler. {until}".strip()
    signed = ("Venlig hilsen", *([who.name] if who else []), unit.name if unit else "")
    blocks: tuple[Block, ...] = (
        Paragraph(row.what),
        *(Paragraph(one) for one in told),
        Paragraph(last),
        Signature(signed),
    )
    title = f"Videresendt til {row.authority}"
    filled = Filled(title, blocks, [])
    pdf = pdf_of(case, filled, receiver=receiver, language="da", at=at)
    made = put_letter(
        case, kind=KIND, title=title, pdf=pdf, receivers=[receiver], way=LetterWay.PRINT, subject_id=row.id,
        language="da", viewer=viewer, at=at,
    )  # fmt: skip
    return made.document


def _lines(address: str) -> tuple[str, ...]:
    return tuple(part for part in (line(one, 80) for one in clean(address).split("\n")) if part)[:_LINES]


@transaction.atomic
def _settle(forwarding_id: UUID, state: MailState) -> None:
    """What became of the mail, noted once; one that failed is work for the handler."""
    found = Forwarding.objects.filter(id=forwarding_id).values_list("case_id", flat=True).first()
    if found is None:
        return
    case, at = locked_by_process(found), clock.now()
    row = Forwarding.objects.select_for_update(of=("self",)).get(id=forwarding_id)
    if row.mail_state != MailState.WAITING:
        return
    row.mail_state = state
    row.save(update_fields=["mail_state"])
    if state == MailState.FAILED:
        title = f"Mailen til {row.authority} kunne ikke sendes: send det på en anden måde"
        put_step(case, kind=StepKind.RETURN, title=title[:160], subject_id=row.id, viewer=POSTMAN, at=at)
    verb = "case.forwarding_delivered" if state == MailState.SENT else "case.forwarding_failed"
    changed(case, verb, viewer=POSTMAN, at=at, forwarding=str(row.id))


def _row_of(parcel: Parcel) -> Forwarding:
    key = UUID(str(parcel.payload["forwarding"]))
    row = Forwarding.objects.select_related("case").filter(id=key).first()
    if row is None:
        raise DeliveryRefused("Videresendelsen findes ikke mere.")
    return row
