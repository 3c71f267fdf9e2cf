"""Papers for another authority that are handed in here: receipted, sent on, followed until that answers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import get_language, gettext, override

from indgang.core.cases.case_values import NewParty
from indgang.core.cases.decision_errors import DayWrong
from indgang.core.cases.forwarding import receive_for_other
from indgang.core.cases.letter_making import LANGUAGES, check_way, day_text, pdf_of, phone_of, receiver_of
from indgang.core.cases.letter_posting import put_letter
from indgang.core.cases.lists import log_listed
from indgang.core.cases.models import Case, Forwarding
from indgang.core.cases.presenting import case_rows_of
from indgang.core.cases.rights import tasks_of, visible
from indgang.core.cases.sharing_checks import FOLLOWED
from indgang.core.cases.sharing_errors import BroughtByMissing
from indgang.core.cases.sharing_reading import forwarding_row
from indgang.core.cases.sharing_values import ForwardKind, ForwardState, PaperPage, PaperRow, PaperTab
from indgang.core.cases.values import PartyRole
from indgang.core.cases.writing import changed, line, locked
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters.values import Block, Filled, Paragraph, Signature
from indgang.foundation.runtime import clock

STATE = "Stat"  # tasks of the state and of others come first: they are what papers for others are about
RECEIPT = "receipt"
MOST = 200
_OLDEST = 366  # days a paper can have lain here
_READ = ("case__task", "case__unit", "case__person")
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))"


@dataclass(frozen=True)
class HandedIn:
    """A paper as it came over the counter or by post: for whom, from whom, what, and the day."""

    authority: str
    what: str
    kind: str = ForwardKind.PAPER
    task: str = ""  # what it is about; needed without a case
    case: UUID | None = None
    person: UUID | None = None
    brought_by: str = ""  # who stands in no register, or handed it in for the citizen
    address: str = ""  # for the receipt of somebody who stands in no register
    received_on: date | None = None  # without it today
    receipt: str = ""  # a LetterWay; empty: none is wanted
    language: str = "da"
    key: UUID | None = None  # of the form: sent twice it is one paper


@transaction.atomic
def take_in_paper(*, paper: HandedIn, viewer: Viewer, at: datetime) -> Forwarding:
    """A paper for somebody else is registered and receipted; the case number stands on the receipt.

    Raises BroughtByMissing, DayWrong, what `receive_for_other` and letters say; then nothing is registered.
    """
    known = _taken_in_before(paper.key, viewer, at)
    if known is not None:
        return known
    brought_by = line(paper.brought_by, 160)
    if paper.case is None and paper.person is None and not brought_by:
        raise BroughtByMissing
    _check_day(paper.received_on, at)
    unknown = paper.case is None and paper.person is None
    row = receive_for_other(
        authority=paper.authority, what=paper.what, kind=paper.kind, case_id=paper.case, task=paper.task,
        person=paper.person, parties=[NewParty(role=PartyRole.PRIMARY, name=brought_by)] if unknown else (),
        received_on=paper.received_on, key=paper.key, viewer=viewer, at=at,
    )  # fmt: skip
    row.brought_by = brought_by
    if paper.receipt:
        row.receipt = _receipt(row, paper, viewer, at)
    row.save(update_fields=["brought_by", "receipt"])
    return row


def papers(viewer: Viewer, *, tab: str = PaperTab.HERE, at: datetime) -> PaperPage:
    """The papers for others on cases this viewer may see: the one due first on top, ended ones newest first.

    Everybody named stands in the access log before this returns. Raises NotFound for who is not staff, LogUnavailable.
    """
    seen = Case.objects.filter(visible(viewer, at)).values("id")
    rows = _of_tab(Forwarding.objects.filter(received_at__isnull=False, case__in=seen), tab, at)
    found = list(rows.select_related(*_READ)[: MOST + 1])
    late = _of_tab(Forwarding.objects.filter(received_at__isnull=False, case__in=seen), PaperTab.LATE, at).count()
    return PaperPage(_rows(viewer, found[:MOST], at), len(found) > MOST, late)


def paper(viewer: Viewer, forwarding_id: UUID, at: datetime) -> PaperRow:
    """One of them, the look logged as of a list. Missing and forbidden alike: NotFound."""
    row = Forwarding.objects.filter(id=forwarding_id, received_at__isnull=False).select_related(*_READ).first()
    if row is None or not _seen(row, viewer, at):
        raise NotFound
    return _rows(viewer, [row], at)[0]


def paper_tasks(viewer: Viewer, at: datetime) -> list[tuple[str, str]]:
    """The tasks this viewer may take papers in about, those of the state first: code and title."""
    language = "en" if (get_language() or "da").startswith("en") else "da"
    informed, _ = tasks_of(viewer, at)
    cards = [card for card in catalogue.cards(informed, language=language).values() if not card.historic]
    ordered = sorted(cards, key=lambda card: (card.administration != STATE, card.shown))
    return [(card.code, card.shown) for card in ordered]


def _of_tab(rows: QuerySet[Forwarding], tab: str, at: datetime) -> QuerySet[Forwarding]:
    due = (F("expected_by").asc(nulls_last=True), "id")
    if tab == PaperTab.SENT:
        return rows.filter(answered_at=None, state__in=FOLLOWED[1:]).order_by(*due)
    if tab == PaperTab.LATE:
        return rows.filter(answered_at=None, state__in=FOLLOWED, expected_by__lt=at).order_by(*due)
    if tab == PaperTab.DONE:
        return rows.exclude(answered_at=None).order_by("-id")
    return rows.filter(answered_at=None, state=ForwardState.RECEIVED).order_by(*due)


def _rows(viewer: Viewer, found: list[Forwarding], at: datetime) -> tuple[PaperRow, ...]:
    cases = {row.case_id: row.case for row in found if row.case is not None}
    log_listed(viewer, cases.values(), at)
    shown = {case.id: case for case in case_rows_of(list(cases.values()), at)}
    names = organisation.names({row.employee for row in found if row.employee is not None})
    return tuple(
        PaperRow(
            row=forwarding_row(row, at),
            case=shown[row.case_id],
            brought_by=row.brought_by,
            receipt=row.receipt,
            taken_by=names.get(row.employee or 0, ""),
        )
        for row in found
        if row.case_id is not None
    )


def _taken_in_before(key: UUID | None, viewer: Viewer, at: datetime) -> Forwarding | None:
    """The paper of that form, where it was sent before; two clicks at once wait for each other."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [str(key)])
    row = Forwarding.objects.filter(id=key).first()
    if row is not None and not _seen(row, viewer, at):
        raise NotFound
    return row


def _seen(row: Forwarding, viewer: Viewer, at: datetime) -> bool:
    return row.case_id is not None and Case.objects.filter(visible(viewer, at), id=row.case_id).exists()


def _check_day(day: date | None, at: datetime) -> None:
    today = clock.local(at).date()
    if day is not None and not 0 <= (today - day).days <= _OLDEST:
        remedy = gettext("Vælg i dag eller en dag inden for det sidste år.")
        raise DayWrong(
            what=gettext("Dagen, det blev modtaget,"), day=f"{day:%d.%m.%Y}", remedy=remedy, field="received_on"
        )


def _receipt(row: Forwarding, paper: HandedIn, viewer: Viewer, at: datetime) -> UUID:
    """A letter to the citizen that says we have it, since when, and by when it goes on; a document of the case."""
    assert row.case_id is not None
    case = locked(row.case_id, viewer=viewer, at=at)
    receiver = receiver_of(case, None, paper.address, at)
    way = check_way(paper.receipt, receiver)
    language = paper.language if paper.language in LANGUAGES else LANGUAGES[0]
    with override(language):
        name = gettext("borger") if receiver.protected else receiver.name
        filled = _receipt_words(case, row, name, viewer, language)
    pdf = pdf_of(case, filled, receiver=receiver, language=language, at=at)
    made = put_letter(
        case, kind=RECEIPT, title=filled.title, pdf=pdf, receivers=[receiver], way=way, subject_id=row.id,
        language=language, viewer=viewer, at=at,
    )  # fmt: skip
    changed(case, "case.paper_receipted", viewer=viewer, at=at, forwarding=str(row.id), letter=str(made.id), way=way)
    return made.document


def _receipt_words(case: Case, row: Forwarding, name: str, viewer: Viewer, language: str) -> Filled:
    unit = organisation.unit(case.unit_id)
    who = organisation.employee(viewer.actor.employee) if viewer.actor else None
    received = day_text(clock.local(row.received_at or case.opened_at).date(), language)
    onward = day_text(clock.local(row.expected_by).date(), language) if row.expected_by else ""
    facts = {"authority": row.authority, "what": row.what, "received": received, "onward": onward,
             "number": case.number, "phone": phone_of(unit), "name": name}  # fmt: skip
    said = (
        gettext("Kære {name}"),
        gettext("Vi har den {received} modtaget dette fra dig til {authority}: {what}."),
        gettext("Vi sender det videre senest den {onward}. Du behøver ikke sende det igen."),
        gettext("Det er {authority}, der behandler det og svarer dig. Vi følger op på, at det kommer frem."),
        gettext("Gem kvitteringen: den viser, hvilken dag vi fik dine papirer."),
        gettext("Hører du ikke fra dem, så ring til os på {phone}, og oplys nummer {number}."),
    )
    blocks: tuple[Block, ...] = tuple(Paragraph(one.format(**facts)) for one in said)
    signed = (gettext("Venlig hilsen"), *([who.name] if who else []), unit.name if unit else "")
    title = gettext("Kvittering for papirer til {authority}").format(authority=row.authority)
    return Filled(title, (*blocks, Signature(signed)), [])
