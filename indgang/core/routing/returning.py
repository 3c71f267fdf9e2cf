"""Work that comes back: from somebody who left or was signed off, and to the one who handed it on too soon."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from indgang.core.cases.errors import StepGone
from indgang.core.contacts import services as contacts
from indgang.core.organisation import selectors as organisation
from indgang.core.routing import following_cases
from indgang.core.routing.errors import TooLateToTakeBack
from indgang.core.routing.items import take_from_agent
from indgang.core.routing.models import AgentState, WorkItem
from indgang.core.routing.offering import back_to_waiting
from indgang.core.routing.rights import employee_of, may_set
from indgang.core.routing.staffing import change_mode, follow_work, lock_agent
from indgang.core.routing.telling import note, tell_agent, tell_floor
from indgang.core.routing.values import IN_HAND, SIGNED_OFF, AgentMode, ItemState
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.values import JournalLine

LEFT = "left"  # reason: works here no longer
ROUTING = system("routing")


@transaction.atomic
def return_work(*, employee_id: int, reason: str, viewer: Viewer, at: datetime) -> int:
    """All an employee has in hand waits for colleagues again, at its old place. Who left gets nothing by name any
    more: not what was handed to them, not what they put aside. How many pieces came back."""
    may_set(employee_id, viewer)
    mine = Q(agent=employee_id, state__in=IN_HAND)
    if reason == LEFT:
        mine |= Q(employee=employee_id, state=ItemState.WAITING)
    items = list(WorkItem.objects.select_for_update().filter(mine).order_by("id"))
    for item in items:
        take_from_agent(item, at)
        if item.employee_id == employee_id:
            item.employee_id = None
        item.preferred_id, item.returned_from, item.failed = None, employee_id, 0
        back_to_waiting(item)
        note(item, "work.returned", at=at, viewer_name=viewer.name, employee=employee_id, reason=reason[:60])
    if reason == LEFT:
        WorkItem.objects.filter(preferred=employee_id).exclude(state=ItemState.DONE).update(preferred=None)
    if items:
        _told(employee_id, len(items), reason, viewer, at)
    return len(items)


@transaction.atomic
def sign_off(*, employee_id: int, reason: str = "", viewer: Viewer, at: datetime) -> int:
    """A leader signs somebody off who forgot to: no offers any more, and the work in hand goes back to the queue."""
    may_set(employee_id, viewer, oneself=False)
    returned = return_work(employee_id=employee_id, reason=reason or SIGNED_OFF, viewer=viewer, at=at)
    state = lock_agent(employee_id, at)
    if state.mode != AgentMode.OFFLINE:
        change_mode(state, AgentMode.OFFLINE, at, reason=SIGNED_OFF, viewer_name=viewer.name)
    return returned


@transaction.atomic
def take_back(*, item_id: UUID, viewer: Viewer, at: datetime) -> WorkItem:
    """What I handed on and nobody has taken is mine again. Raises TooLateToTakeBack, NotFound."""
    me = employee_of(viewer)
    item = WorkItem.objects.filter(id=item_id, handed_by=me).first()
    if item is None:
        raise NotFound
    if not _untaken(item):
        raise TooLateToTakeBack
    if item.contact:  # locked before its item, always
        contacts.start_work(contact_id=item.contact, employee_id=me, viewer=viewer, at=at)
    else:
        _step_back(item, me, viewer, at)
    item = WorkItem.objects.select_for_update().get(id=item_id)
    if item.handed_by != me or not _untaken(item):
        raise TooLateToTakeBack
    offered_to = take_from_agent(item, at)
    _as_before(item, me)
    item.save()
    note(item, "work.taken_back", at=at, viewer_name=viewer.name, employee=me)
    for employee in sorted({me} | ({offered_to} if offered_to else set())):
        follow_work(lock_agent(employee, at), at)
    tell_agent(me, "work")
    return item


def on_left(line: JournalLine) -> None:
    """An employee's last day is over."""
    employee = line.data.get("employee")
    if not isinstance(employee, int):
        return
    return_work(employee_id=employee, reason=LEFT, viewer=ROUTING, at=line.at)
    state = AgentState.objects.filter(pk=employee).exclude(mode=AgentMode.OFFLINE).first()
    if state is not None:
        change_mode(lock_agent(employee, line.at), AgentMode.OFFLINE, line.at, reason=LEFT, viewer_name=ROUTING.name)


def _step_back(item: WorkItem, me: int, viewer: Viewer, at: datetime) -> None:
    try:
        following_cases.take_back(item.subject, me, viewer, at)
    except (following_cases.WorkGoneError, StepGone):
        raise TooLateToTakeBack from None


def _untaken(item: WorkItem) -> bool:
    return item.state in (ItemState.WAITING, ItemState.OFFERED)


def _as_before(item: WorkItem, me: int) -> None:
    """In my hands, needing what it needed before it was handed on."""
    before = item.handed_from or {}
    item.unit_id = before.get("unit")
    item.group, item.level = before.get("group", item.group), before.get("level", item.level)
    item.employee_id = item.handed_by = item.handed_from = None
    item.excluded = [who for who in item.excluded if who != me]
    item.state, item.agent_id, item.failed = ItemState.ACTIVE, me, 0
    item.version += 1


def _told(employee_id: int, number: int, reason: str, viewer: Viewer, at: datetime) -> None:
    """One event for all of it, and the leader's page."""
    facts: dict[str, object] = {"employee": employee_id, "items": number, "reason": reason[:60]}
    subject = f"organisation.employee:{employee_id}"
    journal.record("agent.work_returned", at=at, viewer_name=viewer.name, subject=subject, data=facts)
    tell_agent(employee_id, "work")
    card = organisation.employee(employee_id)
    if card is not None and card.manager_id:
        tell_agent(card.manager_id, "work")
    tell_floor()
