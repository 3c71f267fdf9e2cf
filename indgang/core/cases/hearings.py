"""Hearing of a party before a decision (forvaltningsloven § 19): letter, wait, answer, or why there is none."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from indgang.core.cases.deadlines import end_deadlines, put_deadline
from indgang.core.cases.decision_errors import DayWrong, HearingOver, NotOnCase, TextTooLong, WordsMissing
from indgang.core.cases.decision_values import LONGEST_WORDS
from indgang.core.cases.letter_making import (
    LANGUAGES,
    Receiver,
    check_way,
    day_text,
    letter_of,
    pdf_of,
    receiver_of,
    representatives,
)
from indgang.core.cases.letter_posting import POSTMAN, put_letter, take_back_letter
from indgang.core.cases.models import Case, CaseLetter, Hearing
from indgang.core.cases.steps import put_step
from indgang.core.cases.values import DeadlineKind, EntryKind, StepKind, Waiting
from indgang.core.cases.waits import begin_wait, end_wait, is_waiting
from indgang.core.cases.working_days import end_of
from indgang.core.cases.writing import changed, clean, enter, line, locked
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

TEMPLATE = "hoering"
KIND = "hearing"


@transaction.atomic
def send_hearing(
    *,
    case_id: UUID,
    facts: str,
    answer_by: date,
    way: str,
    party_id: int | None = None,
    source: str = "",
    meaning: str = "",
    address: str = "",
    language: str = "da",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Hearing:
    """Lay facts before a party in a letter and wait for what it says until the end of that day.

    Raises WordsMissing, DayWrong, PartyUnknown, AddressUnknown, MailUnknown, WayUnknown, and what letters say.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    until = _checked_day(answer_by, at)
    row = Hearing(
        id=uuid7(at),
        case=case,
        facts=words(facts, gettext("de oplysninger, parten skal kende"), field="facts"),
        source=line(source, 200) or gettext("de oplysninger, der ligger i sagen"),
        meaning=clean(meaning).strip()[:LONGEST_WORDS],
        sent_at=at,
        answer_by=until,
        employee=viewer.actor.employee if viewer.actor else None,
    )
    receiver = receiver_of(case, party_id, address, at)
    check_way(way, receiver)
    row.party = receiver.party
    chosen = language if language in LANGUAGES else "da"
    title, pdf = made(case, row, receiver, chosen, viewer, at)
    others = representatives(case, at) if party_id is None else []
    letter = put_letter(
        case, kind=KIND, title=title, pdf=pdf, receivers=[receiver, *others], way=way, subject_id=row.id,
        language=chosen, viewer=viewer, at=at,
    )  # fmt: skip
    row.document = letter.document
    row.save(force_insert=True)
    _wait(case, row, until, viewer, at)
    enter(
        case, EntryKind.HEARING, f"Partshøring sendt, svar senest {answer_by:%d.%m.%Y}", body=row.facts,
        document=letter.document, subject_id=row.id, viewer=viewer, at=at,
    )  # fmt: skip
    changed(
        case, "case.hearing_sent", viewer=viewer, at=at, hearing=str(row.id), letter=str(letter.id), way=way,
        answer_by=answer_by.isoformat(),
    )  # fmt: skip
    return row


def made(
    case: Case, row: Hearing, receiver: Receiver, language: str, viewer: Viewer, at: datetime
) -> tuple[str, bytes]:
    """The hearing's letter: its title and PDF."""
    assert row.answer_by is not None
    with override(language):
        meaning = row.meaning or gettext("Oplysningerne kan få betydning for afgørelsen, også imod det, du ønsker.")
    fields = {
        "høring.oplysninger": row.facts,
        "høring.kilde": row.source,
        "høring.betydning": meaning,
        "høring.frist": day_text(clock.local(row.answer_by).date(), language),
    }
    filled = letter_of(case, TEMPLATE, fields, receiver=receiver, viewer=viewer, language=language, at=at)
    return filled.title, pdf_of(case, filled, receiver=receiver, language=language, at=at)


@transaction.atomic
def note_hearing_answer(
    *, hearing_id: UUID, answer: str, oral: bool = False, viewer: Viewer, at: datetime, version: int | None = None
) -> Hearing:
    """What the party said; the wait is over. Said by mouth it is a note of oral facts too (offentlighedsloven § 13).

    Raises NotOnCase, WordsMissing, HearingOver, StaleCase.
    """
    case, row = _both(hearing_id, viewer, at)
    said = words(answer, gettext("hvad parten svarer"), field="answer")
    if row.answered_at is not None and row.answer == said:
        return row
    _must_run(row)
    row.answered_at, row.answer, row.oral, row.version = at, said, oral, row.version + 1
    row.save(update_fields=["answered_at", "answer", "oral", "version"])
    enter(
        case, EntryKind.HEARING, "Parten har svaret på partshøringen", body=said, oral_facts=oral, subject_id=row.id,
        channel="phone" if oral else "", viewer=viewer, at=at,
    )  # fmt: skip
    _over(case, row, cancel=False, viewer=viewer, at=at)
    if viewer.actor is None or viewer.actor.employee != case.handler_id:
        put_step(case, kind=StepKind.ANSWER, title="Parten har svaret på partshøringen", subject_id=row.id,
                 viewer=viewer, at=at)  # fmt: skip
    changed(case, "case.hearing_answered", viewer=viewer, at=at, hearing=str(row.id), oral=oral)
    return row


@transaction.atomic
def hear_orally(
    *, case_id: UUID, facts: str, answer: str, party_id: int | None = None, viewer: Viewer, at: datetime
) -> Hearing:
    """The party was told the facts and said what it thinks in the same conversation, at the counter or on the phone."""
    case = locked(case_id, viewer=viewer, at=at)
    row = Hearing.objects.create(
        id=uuid7(at),
        case=case,
        party=receiver_of(case, party_id, "", at).party,
        facts=words(facts, gettext("de oplysninger, parten fik at vide"), field="facts"),
        sent_at=at,
        answer_by=at,
        answered_at=at,
        answer=words(answer, gettext("hvad parten svarer"), field="answer"),
        oral=True,
        employee=viewer.actor.employee if viewer.actor else None,
    )
    body = f"{row.facts}\n\n{row.answer}"
    enter(
        case, EntryKind.HEARING, "Parten er hørt mundtligt", body=body, oral_facts=True, channel="phone",
        subject_id=row.id, viewer=viewer, at=at,
    )  # fmt: skip
    changed(case, "case.hearing_answered", viewer=viewer, at=at, hearing=str(row.id), oral=True)
    return row


@transaction.atomic
def leave_out_hearing(*, case_id: UUID, ground: str, viewer: Viewer, at: datetime) -> Hearing:
    """Why nobody is heard (forvaltningsloven § 19, 2); it stands in the journal. Raises WordsMissing."""
    case = locked(case_id, viewer=viewer, at=at)
    why = words(ground, gettext("hvorfor parten ikke skal høres"), longest=300, field="ground")
    row = Hearing.objects.create(
        id=uuid7(at),
        case=case,
        left_out_ground=why,
        answered_at=at,
        employee=viewer.actor.employee if viewer.actor else None,
    )
    enter(case, EntryKind.HEARING, "Partshøring er undladt", body=why, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.hearing_left_out", viewer=viewer, at=at, hearing=str(row.id))
    return row


@transaction.atomic
def withdraw_hearing(*, hearing_id: UUID, ground: str, viewer: Viewer, at: datetime) -> Hearing:
    """The party need not answer after all; its letter is taken back where it has not gone. Raises HearingOver."""
    case, row = _both(hearing_id, viewer, at)
    why = words(ground, gettext("hvorfor partshøringen trækkes tilbage"), longest=300, field="ground")
    _must_run(row)
    row.cancelled_at, row.note, row.version = at, why, row.version + 1
    row.save(update_fields=["cancelled_at", "note", "version"])
    for letter in CaseLetter.objects.select_for_update(of=("self",)).filter(subject_id=row.id):
        take_back_letter(case, letter, viewer=viewer, at=at)
    enter(case, EntryKind.HEARING, "Partshøring trukket tilbage", body=why, subject_id=row.id, viewer=viewer, at=at)
    _over(case, row, cancel=True, viewer=viewer, at=at)
    changed(case, "case.hearing_withdrawn", viewer=viewer, at=at, hearing=str(row.id))
    return row


@transaction.atomic
def extend_hearing(*, hearing_id: UUID, answer_by: date, ground: str, viewer: Viewer, at: datetime) -> Hearing:
    """More time for the party; the journal says why. Raises HearingOver, DayWrong, WordsMissing."""
    case, row = _both(hearing_id, viewer, at)
    why = words(ground, gettext("hvorfor fristen bliver længere"), longest=300, field="ground")
    _must_run(row)
    until = _checked_day(answer_by, at)
    row.answer_by, row.note, row.version = until, why, row.version + 1
    row.save(update_fields=["answer_by", "note", "version"])
    _wait(case, row, until, viewer, at)
    theme = f"Høringsfrist: ny dato {answer_by:%d.%m.%Y}"
    enter(case, EntryKind.HEARING, theme, body=why, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.hearing_extended", viewer=viewer, at=at, hearing=str(row.id), answer_by=answer_by.isoformat())
    return row


def run_out(at: datetime, limit: int = 500) -> int:
    """Hearings nobody answered in time are work for the handler, once each; how many."""
    rows = Hearing.objects.filter(answer_by__lte=at, answered_at=None, cancelled_at=None, run_out_at=None)
    return sum(_run_out(key, case, at) for key, case in rows.order_by("answer_by").values_list("id", "case_id")[:limit])


@transaction.atomic
def _run_out(hearing_id: UUID, case_id: UUID, at: datetime) -> int:
    case = Case.objects.select_for_update(of=("self",)).get(id=case_id)
    row = Hearing.objects.select_for_update(of=("self",)).get(id=hearing_id)
    running = row.answered_at is None and row.cancelled_at is None and row.run_out_at is None
    if not running or row.answer_by is None or row.answer_by > at:
        return 0
    row.run_out_at = at
    row.save(update_fields=["run_out_at"])
    _over(case, row, cancel=False, viewer=POSTMAN, at=at)
    enter(case, EntryKind.HEARING, "Høringsfristen er gået uden svar", subject_id=row.id, viewer=POSTMAN, at=at)
    put_step(case, kind=StepKind.ANSWER, title="Høringsfristen er gået: sagen kan afgøres", subject_id=row.id,
             viewer=POSTMAN, at=at)  # fmt: skip
    changed(case, "case.hearing_run_out", viewer=POSTMAN, at=at, hearing=str(row.id))
    return 1


def words(text: str, what: str, *, longest: int = LONGEST_WORDS, field: str) -> str:
    """Words that must be there. Raises WordsMissing, TextTooLong."""
    found = clean(text).strip()
    if not found:
        raise WordsMissing(what=what, field=field)
    if len(found) > longest:
        raise TextTooLong(what=gettext("Teksten"), longest=longest, field=field)
    return found


def _checked_day(day: date, at: datetime) -> datetime:
    """The end of that day. Raises DayWrong."""
    today = clock.local(at).date()
    if day <= today or (day - today).days > 366:
        remedy = gettext("Vælg en dag efter i dag, højst et år ude i fremtiden.")
        raise DayWrong(what=gettext("Svarfristen"), day=f"{day:%d.%m.%Y}", remedy=remedy, field="answer_by")
    return end_of(day)


def _wait(case: Case, row: Hearing, until: datetime, viewer: Viewer, at: datetime) -> None:
    put_deadline(case, kind=DeadlineKind.HEARING, due_at=until, subject_id=row.id, viewer=viewer, at=at)
    begin_wait(case, Waiting.HEARING, max(until, _longest_running(case, at) or until))


def _over(case: Case, row: Hearing, *, cancel: bool, viewer: Viewer, at: datetime) -> None:
    """The deadline of a hearing ends, and the wait with the last one."""
    end_deadlines(case, DeadlineKind.HEARING, subject_id=row.id, cancel=cancel, viewer=viewer, at=at)
    left = _longest_running(case, at)
    if left is None:
        end_wait(case, Waiting.HEARING, viewer=viewer, at=at)
    elif is_waiting(case, Waiting.HEARING):
        begin_wait(case, Waiting.HEARING, left)


def _longest_running(case: Case, at: datetime) -> datetime | None:
    rows = Hearing.objects.filter(case=case, answered_at=None, cancelled_at=None, answer_by__gt=at)
    return rows.order_by("-answer_by").values_list("answer_by", flat=True).first()


def _must_run(row: Hearing) -> None:
    """A party may answer after its time, too; nothing else can be done with a hearing that is over."""
    if row.cancelled_at is not None:
        raise HearingOver(what=gettext("trukket tilbage"))
    if row.answered_at is not None:
        raise HearingOver(what=gettext("besvaret") if row.sent_at else gettext("undladt"))


def _both(hearing_id: UUID, viewer: Viewer, at: datetime) -> tuple[Case, Hearing]:
    """The case of a hearing, locked, then the hearing, locked."""
    found = Hearing.objects.filter(id=hearing_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotOnCase(what=gettext("Partshøringen"))
    case = locked(found, viewer=viewer, at=at, ended=True)
    return case, Hearing.objects.select_for_update(of=("self",)).get(id=hearing_id)
