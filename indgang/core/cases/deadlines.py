"""Deadlines of a case, in working days, and whether they were met."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from indgang.core.cases import working_days
from indgang.core.cases.errors import AnswerGiven, DeadlineGone, FarDay, GroundMissing, PastDay, StaleDeadline
from indgang.core.cases.models import Case, CaseSetting, Deadline
from indgang.core.cases.rights import visible
from indgang.core.cases.values import DeadlineKind, EntryKind, Progress, RaisedBy
from indgang.core.cases.working_days import YearlyDay
from indgang.core.cases.writing import changed, chosen, enter, line, locked
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembered

_FARTHEST = timedelta(days=20 * 366)


@remembered
def closed_days() -> working_days.Closed:
    """On which days nobody works: weekends, public holidays, and the municipality's own closing days."""
    rows = organisation.closing_days()
    return working_days.closed_by(YearlyDay(row.month, row.day, row.valid_from, row.valid_to) for row in rows)


def working_days_after(start: date | datetime, days: int) -> datetime:
    """The end of the day that many working days after a day; the day itself is not counted."""
    day = clock.local(start).date() if isinstance(start, datetime) else start
    return working_days.end_of(working_days.after(day, days, closed_days()))


def published_answer(case: Case, since: datetime) -> datetime | None:
    """The published time to answer such cases, counted from a moment; a complaint has the deadline of its own rule."""
    days = CaseSetting.objects.filter(task=case.task_id).values_list("answer_working_days", flat=True).first()
    return working_days_after(since, days) if days and case.raised_by != RaisedBy.COMPLAINT else None


def published_answer_of(viewer: Viewer, case_id: UUID, since: datetime, at: datetime) -> date | None:
    """The day the published time to answer such a case gives, counted from a moment; None: none is published."""
    case = Case.objects.filter(visible(viewer, at), id=case_id).first()
    if case is None:
        raise NotFound
    due = published_answer(case, since)
    return clock.local(due).date() if due else None


@transaction.atomic
def set_deadline(
    *,
    case_id: UUID,
    kind: str,
    due_at: datetime,
    subject_id: UUID | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Deadline:
    """A day by which something must be done; the same kind about the same thing again moves it there.

    A case that is answered has no day to answer by. Raises PastDay, FarDay, UnknownValue, AnswerGiven, StaleCase.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version, ended=kind != DeadlineKind.ANSWER)
    if kind == DeadlineKind.ANSWER and case.progress == Progress.DECIDED:
        raise AnswerGiven
    check_ahead(due_at, at)
    return put_deadline(case, kind=kind, due_at=due_at, subject_id=subject_id, viewer=viewer, at=at)


def check_ahead(moment: datetime, at: datetime) -> None:
    """Raise PastDay or FarDay for a moment that is over, or too far ahead to be meant."""
    if moment <= at:
        raise PastDay
    if moment - at > _FARTHEST:
        raise FarDay


def put_deadline(
    case: Case, *, kind: str, due_at: datetime, subject_id: UUID | None = None, viewer: Viewer, at: datetime
) -> Deadline:
    """The same on a case that is locked already."""
    wanted = DeadlineKind(chosen(kind, DeadlineKind, "kind"))
    running = Deadline.objects.select_for_update().filter(
        case=case, kind=wanted, subject_id=subject_id, met_at=None, cancelled_at=None
    )
    row = running.first()
    if row is None:
        row = Deadline.objects.create(case=case, kind=wanted, due_at=due_at, first_due_at=due_at, subject_id=subject_id)
    elif row.due_at != due_at:
        row.due_at, row.warned_at, row.overdue_at, row.version = due_at, None, None, row.version + 1
        row.save(update_fields=["due_at", "warned_at", "overdue_at", "version"])
    fields = _follow(case, row)
    changed(case, "case.deadline_set", viewer=viewer, at=at, fields=fields, kind=wanted.value, due=_day(due_at))
    return row


@transaction.atomic
def move_deadline(
    *, deadline_id: int, due_at: datetime, ground: str, viewer: Viewer, at: datetime, version: int | None = None
) -> Deadline:
    """A new day, and why; it stands in the journal, and the first day stays known.

    Raises GroundMissing, PastDay, StaleDeadline, DeadlineGone.
    """
    case, row = _both(deadline_id, viewer, at)
    if version is not None and version != row.version:
        raise StaleDeadline
    if not (why := line(ground, 300)):
        raise GroundMissing
    check_ahead(due_at, at)
    row.due_at, row.ground, row.warned_at, row.overdue_at = due_at, why, None, None
    row.version += 1
    row.save(update_fields=["due_at", "ground", "warned_at", "overdue_at", "version"])
    theme = f"{DeadlineKind(row.kind).label}: ny dato {clock.local(due_at):%d.%m.%Y}"
    enter(case, EntryKind.DEADLINE, theme, body=why, viewer=viewer, at=at)
    fields = _follow(case, row)
    changed(case, "case.deadline_moved", viewer=viewer, at=at, fields=fields, kind=row.kind, due=_day(due_at))
    return row


@transaction.atomic
def meet_deadline(*, deadline_id: int, viewer: Viewer, at: datetime) -> Deadline:
    """What it was for is done. Met again changes nothing. Raises DeadlineGone where it has been cancelled."""
    case, row = _both(deadline_id, viewer, at, met=True)
    if row.met_at is None:
        end_deadlines(case, row.kind, subject_id=row.subject_id, viewer=viewer, at=at)
        row.refresh_from_db()
    return row


def end_deadlines(
    case: Case, kind: str, *, subject_id: UUID | None = None, cancel: bool = False, viewer: Viewer, at: datetime
) -> int:
    """The running deadlines of that kind (about that thing) on a locked case are met, or fall away (`cancel`)."""
    rows = Deadline.objects.filter(case=case, kind=kind, met_at=None, cancelled_at=None)
    if subject_id is not None:
        rows = rows.filter(subject_id=subject_id)
    ended = rows.update(**{"cancelled_at" if cancel else "met_at": at})
    if ended:
        verb = "case.deadline_cancelled" if cancel else "case.deadline_met"
        changed(case, verb, viewer=viewer, at=at, kind=kind)
    return ended


def _follow(case: Case, row: Deadline) -> list[str]:
    """The case keeps the day of its answer for lists."""
    if row.kind != DeadlineKind.ANSWER:
        return []
    case.deadline = row.due_at
    return ["deadline"]


def _both(deadline_id: int, viewer: Viewer, at: datetime, *, met: bool = False) -> tuple[Case, Deadline]:
    found = Deadline.objects.filter(pk=deadline_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound
    case = locked(found, viewer=viewer, at=at, ended=True)
    row = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline_id)
    if row.cancelled_at is not None or (row.met_at is not None and not met):
        raise DeadlineGone
    return case, row


def _day(at: datetime) -> str:
    return clock.local(at).date().isoformat()
