"""Steps of a case: what somebody has to do on it. Each that waits for somebody is one piece of work in the queue."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from indgang.core.cases.errors import NotYourCase, StaleStep, StepGone, StepNeeded, UnknownPlace
from indgang.core.cases.models import Case, Step
from indgang.core.cases.rights import may_see, may_work_on
from indgang.core.cases.values import EntryKind, StepKind
from indgang.core.cases.writing import checked_title, chosen, enter, line, locked, locked_by_process, noted
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import uuid7

_LONGEST_ID = 9  # digits: more is no unit's number
_HANDLING = (StepKind.HANDLE, StepKind.COMPLAINT)  # whoever starts it has the case


@transaction.atomic
def add_step(
    *,
    case_id: UUID,
    kind: str,
    title: str = "",
    unit: str | int | None = None,
    employee: int | None = None,
    group: str = "",
    level: int | None = None,
    due_at: datetime | None = None,
    not_before: datetime | None = None,
    subject_id: UUID | None = None,
    queued: bool = True,
    viewer: Viewer,
    at: datetime,
) -> Step:
    """Something to do, for a unit, a person, or whoever has the competence; `queued` False: a line of the task list
    the handler ticks off, no work of the queue by itself.

    Without a receiver it is the handler's, or the unit's where nobody handles the case. UnknownPlace, CprInTitle.
    """
    case = locked(case_id, viewer=viewer, at=at, ended=kind in {StepKind.COMPLAINT, StepKind.ACCESS})
    return put_step(
        case, kind=kind, title=title, unit=unit_id_of(unit), employee=known_employee(employee), group=group,
        level=level, due_at=due_at, not_before=not_before, subject_id=subject_id, queued=queued, viewer=viewer, at=at,
    )  # fmt: skip


def put_step(
    case: Case,
    *,
    kind: str,
    title: str = "",
    unit: int | None = None,
    employee: int | None = None,
    group: str = "",
    level: int | None = None,
    due_at: datetime | None = None,
    not_before: datetime | None = None,
    subject_id: UUID | None = None,
    queued: bool = True,
    viewer: Viewer,
    at: datetime,
) -> Step:
    """The same on a case that is locked already, for services and receivers of this module."""
    wanted = StepKind(chosen(kind, StepKind, "kind"))
    if unit is None and employee is None and not group:
        unit, employee = (None, case.handler_id) if case.handler_id else (case.unit_id, None)
    last = Step.objects.filter(case=case).aggregate(last=Max("order"))["last"]
    step = Step.objects.create(
        id=uuid7(at),
        case=case,
        kind=wanted,
        title=checked_title(title or str(wanted.label), 160),
        order=(last or 0) + 1,
        group=group[:40],
        level=level or case.level,
        unit_id=unit,
        employee_id=employee,
        created_at=at,
        not_before=not_before,
        due_at=due_at,
        subject_id=subject_id,
        listed=not queued,
    )
    told(case, step, "case.step_added" if queued else "case.step_listed", viewer=viewer, at=at)
    return step


@transaction.atomic
def start_step(*, step_id: UUID, employee_id: int, viewer: Viewer, at: datetime) -> Step:
    """Somebody has begun; who begins to handle a case nobody handles has it. Again by the same one changes nothing.

    Raises StepGone, NotFound.
    """
    case, step = _both(step_id)
    _must_be_open(step)
    if step.employee_id == employee_id and step.started_at is not None:
        return step
    step.employee_id, step.started_at = employee_id, step.started_at or at
    step.version += 1
    step.save(update_fields=["employee", "started_at", "version"])
    if step.kind in _HANDLING and case.handler_id is None:
        case.handler_id = employee_id
        case.version += 1
        case.save(update_fields=["handler", "version"])
        noted(case, "case.handler_set", viewer=viewer, at=at, employee=employee_id)
    noted(case, "case.step_started", viewer=viewer, at=at, step=str(step.id), employee=employee_id)
    return step


@transaction.atomic
def finish_step(*, step_id: UUID, viewer: Viewer, at: datetime, version: int | None = None) -> Step:
    """It is done. Done again changes nothing. Raises StepGone where it was withdrawn, StaleStep, NotYourCase."""
    case, step = _both(step_id, viewer=viewer, at=at)
    if step.done_at is not None:
        return step
    _must_be_open(step)
    _check_version(step, version)
    return end_step(case, step, viewer=viewer, at=at)


@transaction.atomic
def withdraw_step(*, step_id: UUID, ground: str = "", viewer: Viewer, at: datetime, version: int | None = None) -> Step:
    """Nobody has to do it any more; it stays readable, and why stands in the journal.

    The step by which a case of nobody waits for somebody stays. Raises StepNeeded, StepGone, StaleStep, NotYourCase.
    """
    case, step = _both(step_id, viewer=viewer, at=at)
    _must_be_open(step)
    _check_version(step, version)
    if step.kind in _HANDLING and case.handler_id is None:
        raise StepNeeded
    if why := line(ground, 300):
        theme = f"Trinnet skal ikke gøres: {step.title}"
        enter(case, EntryKind.NOTE, theme, body=why, subject_id=step.id, viewer=viewer, at=at)
    return take_back(case, step, viewer=viewer, at=at)


@transaction.atomic
def move_step(
    *,
    step_id: UUID,
    unit: str | int | None = None,
    employee: int | None = None,
    group: str = "",
    level: int | None = None,
    note: str = "",
    to_text: str = "",
    by_queue: bool = False,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Step:
    """Somebody else does it: a unit, a person, or whoever has a competence; what is noted stands in the journal.

    A line of the task list becomes work in the queue: who gets it would not find it otherwise. Whoever gets the step
    to handle a case gets the case. `by_queue`: the queue did it and need not be told; whose
    work it may move is its own rule. Raises StepGone, UnknownPlace, StaleStep, NotYourCase.
    """
    case, step = _both(step_id, viewer=viewer, at=at, by_queue=by_queue)
    _must_be_open(step)
    _check_version(step, version)
    place, person = unit_id_of(unit), known_employee(employee)
    give_step(
        case, step, unit=place, employee=person, group=group, level=level, by_queue=by_queue, viewer=viewer, at=at
    )
    if step.listed:  # somebody else's list does not show it
        step.listed = False
        step.save(update_fields=["listed"])
        told(case, step, "case.step_added", viewer=viewer, at=at)
    if step.kind in _HANDLING:
        _pass_case_on(case, place, person, viewer, at)
    if note.strip():
        theme = f"Overdraget til {to_text}" if to_text else "Overdraget"
        enter(case, EntryKind.HAND_OVER, theme, body=note, internal=True, subject_id=step.id, viewer=viewer, at=at)
    return step


def give_step(
    case: Case,
    step: Step,
    *,
    unit: int | None = None,
    employee: int | None = None,
    group: str = "",
    level: int | None = None,
    by_queue: bool = False,
    viewer: Viewer,
    at: datetime,
) -> Step:
    """The same on a case that is locked already."""
    step.unit_id, step.employee_id = unit, employee
    step.group, step.level = group[:40] or step.group, level or step.level
    step.started_at = None
    step.version += 1
    step.save(update_fields=["unit", "employee", "group", "level", "started_at", "version"])
    told(case, step, "case.step_passed_on" if by_queue else "case.step_moved", viewer=viewer, at=at)
    return step


def end_step(case: Case, step: Step, *, viewer: Viewer, at: datetime) -> Step:
    """The step of a locked case is done."""
    step.done_at, step.done_by = at, viewer.actor.employee if viewer.actor else None
    step.version += 1
    step.save(update_fields=["done_at", "done_by", "version"])
    noted(case, "case.step_done", viewer=viewer, at=at, step=str(step.id), kind=step.kind)
    return step


def take_back(case: Case, step: Step, *, viewer: Viewer, at: datetime) -> Step:
    """The step of a locked case is withdrawn."""
    step.withdrawn = True
    step.version += 1
    step.save(update_fields=["withdrawn", "version"])
    noted(case, "case.step_withdrawn", viewer=viewer, at=at, step=str(step.id), kind=step.kind)
    return step


def open_steps(case: Case, *kinds: str) -> list[Step]:
    """What is still to be done on a case, in order; of these kinds only, where any are named."""
    rows = Step.objects.filter(case=case, done_at=None, withdrawn=False).order_by("order", "id")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def told(case: Case, step: Step, verb: str, *, viewer: Viewer, at: datetime) -> None:
    """The event of a step, with all the queue must know."""
    noted(
        case, verb, viewer=viewer, at=at, step=str(step.id), kind=step.kind, task=case.task_id, group=step.group,
        level=step.level, unit=step.unit_id, employee=step.employee_id,
    )  # fmt: skip


def unit_id_of(key: str | int | None) -> int | None:
    """The unit of an id or code. Raises UnknownPlace."""
    if key is None or key == "":
        return None
    number = isinstance(key, str) and key.isascii() and key.isdigit() and len(key) <= _LONGEST_ID
    card = organisation.unit(int(key) if number else key)
    if card is None:
        raise UnknownPlace(place=str(key)[:40])
    return card.id


def known_employee(employee_id: int | None) -> int | None:
    """An employee who works here. Raises UnknownPlace."""
    if employee_id is not None and organisation.employee(employee_id) is None:
        raise UnknownPlace(place=str(employee_id))
    return employee_id


def _both(
    step_id: UUID, *, viewer: Viewer | None = None, at: datetime | None = None, by_queue: bool = False
) -> tuple[Case, Step]:
    """The case of a step, locked, then the step, locked: always in this order; for whoever may change either."""
    found = Step.objects.filter(id=step_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound
    if viewer is not None and at is not None and not may_see(viewer, found, at):
        raise NotFound
    case = locked_by_process(found)
    step = Step.objects.select_for_update(of=("self",)).get(id=step_id)
    if viewer is None or at is None or by_queue or _is_theirs(step, viewer):
        return case, step
    if not may_work_on(viewer, case, at):
        raise NotYourCase
    return case, step


def _is_theirs(step: Step, viewer: Viewer) -> bool:
    if viewer.actor is None:
        return False
    return step.employee_id == viewer.actor.employee or step.unit_id in viewer.actor.units | {viewer.actor.unit}


def _pass_case_on(case: Case, unit: int | None, employee: int | None, viewer: Viewer, at: datetime) -> None:
    """The case goes along with the step to handle it."""
    card = organisation.employee(employee) if employee is not None else None
    place = card.unit_id if card is not None else unit or case.unit_id
    if (case.unit_id, case.handler_id) == (place, employee):
        return
    case.unit_id, case.handler_id = place, employee
    case.version += 1
    case.save(update_fields=["unit", "handler", "version"])
    noted(case, "case.handler_set", viewer=viewer, at=at, employee=employee, unit=place)


def _must_be_open(step: Step) -> None:
    if step.withdrawn or step.done_at is not None:
        raise StepGone


def _check_version(step: Step, version: int | None) -> None:
    if version is not None and version != step.version:
        raise StaleStep
