"""Steps of cases are work like any other: events of a step make, move and end its item.

A case is always locked before the item of one of its steps, as a contact is before its own.
"""

from datetime import datetime, timedelta
from uuid import UUID

from indgang.core.cases import selectors as cases
from indgang.core.cases import services as case_services
from indgang.core.cases.errors import StepGone
from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import services as contacts
from indgang.core.routing.items import end_item, settle_agent, take_from_agent
from indgang.core.routing.models import WorkItem
from indgang.core.routing.offering import back_to_waiting
from indgang.core.routing.targeting import Target, group_of_unit
from indgang.core.routing.telling import note, ring
from indgang.core.routing.values import CASE, ItemState
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime.services import uuid7

USUAL_WORKING_DAYS = 5  # for a step nobody has given a day
_SUBJECT = "cases.step:"


class WorkGoneError(Exception):
    """What the item was for has been done or withdrawn meanwhile."""


def on_step_added(line: JournalLine) -> None:
    """A step waits for its unit, its person, or whoever has the competence."""
    step_id = _step_id(line)
    step = cases.step(step_id, line.at) if step_id else None
    if step is None or not step.open or _open_item(step.id) is not None:
        return
    group = _group(step.group, step.task)
    item = WorkItem(
        id=uuid7(line.at),
        subject=f"{_SUBJECT}{step.id}",
        reference=step.case_number,
        title=step.title,
        medium=CASE,
        task=step.task,
        group=group_of_unit(step.unit, group, line.at),
        level=step.level,
        unit_id=step.unit,
        employee_id=step.employee,
        created_at=line.at,
        waiting_since=line.at,
        not_before=max(step.not_before or line.at, line.at),
        due_at=step.due_at or _usual_day(line.at),
        state=ItemState.WAITING,
    )
    item.save(force_insert=True)
    note(item, "work.waiting", at=line.at, viewer_name=line.actor)
    ring()


def on_step_moved(line: JournalLine) -> None:
    """Somebody else does it: the item leaves the hands it is in, unless they are that person's own."""
    item = _item(line)
    if item is None:
        return
    unit, employee = _number(line, "unit"), _number(line, "employee")
    if employee is not None and item.state == ItemState.ACTIVE and item.agent_id == employee:
        return
    agent = take_from_agent(item, line.at)
    item.unit_id, item.employee_id, item.preferred_id, item.parked_until = unit, employee, None, None
    item.group = group_of_unit(unit, _group(str(line.data.get("group") or ""), item.task), line.at)
    item.level = _number(line, "level") or item.level
    item.excluded = [who for who in item.excluded if who != employee]
    back_to_waiting(item)
    note(item, "work.waiting", at=line.at, viewer_name=line.actor)
    settle_agent(agent, item, line.at)


def on_step_ended(line: JournalLine) -> None:
    """It is done or nobody has to do it any more: whoever held it, or was offered it, is free."""
    item = _item(line)
    if item is not None:
        end_item(item, line.at, viewer_name=line.actor)


def on_waiting_ended(line: JournalLine) -> None:
    """The case goes on: what was put aside for it is work again."""
    if not line.case:
        return
    subjects = [f"{_SUBJECT}{step}" for step in cases.open_steps_of(UUID(line.case))]
    parked = WorkItem.objects.select_for_update().filter(subject__in=subjects, state=ItemState.PARKED)
    for item in parked.order_by("id"):
        item.waiting_since = item.not_before = line.at
        item.parked_until = None
        back_to_waiting(item)
        note(item, "work.waiting", at=line.at, viewer_name=line.actor)


def step_of(subject: str) -> UUID | None:
    """The step an item is about; None where it is about something else."""
    return UUID(subject.removeprefix(_SUBJECT)) if subject.startswith(_SUBJECT) else None


def begin(contact: UUID | None, subject: str, employee_id: int, viewer: Viewer, at: datetime) -> None:
    """Whoever takes an item has what it is about; that is locked before the item, always.

    Raises WorkGoneError where a step was ended in the same moment.
    """
    if contact is not None:
        contacts.start_work(contact_id=contact, employee_id=employee_id, viewer=viewer, at=at)
        return
    step = step_of(subject)
    if step is not None:
        try:
            case_services.start_step(step_id=step, employee_id=employee_id, viewer=viewer, at=at)
        except (StepGone, NotFound) as gone:
            raise WorkGoneError from gone


def finish(subject: str, viewer: Viewer, at: datetime) -> None:
    """The step of an item is done; that ends the item."""
    step = step_of(subject)
    if step is not None:
        case_services.finish_step(step_id=step, viewer=viewer, at=at)


def pass_on(subject: str, target: Target, said: str, viewer: Viewer, at: datetime) -> None:
    """The step of an item goes where the item goes, with what is said to whoever goes on."""
    step = step_of(subject)
    if step is not None:
        where = target.given
        case_services.move_step(
            step_id=step, unit=where.unit, employee=where.employee, group=where.group or "", level=target.level,
            note=said, to_text=target.text, by_queue=True, viewer=viewer, at=at,
        )  # fmt: skip


def take_back(subject: str, employee_id: int, viewer: Viewer, at: datetime) -> None:
    """The step of an item is the employee's own again."""
    step = step_of(subject)
    if step is not None:
        case_services.move_step(step_id=step, employee=employee_id, by_queue=True, viewer=viewer, at=at)
        begin(None, subject, employee_id, viewer, at)


def _item(line: JournalLine) -> WorkItem | None:
    step = _step_id(line)
    return _open_item(step) if step else None


def _open_item(step: UUID) -> WorkItem | None:
    rows = WorkItem.objects.select_for_update().filter(subject=f"{_SUBJECT}{step}")
    return rows.exclude(state=ItemState.DONE).first()


def _step_id(line: JournalLine) -> UUID | None:
    step = line.data.get("step")
    return UUID(step) if isinstance(step, str) else None


def _number(line: JournalLine, name: str) -> int | None:
    value = line.data.get(name)
    return value if isinstance(value, int) else None


def _group(given: str, task: str) -> str:
    head = catalogue.heads([task]).get(task)
    return given or (head.group if head else catalogue.GENERAL)


def _usual_day(at: datetime) -> datetime:
    days = catalogue.setting("cases.usual_step_days", USUAL_WORKING_DAYS)
    return max(cases.working_days_after(at, int(days)), at + timedelta(hours=1))
