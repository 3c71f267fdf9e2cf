"""What is done with a case as a whole: changed, taken, handed over, put to wait, brought forward, closed, reopened."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from indgang.core.cases.deadlines import check_ahead, end_deadlines, published_answer, put_deadline
from indgang.core.cases.errors import (
    GroundMissing,
    HandlesAlready,
    LevelNotYours,
    NoteMissing,
    ReceiverMissing,
    UnknownPlace,
    WrongProgress,
)
from indgang.core.cases.models import Case, CaseHandler, ProgressChange, Step
from indgang.core.cases.parties import close_finished_course
from indgang.core.cases.rights import may_settle
from indgang.core.cases.steps import end_step, give_step, known_employee, open_steps, put_step, take_back, unit_id_of
from indgang.core.cases.values import (
    DeadlineKind,
    EntryKind,
    Progress,
    Retention,
    Sensitivity,
    StepKind,
    Waiting,
)
from indgang.core.cases.waits import begin_wait, end_wait, forget_waits
from indgang.core.cases.working_days import end_of
from indgang.core.cases.writing import changed, checked_title, chosen, clean, enter, line, locked
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import policy
from indgang.foundation.access.values import Viewer

_NEXT: dict[Progress, set[Progress]] = {  # what may follow what; back again goes by `reopen` only
    Progress.OPENED: {Progress.INFORMED, Progress.CLOSED},
    Progress.INFORMED: {Progress.DECIDED, Progress.CLOSED},
    Progress.DECIDED: {Progress.CLOSED},
    Progress.CLOSED: set(),
}
_UNDECIDED = {Progress.OPENED, Progress.INFORMED}


@transaction.atomic
def change_case(
    *,
    case_id: UUID,
    title: str | None = None,
    legal_basis: str | None = None,
    sensitivity: str | None = None,
    retention: str | None = None,
    kle: str | None = None,
    facet: str | None = None,
    level: int | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Correct what stands on the case; None leaves a field alone.

    Raises CprInTitle, UnknownValue, StaleCase, and LevelNotYours for a level below the one it would take to decide.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version, ended=True)
    if level in policy.LEVELS and level < case.level and not may_settle(viewer, case.task_id, case.level, at):
        raise LevelNotYours(level=case.level)
    given: dict[str, Any] = {
        "title": checked_title(title) if title is not None else None,
        "legal_basis": line(legal_basis, 300) if legal_basis is not None else None,
        "sensitivity": chosen(sensitivity, Sensitivity, "sensitivity") if sensitivity is not None else None,
        "retention": chosen(retention, Retention, "retention") if retention is not None else None,
        "kle": line(kle, 8) if kle is not None else None,
        "facet": line(facet, 3) if facet is not None else None,
        "level": level if level in policy.LEVELS else None,
    }
    fields = [name for name, value in given.items() if value is not None and value != getattr(case, name)]
    if fields:
        for name in fields:
            setattr(case, name, given[name])
        changed(case, "case.changed", viewer=viewer, at=at, fields=fields, changed=fields)
    return case


@transaction.atomic
def set_handler(
    *, case_id: UUID, employee_id: int | None, viewer: Viewer, at: datetime, version: int | None = None
) -> Case:
    """Who has the case: it leaves the queue when they take it themselves, else it waits for them by name.

    None: its unit's again. Raises UnknownPlace, StaleCase.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    return put_handler(case, known_employee(employee_id), viewer=viewer, at=at)


def put_handler(case: Case, employee_id: int | None, *, viewer: Viewer, at: datetime) -> Case:
    """The same on a case that is locked already. The old handler's open steps go along."""
    before = case.handler_id
    themselves = viewer.actor is not None and viewer.actor.employee == employee_id
    if before != employee_id:
        case.handler_id = employee_id
        changed(case, "case.handler_set", viewer=viewer, at=at, fields=["handler"], employee=employee_id, before=before)
    for step in open_steps(case):
        if step.kind == StepKind.HANDLE and themselves:
            end_step(case, step, viewer=viewer, at=at)
        elif step.employee_id == before and step.employee_id != employee_id and step.kind != StepKind.OPINION:
            unit = case.unit_id if employee_id is None else None
            give_step(case, step, unit=unit, employee=employee_id, viewer=viewer, at=at)
    if employee_id is None and not open_steps(case, StepKind.HANDLE):
        put_step(case, kind=StepKind.HANDLE, title=case.title[:160], due_at=case.deadline, viewer=viewer, at=at)
    return case


@transaction.atomic
def add_handler(*, case_id: UUID, employee_id: int, viewer: Viewer, at: datetime) -> CaseHandler:
    """Somebody works on the case besides its handler. Again changes nothing. Raises UnknownPlace, HandlesAlready."""
    case = locked(case_id, viewer=viewer, at=at)
    known_employee(employee_id)
    if employee_id == case.handler_id:
        raise HandlesAlready(name=organisation.names([employee_id]).get(employee_id, ""))
    row, made = CaseHandler.objects.get_or_create(
        case=case, employee_id=employee_id, valid_to=None, defaults={"valid_from": at}
    )
    if made:
        changed(case, "case.other_handler_added", viewer=viewer, at=at, employee=employee_id)
    return row


@transaction.atomic
def end_handler(*, case_id: UUID, employee_id: int, viewer: Viewer, at: datetime) -> None:
    """Somebody works on it no more. Again changes nothing."""
    case = locked(case_id, viewer=viewer, at=at)
    if CaseHandler.objects.filter(case=case, employee=employee_id, valid_to=None).update(valid_to=at):
        changed(case, "case.other_handler_ended", viewer=viewer, at=at, employee=employee_id)


@transaction.atomic
def hand_over(
    *,
    case_id: UUID,
    unit: str | int | None = None,
    employee: int | None = None,
    note: str,
    deadline: datetime | None = None,
    owner_moves: bool = False,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Case:
    """A unit or a person goes on with the case, by a day; its documents, steps and deadlines stay on it.

    The owner stays unless it moves with the case. Raises ReceiverMissing, NoteMissing, UnknownPlace, PastDay.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    if (unit in (None, "")) == (employee is None):
        raise ReceiverMissing
    if not clean(note).strip():
        raise NoteMissing
    if deadline is not None:
        check_ahead(deadline, at)
    place, person, name = _receiver(unit, employee)
    former = case.unit_id
    before = {"from_unit": former, "from": case.handler_id}
    case.unit_id, case.handler_id = place, person
    fields = ["unit", "handler", *forget_waits(case)]
    if owner_moves:
        case.administration_id = _administration_of(place)
        fields.append("administration")
    _pass_on_steps(case, before["from"], former, due_at=deadline or case.deadline, viewer=viewer, at=at)
    if deadline is not None:
        put_deadline(case, kind=DeadlineKind.HAND_OVER, due_at=deadline, viewer=viewer, at=at)
    entry = enter(case, EntryKind.HAND_OVER, f"Overdraget til {name}", body=note, internal=True, viewer=viewer, at=at)
    changed(
        case, "case.handed_over", viewer=viewer, at=at, fields=fields, unit=place, employee=person,
        owner_moves=owner_moves, entry=str(entry.id), **before,
    )  # fmt: skip
    return case


@transaction.atomic
def set_waiting(
    *,
    case_id: UUID,
    waiting: str,
    until: datetime | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Case:
    """The case waits for somebody, until a day or until they write; then it is work again. Raises PastDay.

    It may wait for several; for the same one again it waits until the new day.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    wanted = chosen(waiting, Waiting, "waiting")
    if until is not None:
        check_ahead(until, at)
    begin_wait(case, wanted, until)
    changed(
        case, "case.waiting", viewer=viewer, at=at, waiting=wanted, until=until.isoformat() if until else None,
    )  # fmt: skip
    return case


@transaction.atomic
def stop_waiting(*, case_id: UUID, waiting: str = "", viewer: Viewer, at: datetime, version: int | None = None) -> Case:
    """Work goes on, or (`waiting`) that one is not waited for any more. Again changes nothing. Raises UnknownValue."""
    case = locked(case_id, viewer=viewer, at=at, version=version)
    kinds = [chosen(waiting, Waiting, "waiting")] if waiting else Waiting.values
    end_wait(case, *kinds, viewer=viewer, at=at)
    return case


@transaction.atomic
def advance(
    *,
    case_id: UUID,
    progress: str,
    ground: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Case:
    """The case is informed or closed; "decided" comes with the decision alone (`decide`).

    Closing without a decision needs a ground. The same progress again changes nothing.
    Raises WrongProgress, GroundMissing, StaleCase.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version, ended=True)
    wanted = Progress(chosen(progress, Progress, "progress"))
    if case.progress == wanted:
        return case
    if wanted == Progress.DECIDED:
        raise WrongProgress(now=Progress(case.progress).label, wanted=wanted.label)
    return bring_forward(case, wanted, ground=ground, viewer=viewer, at=at)


def bring_forward(case: Case, wanted: Progress, *, ground: str = "", viewer: Viewer, at: datetime) -> Case:
    """The next progress of a locked case, with its history, and what falls away by it."""
    now = Progress(case.progress)
    if wanted not in _NEXT[now]:
        raise WrongProgress(now=now.label, wanted=wanted.label)
    why = line(ground, 300)
    if wanted == Progress.CLOSED and now in _UNDECIDED and not why:
        raise GroundMissing
    case.progress, fields = wanted, ["progress"]
    if wanted == Progress.DECIDED:
        case.decided_at, fields = at, [*fields, "decided_at"]
    if wanted == Progress.CLOSED:
        case.closed_at = at
        fields += ["closed_at", *forget_waits(case)]
    _remember(case, wanted, why, viewer, at)
    changed(case, "case.progressed", viewer=viewer, at=at, fields=fields, progress=wanted.value, before=now.value)
    if wanted in {Progress.DECIDED, Progress.CLOSED}:
        _settle(case, closed=wanted == Progress.CLOSED, undecided=now in _UNDECIDED, viewer=viewer, at=at)
    close_finished_course(case, at)
    return case


def close_case(*, case_id: UUID, ground: str = "", viewer: Viewer, at: datetime, version: int | None = None) -> Case:
    """The case is over; undecided only with a ground. Closed again changes nothing."""
    return advance(case_id=case_id, progress=Progress.CLOSED, ground=ground, viewer=viewer, at=at, version=version)


@transaction.atomic
def reopen(
    *,
    case_id: UUID,
    ground: str,
    answer_by: date | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Case:
    """A decided or closed case is worked on again: it is informed, its time to answer runs anew, and somebody has to
    take it.

    The answer is due on the day that is given, else after the published time. Raises GroundMissing, WrongProgress,
    PastDay, FarDay, StaleCase.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version, ended=True)
    now = Progress(case.progress)
    if now in _UNDECIDED:
        raise WrongProgress(now=now.label, wanted=Progress.INFORMED.label)
    if not (why := line(ground, 300)):
        raise GroundMissing
    due = end_of(answer_by) if answer_by is not None else published_answer(case, at)
    if due is not None:
        check_ahead(due, at)
    case.progress, case.closed_at, case.reopened = Progress.INFORMED, None, case.reopened + 1
    _remember(case, Progress.INFORMED, why, viewer, at)
    enter(case, EntryKind.NOTE, "Sagen er genåbnet", body=why, viewer=viewer, at=at)
    case.deadline = due
    fields = ["progress", "closed_at", "reopened", "deadline"]
    changed(case, "case.reopened", viewer=viewer, at=at, fields=fields, before=now.value)
    if due is not None:
        put_deadline(case, kind=DeadlineKind.ANSWER, due_at=due, viewer=viewer, at=at)
    mine = viewer.actor is not None and viewer.actor.employee == case.handler_id
    if not mine:
        put_step(case, kind=StepKind.HANDLE, title=case.title[:160], viewer=viewer, at=at)
    close_finished_course(case, at)
    return case


def _settle(case: Case, *, closed: bool, undecided: bool, viewer: Viewer, at: datetime) -> None:
    """The answer has been given (or falls away): its deadline ends, and nobody has to begin with the case any more."""
    for kind in (DeadlineKind.ANSWER, DeadlineKind.HAND_OVER):
        end_deadlines(case, kind, cancel=closed and undecided, viewer=viewer, at=at)
    kinds = () if closed else (StepKind.HANDLE, StepKind.DEADLINE)
    for step in open_steps(case, *kinds):
        done = step.kind in {StepKind.HANDLE, StepKind.DEADLINE} and not undecided
        (end_step if done else take_back)(case, step, viewer=viewer, at=at)


def _pass_on_steps(
    case: Case, before: int | None, unit: int, *, due_at: datetime | None, viewer: Viewer, at: datetime
) -> None:
    """The work of the old handler or unit on the case ends or goes along; the receiver gets one piece: to go on."""
    moved = unit != case.unit_id or case.handler_id is not None
    for step in open_steps(case):
        if step.kind == StepKind.HANDLE:
            end_step(case, step, viewer=viewer, at=at)
        elif step.kind != StepKind.OPINION and (
            (before is not None and step.employee_id == before)
            or (moved and step.employee_id is None and step.unit_id == unit)
        ):
            _give_along(case, step, viewer, at)
    put_step(
        case, kind=StepKind.HANDLE, title=case.title[:160], unit=None if case.handler_id else case.unit_id,
        employee=case.handler_id, due_at=due_at, viewer=viewer, at=at,
    )  # fmt: skip


def _give_along(case: Case, step: Step, viewer: Viewer, at: datetime) -> None:
    unit = None if case.handler_id else case.unit_id
    give_step(case, step, unit=unit, employee=case.handler_id, viewer=viewer, at=at)


def _receiver(unit: str | int | None, employee: int | None) -> tuple[int, int | None, str]:
    if employee is not None:
        card = organisation.employee(employee)
        if card is None:
            raise UnknownPlace(place=str(employee))
        return card.unit_id, card.id, card.name
    place = unit_id_of(unit)
    found = organisation.unit(place) if place is not None else None
    if found is None:
        raise ReceiverMissing
    return found.id, None, found.name


def _administration_of(unit: int) -> str:
    card = organisation.unit(unit)
    if card is None or not card.administration:
        raise UnknownPlace(place=str(unit))
    return card.administration


def _remember(case: Case, progress: Progress, ground: str, viewer: Viewer, at: datetime) -> None:
    employee = viewer.actor.employee if viewer.actor else None
    ProgressChange.objects.create(case=case, progress=progress, at=at, employee=employee, ground=ground)
