"""Standard letters of a case: looked at first, then sent with everything in place; the case may wait for the answer."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.deadlines import move_deadline
from indgang.core.cases.decision_errors import DayWrong, NotOnCase
from indgang.core.cases.decision_letters import decision_letter
from indgang.core.cases.gate_facts import appeal_of
from indgang.core.cases.handling import set_waiting
from indgang.core.cases.hearings import words
from indgang.core.cases.letter_making import (
    LANGUAGES,
    check_way,
    day_text,
    letter_of,
    pdf_of,
    receiver_of,
    representatives,
)
from indgang.core.cases.letter_posting import put_letter
from indgang.core.cases.models import Case, CaseLetter, Deadline, Decision
from indgang.core.cases.pages import open_case_for
from indgang.core.cases.steps import end_step, open_steps
from indgang.core.cases.values import DeadlineKind, DecisionState, LetterWay, Result, StepKind, Waiting
from indgang.core.cases.working_days import end_of
from indgang.core.cases.writing import changed, line, locked
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.letters import selectors as letters
from indgang.foundation.letters.errors import UnknownTemplate
from indgang.foundation.letters.values import Kind, TemplateField, TemplateRow
from indgang.foundation.runtime import clock

LATE = "frist-overskredet"
KNOWN_OF_CASE = frozenset({"borger", "sag", "medarbejder", "enhed", "forvaltning"})  # fields every letter has
STANDARD = (Kind.RECEIPT, Kind.REQUEST, Kind.HOLDING, Kind.FORWARDING)  # the others have services of their own


@transaction.atomic
def send_case_letter(
    *,
    case_id: UUID,
    template: str,
    fields: Mapping[str, str],
    way: str = LetterWay.PRINT,
    address: str = "",
    party_id: int | None = None,
    wait_until: date | None = None,
    language: str = "da",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> CaseLetter:
    """Send a standard letter; with `wait_until` the case waits for the citizen until the end of that day.

    Raises UnknownTemplate, FieldsMissing and what else letters say, PartyUnknown, AddressUnknown, MailUnknown,
    WayUnknown, DayWrong, StaleCase.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    if wait_until is not None and wait_until <= clock.local(at).date():
        remedy = gettext("Vælg en dag efter i dag.")
        raise DayWrong(what=gettext("Fristen"), day=f"{wait_until:%d.%m.%Y}", remedy=remedy, field="wait_until")
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    row = standard_template(template, chosen, at)
    receiver = receiver_of(case, party_id, address, at)
    check_way(way, receiver)
    filled = letter_of(case, row.code, fields, receiver=receiver, viewer=viewer, language=chosen, at=at)
    pdf = pdf_of(case, filled, receiver=receiver, language=chosen, at=at)
    others = representatives(case, at) if party_id is None else []
    letter = put_letter(
        case, kind=row.kind, title=filled.title, pdf=pdf, receivers=[receiver, *others], way=way, subject_id=None,
        language=chosen, viewer=viewer, at=at,
    )  # fmt: skip
    changed(case, "case.standard_letter_sent", viewer=viewer, at=at, letter=str(letter.id), template=row.code)
    if wait_until is not None:
        set_waiting(case_id=case.id, waiting=Waiting.CITIZEN, until=end_of(wait_until), viewer=viewer, at=at)
    return letter


@transaction.atomic
def send_new_deadline(
    *,
    case_id: UUID,
    answer_by: date,
    reason: str,
    way: str = LetterWay.PRINT,
    address: str = "",
    language: str = "da",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> CaseLetter:
    """The answer takes longer than published: the citizen is told why and the new day (retssikkerhedsloven § 3, 2).

    The deadline moves with the letter, or neither does. Raises NotOnCase, WordsMissing, PastDay, StaleCase, and as
    `send_case_letter`.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    running = _running(case)
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    fields = _late_fields(running, answer_by, reason, chosen)
    ground = line(fields["frist.årsag"], 300)
    move_deadline(deadline_id=running.pk, due_at=end_of(answer_by), ground=ground, viewer=viewer, at=at)
    letter = send_case_letter(
        case_id=case.id, template=LATE, fields=fields, way=way, address=address, language=chosen, viewer=viewer, at=at
    )
    case.refresh_from_db()
    for step in open_steps(case, StepKind.DEADLINE):
        end_step(case, step, viewer=viewer, at=at)
    return letter


def preview_letter(
    *,
    case_id: UUID,
    template: str,
    fields: Mapping[str, str],
    address: str = "",
    party_id: int | None = None,
    language: str = "da",
    purpose: Purpose | None = None,
    viewer: Viewer,
    at: datetime,
) -> bytes:
    """The letter as it would be sent; nothing is stored. Raises as sending; the look is logged first."""
    case = _opened(viewer, case_id, purpose, at)
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    row = standard_template(template, chosen, at)
    receiver = receiver_of(case, party_id, address, at)
    filled = letter_of(case, row.code, fields, receiver=receiver, viewer=viewer, language=chosen, at=at)
    return pdf_of(case, filled, receiver=receiver, language=chosen, at=at)


def preview_new_deadline(
    *,
    case_id: UUID,
    answer_by: date,
    reason: str,
    address: str = "",
    language: str = "da",
    purpose: Purpose | None = None,
    viewer: Viewer,
    at: datetime,
) -> bytes:
    """The letter with a new day for the answer, as it would be sent; nothing is stored and no deadline moves."""
    case = _opened(viewer, case_id, purpose, at)
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    fields = _late_fields(_running(case), answer_by, reason, chosen)
    return preview_letter(
        case_id=case.id, template=LATE, fields=fields, address=address, language=chosen, purpose=purpose,
        viewer=viewer, at=at,
    )  # fmt: skip


def preview_decision(
    *, case_id: UUID, address: str = "", purpose: Purpose | None = None, viewer: Viewer, at: datetime
) -> bytes:
    """The letter of a draft as it stands; what the gates still miss is an error here, too. The look is logged first."""
    case = _opened(viewer, case_id, purpose, at)
    row = Decision.objects.filter(case=case, state=DecisionState.DRAFT).first()
    if row is None:
        raise NotOnCase(what=gettext("Udkastet"))
    filled = appeal_of(case, row)
    filled.result = row.result or Result.OTHER
    return decision_letter(case, filled, receiver_of(case, None, address, at), viewer=viewer, at=at)[1]


def standard_template(code: str, language: str, at: datetime) -> TemplateRow:
    """The template in use. Raises UnknownTemplate, also for a letter that only its own service may send."""
    row = letters.in_use(line(code, 40), language, clock.local(at).date())
    if row.kind not in STANDARD:
        raise UnknownTemplate(code=line(code, 40), language=language)
    return row


def standard_templates(language: str, at: datetime) -> list[TemplateRow]:
    """The letters that can be sent by hand, by code."""
    rows = letters.templates(language=language, day=clock.local(at).date())
    return [row for row in rows if row.kind in STANDARD]


def letter_fields(template: str, language: str, at: datetime) -> tuple[TemplateField, ...]:
    """What somebody has to fill in of a standard letter; what the case knows itself is left out. UnknownTemplate."""
    found = letters.fields_of(standard_template(template, language, at))
    return tuple(field for field in found if field.name.partition(".")[0] not in KNOWN_OF_CASE)


def _running(case: Case) -> Deadline:
    """The deadline of the answer. Raises NotOnCase."""
    row = Deadline.objects.filter(case=case, kind=DeadlineKind.ANSWER, met_at=None, cancelled_at=None).first()
    if row is None:
        raise NotOnCase(what=gettext("En svarfrist, der løber,"))
    return row


def _late_fields(running: Deadline, answer_by: date, reason: str, language: str) -> dict[str, str]:
    return {
        "frist.oprindelig": day_text(clock.local(running.due_at).date(), language),
        "frist.ny": day_text(answer_by, language),
        "frist.årsag": words(reason, gettext("hvorfor det tager længere tid"), field="reason"),
    }


def _opened(viewer: Viewer, case_id: UUID, purpose: Purpose | None, at: datetime) -> Case:
    case = Case.objects.select_related("task").filter(id=case_id).first()
    if case is None:
        raise NotFound
    open_case_for(viewer, case, purpose=purpose, at=at)
    return case
