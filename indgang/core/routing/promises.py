"""Work that somebody promised for later: a call-back in its window, and what comes back when nobody went on."""

from datetime import datetime
from uuid import UUID

from indgang.core.contacts import selectors as contacts
from indgang.core.organisation import selectors as organisation
from indgang.core.routing.items import employee_of, open_item, open_new, own_unit, settle_agent, take_from_agent
from indgang.core.routing.models import WorkItem
from indgang.core.routing.offering import back_to_waiting
from indgang.core.routing.people import needs_of
from indgang.core.routing.targeting import group_of_unit
from indgang.core.routing.telling import note, ring, tell_agent
from indgang.core.routing.values import CALL_BACK, ItemState
from indgang.foundation.journal.values import JournalLine

SPECIAL = "special_group"  # the mark of a contact


def on_call_back_requested(line: JournalLine) -> None:
    """Somebody is to call: the item waits from the start of the window, is due at its end, and keeps its place."""
    item = _item(line)
    if item is None:
        return
    agent = take_from_agent(item, line.at)
    item.medium, item.interruptible = CALL_BACK, False
    item.not_before = max(_moment(line, "not_before") or line.at, line.at)
    item.due_at = _moment(line, "not_after") or max(item.due_at, item.not_before)
    unit = line.data.get("unit")
    if isinstance(unit, int):
        item.unit_id = own_unit(unit)
        item.group = group_of_unit(item.unit_id, item.group, line.at)
    _waits(item, agent, line)


def on_call_back_tried(line: JournalLine) -> None:
    """Nobody answered: the next try waits for its time, in its old place."""
    item = _item(line)
    if item is None:
        return
    agent = take_from_agent(item, line.at)
    item.medium, item.interruptible = CALL_BACK, False
    item.not_before = max(_moment(line, "next_try") or line.at, line.at)
    item.due_at = max(item.due_at, item.not_before)
    _waits(item, agent, line)


def on_call_back_done(line: JournalLine) -> None:
    """Nobody is called any more: what is left can be done at any time, first by whoever called."""
    item = open_item(UUID(line.contact)) if line.contact else None
    if item is None or item.medium != CALL_BACK:
        return
    item.interruptible = True
    if item.state in (ItemState.WAITING, ItemState.OFFERED):
        agent = take_from_agent(item, line.at)
        item.preferred_id = employee_of(line.actor) or item.preferred_id
        item.not_before = line.at
        _waits(item, agent, line)
    else:
        item.version += 1
        item.save(update_fields=["interruptible", "version"])


def on_tags_set(line: JournalLine) -> None:
    """What waits for a citizen with a special need waits at the specialists' unit from now on."""
    marks = line.data.get("marks")
    item = open_item(UUID(line.contact)) if line.contact and isinstance(marks, list) and SPECIAL in marks else None
    if item is None or item.state not in (ItemState.WAITING, ItemState.PARKED):
        return
    unit = needs_of(contacts.facts_for_routing(UUID(str(line.contact))), line.at).unit
    if unit is not None and unit != item.unit_id:
        item.unit_id, item.group = unit, group_of_unit(unit, item.group, line.at)
        item.version += 1
        item.save(update_fields=["unit", "group", "version"])
        note(item, "work.need_changed", at=line.at, viewer_name=line.actor, unit=unit, group=item.group)
        ring()


def on_promise_broken(line: JournalLine) -> None:
    """Nobody went on by the time that was said: the work is again with whoever promised it, by name; with everybody
    when they have left."""
    item = _item(line)
    if item is None:
        return
    agent = take_from_agent(item, line.at)
    owner = line.data.get("employee")
    here = organisation.agent_facts([owner], line.at) if isinstance(owner, int) else []
    item.employee_id = here[0].employee if here else None
    item.unit_id = item.preferred_id = item.handed_by = item.handed_from = None
    item.excluded = [who for who in item.excluded if who != owner]
    item.not_before = line.at
    _waits(item, agent, line)
    if item.employee_id is not None:
        tell_agent(item.employee_id, "work")


def _item(line: JournalLine) -> WorkItem | None:
    """The contact's open item, locked; made where there is none."""
    if not line.contact:
        return None
    contact = UUID(line.contact)
    return open_item(contact) or open_new(contacts.facts_for_routing(contact), line)


def _waits(item: WorkItem, agent: int | None, line: JournalLine) -> None:
    item.failed, item.parked_until = 0, None
    back_to_waiting(item)
    note(item, "work.waiting", at=line.at, viewer_name=line.actor)
    settle_agent(agent, item, line.at)


def _moment(line: JournalLine, name: str) -> datetime | None:
    text = line.data.get(name)
    return datetime.fromisoformat(str(text)) if text else None
