"""Rows of cases as lists and pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet, TextChoices
from django.utils.translation import get_language, gettext

from indgang.core.cases.case_values import CaseRow, DeadlineCard, StepCard
from indgang.core.cases.models import Case, Deadline, Step
from indgang.core.cases.values import DeadlineKind, Progress, StepKind, Waiting
from indgang.core.citizens.values import PROTECTED
from indgang.core.organisation import selectors as organisation
from indgang.foundation.runtime import clock

UNANSWERED = frozenset({Progress.OPENED.value, Progress.INFORMED.value})


class Listed(NamedTuple):
    """What the row of a case is made of, each under the name of its column in a query."""

    id: UUID
    number: str
    title: str
    task_id: str
    task__title: str
    task__title_en: str
    administration_id: str
    unit_id: int
    unit__name: str
    handler_id: int | None
    progress: str
    waiting: str
    waiting_until: datetime | None
    deadline: datetime | None
    result: str
    opened_at: datetime
    closed_at: datetime | None
    person_id: UUID | None
    person__name: str | None
    person__protected_until: date | None
    course_id: UUID | None
    version: int


def listed(rows: "QuerySet[Case]") -> list[Listed]:
    """These cases, as their rows are made of them, in one statement."""
    return [Listed._make(values) for values in rows.values_list(*Listed._fields)]


def case_rows_of(cases: Iterable[Case], at: datetime) -> tuple[CaseRow, ...]:
    """The rows of these cases (read with task, unit and person); the handlers' names in one statement."""
    return listed_rows([_listed(case) for case in cases], at)


def listed_rows(found: Sequence[Listed], at: datetime) -> tuple[CaseRow, ...]:
    """The rows of these cases; the handlers' names in one statement."""
    names = organisation.names({case.handler_id for case in found if case.handler_id is not None})
    return tuple(_row(case, names.get(case.handler_id or 0, ""), at) for case in found)


def row_of(case: Case, handler_name: str, at: datetime) -> CaseRow:
    """One case."""
    return _row(_listed(case), handler_name, at)


def _row(case: Listed, handler_name: str, at: datetime) -> CaseRow:
    language = get_language() or "da"
    title_en = case.task__title_en if language.startswith("en") else ""
    name = case.person__name
    return CaseRow(
        id=case.id,
        number=case.number,
        title=case.title,
        task=case.task_id,
        task_title=title_en or case.task__title,
        administration=case.administration_id,
        unit=case.unit_id,
        unit_name=case.unit__name,
        handler=case.handler_id,
        handler_name=handler_name,
        progress=case.progress,
        progress_name=_said(Progress, language)[case.progress],
        waiting=case.waiting,
        waiting_name=_said(Waiting, language)[case.waiting] if case.waiting else "",
        waiting_until=case.waiting_until,
        deadline=case.deadline,
        overdue=is_overdue(case, at),
        result=case.result,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        person=case.person_id,
        person_shown=None if name is None else _masked(name, case.person__protected_until, clock.local(at).date()),
        course=case.course_id,
        version=case.version,
    )


def _listed(case: Case) -> Listed:
    return Listed(
        id=case.id,
        number=case.number,
        title=case.title,
        task_id=case.task_id,
        task__title=case.task.title,
        task__title_en=case.task.title_en,
        administration_id=case.administration_id,
        unit_id=case.unit_id,
        unit__name=case.unit.name,
        handler_id=case.handler_id,
        progress=case.progress,
        waiting=case.waiting,
        waiting_until=case.waiting_until,
        deadline=case.deadline,
        result=case.result,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        person_id=case.person_id,
        person__name=case.person.name if case.person else None,
        person__protected_until=case.person.protected_until if case.person else None,
        course_id=case.course_id,
        version=case.version,
    )


@cache
def _said(kind: type[TextChoices], _language: str) -> dict[str, str]:
    return {code: gettext(name) for code, name in kind.choices}


def is_overdue(case: Case | Listed, at: datetime) -> bool:
    """Whether the answer should have been given."""
    return case.deadline is not None and case.deadline < at and case.progress in UNANSWERED


def name_shown(person: object, today: date) -> str:
    """A name in a list; a protected one opens with the case only."""
    return _masked(str(getattr(person, "name", "")), getattr(person, "protected_until", None), today)


def _masked(name: str, until: date | None, today: date) -> str:
    return gettext(PROTECTED) if until is not None and until >= today else name


def step_cards(steps: Sequence[Step], at: datetime) -> tuple[StepCard, ...]:
    """Steps read with their case and unit; the employees' names in one statement."""
    names = organisation.names({step.employee_id for step in steps if step.employee_id is not None})
    return tuple(step_card(step, step.case, names, at) for step in steps)


def step_card(step: Step, case: Case, names: Mapping[int, str], at: datetime) -> StepCard:
    """One step of that case, read with its unit."""
    is_open = step.done_at is None and not step.withdrawn
    return StepCard(
        id=step.id,
        case=step.case_id,
        case_number=case.number,
        kind=step.kind,
        kind_name=gettext(StepKind(step.kind).label),
        title=step.title,
        unit=step.unit_id,
        unit_name=step.unit.name if step.unit else "",
        employee=step.employee_id,
        employee_name=names.get(step.employee_id or 0, ""),
        group=step.group,
        level=step.level,
        task=case.task_id,
        due_at=step.due_at,
        not_before=step.not_before,
        overdue=is_open and step.due_at is not None and step.due_at < at,
        created_at=step.created_at,
        started_at=step.started_at,
        done_at=step.done_at,
        withdrawn=step.withdrawn,
        subject_id=step.subject_id,
        version=step.version,
    )


def deadline_card(row: Deadline, at: datetime) -> DeadlineCard:
    """A deadline and whether it has passed."""
    running = row.met_at is None and row.cancelled_at is None
    return DeadlineCard(
        id=row.pk,
        kind=row.kind,
        kind_name=gettext(DeadlineKind(row.kind).label),
        due_at=row.due_at,
        first_due_at=row.first_due_at,
        moved=row.due_at != row.first_due_at,
        ground=row.ground,
        met_at=row.met_at,
        cancelled_at=row.cancelled_at,
        overdue=running and row.due_at < at,
        subject_id=row.subject_id,
        version=row.version,
    )
