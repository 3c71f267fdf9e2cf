"""Work items as news of contacts make, wake and end them; everything runs in the transaction of the event."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import Channel, RoutingFacts
from indgang.core.organisation import selectors as organisation
from indgang.core.routing.models import WorkItem
from indgang.core.routing.offering import back_to_waiting, end_offer, live_offer
from indgang.core.routing.people import needs_of
from indgang.core.routing.staffing import follow_work, lock_agent, wrap_up_seconds
from indgang.core.routing.targeting import group_of_unit
from indgang.core.routing.targets import promised
from indgang.core.routing.telling import note, ring, tell_agent
from indgang.core.routing.values import CALL_BACK, ItemState, OfferResult
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime.services import uuid7

GENERAL = catalogue.GENERAL  # an unknown need: every agent of the contact centre has it
LEVEL = 1  # an inquiry is information until somebody says more
LIVE = frozenset({Channel.PHONE, Channel.COUNTER, Channel.CHAT, CALL_BACK})
LIVE_DUE_SECONDS = {Channel.PHONE: 25, Channel.CHAT: 90, Channel.COUNTER: 600}
USUAL_HOURS = Decimal(8)
CONTACT_CENTRE = "contact_centre"
RECEIVED = "contact.received"


def on_received(line: JournalLine) -> None:
    """A new contact waits for a person, unless its answer at once settled it."""
    if line.contact and not (line.data.get("settled") or line.data.get("at_once")):
        facts = contacts.facts_for_routing(UUID(line.contact))
        open_new(facts, line, group=str(line.data.get("group") or ""), preferred=facts.handler_id)


def on_opened_by_hand(line: JournalLine) -> None:
    """An employee opened it with the citizen present: it is in their hands at once."""
    employee = employee_of(line.actor)
    if line.contact and employee is not None:
        facts = contacts.facts_for_routing(UUID(line.contact))
        item = open_new(facts, line, agent=employee)
        if item is not None:
            follow_work(lock_agent(employee, line.at), line.at)
            tell_agent(employee, "work")


def on_message(line: JournalLine) -> None:
    """The citizen wrote again: parked work wakes; ended work begins anew, first for who knows the conversation."""
    if not line.contact:
        return
    facts = contacts.facts_for_routing(UUID(line.contact))
    item = open_item(UUID(line.contact))
    if item is None:
        open_new(facts, line, preferred=facts.handler_id)
    elif item.state == ItemState.PARKED:
        _wake(item, facts, line)
    elif item.agent_id is not None:
        tell_agent(item.agent_id, "work")


def on_closed(line: JournalLine) -> None:
    """Nothing waits any more."""
    item = open_item(UUID(line.contact)) if line.contact else None
    if item is not None:
        end_item(item, line.at, viewer_name=line.actor)


def on_put_aside(line: JournalLine) -> None:
    """The contact waits for the citizen or for a date: its work item is parked and leaves the agent's hands."""
    item = open_item(UUID(line.contact)) if line.contact else None
    if item is not None and item.state != ItemState.PARKED:
        agent = take_from_agent(item, line.at)
        item.state, item.preferred_id = ItemState.PARKED, agent or item.preferred_id
        item.version += 1
        item.save()
        note(item, "work.parked", at=line.at, viewer_name=line.actor)
        settle_agent(agent, item, line.at)


def on_tasks_set(line: JournalLine) -> None:
    """What the contact is about decides which competence it needs."""
    item = open_item(UUID(line.contact)) if line.contact else None
    if item is None:
        return
    facts = contacts.facts_for_routing(UUID(str(line.contact)))
    item.task, item.title, group = _need(facts)
    item.group = group or GENERAL
    item.version += 1
    item.save(update_fields=["task", "title", "group", "version"])
    note(item, "work.need_changed", at=line.at, viewer_name=line.actor, group=item.group)
    ring()


def open_item(contact: UUID) -> WorkItem | None:
    """The open work item of a contact, locked."""
    rows = WorkItem.objects.select_for_update().filter(subject=subject_of(contact))
    return rows.exclude(state=ItemState.DONE).first()


def subject_of(contact: UUID) -> str:
    """The contact as the journal names it."""
    return f"contacts.contact:{contact}"


def end_item(item: WorkItem, at: datetime, *, viewer_name: str) -> None:
    """The item (locked) is done; whoever held it, or was offered it, is free again."""
    agent = take_from_agent(item, at)
    item.state, item.done_at, item.agent_id = ItemState.DONE, at, agent
    item.version += 1
    item.save(update_fields=["state", "done_at", "agent", "version"])
    note(item, "work.finished", at=at, viewer_name=viewer_name, employee=agent)
    settle_agent(agent, item, at)


def take_from_agent(item: WorkItem, at: datetime) -> int | None:
    """The item (locked) leaves the hands of its agent, and a live offer ends; the agent's id. Saves the offer only."""
    agent: int | None = item.agent_id
    offer = live_offer(item.id) if item.state == ItemState.OFFERED else None
    if offer is not None:
        end_offer(offer, OfferResult.WITHDRAWN, at)
    item.agent_id = None
    return agent


def settle_agent(agent: int | None, item: WorkItem, at: datetime) -> None:
    """The mode of the agent whose hands an item has left."""
    if agent is not None:
        follow_work(lock_agent(agent, at), at, wrap_up=wrap_up_seconds(item, at))


def employee_of(actor: str) -> int | None:
    """The employee behind a journal's actor."""
    kind, _, key = actor.partition(":")
    return int(key) if kind == "employee" and key.isdigit() else None


def open_new(
    facts: RoutingFacts,
    line: JournalLine,
    *,
    group: str = "",
    preferred: int | None = None,
    agent: int | None = None,
) -> WorkItem | None:
    """The item of a contact; None when it has one already. The contact is locked by whoever recorded the event."""
    if open_item(facts.contact) is not None:
        return None
    task, title, task_group = _need(facts)
    needs = needs_of(facts, line.at)
    unit = own_unit(facts.unit_id) or needs.unit
    wanted = group or task_group or GENERAL
    calls = facts.call_back and agent is None and line.verb == RECEIVED  # asked for then; a later message is written
    medium = CALL_BACK if calls else facts.medium
    item = WorkItem(
        id=uuid7(line.at),
        subject=subject_of(facts.contact),
        contact=facts.contact,
        reference=facts.reference,
        title=title,
        medium=medium,
        task=task,
        group=group_of_unit(needs.unit, wanted, line.at) if unit == needs.unit else wanted,
        level=LEVEL,
        language=needs.language,
        unit_id=unit,
        preferred_id=preferred or needs.adviser,
        interruptible=medium not in LIVE,
        created_at=line.at,
        waiting_since=line.at,
        not_before=line.at,
        due_at=_due(facts, line.at, first=line.verb == RECEIVED),
        state=ItemState.WAITING if agent is None else ItemState.ACTIVE,
        agent_id=agent,
    )
    item.save(force_insert=True)
    note(item, "work.waiting" if agent is None else "work.taken", at=line.at, viewer_name=line.actor, employee=agent)
    ring()
    return item


def _wake(item: WorkItem, facts: RoutingFacts, line: JournalLine) -> None:
    item.preferred_id = facts.handler_id or item.preferred_id
    item.excluded = [who for who in item.excluded if who != item.preferred_id]
    item.waiting_since = item.not_before = line.at
    item.due_at = _due(facts, line.at, first=False)
    item.medium, item.interruptible = facts.medium, facts.medium not in LIVE
    item.parked_until = None
    back_to_waiting(item)
    note(item, "work.waiting", at=line.at, viewer_name=line.actor)


def _need(facts: RoutingFacts) -> tuple[str, str, str]:
    """The first task's code, its words and its competence group; empty when nobody knows yet."""
    head = catalogue.heads([facts.task]).get(facts.task) if facts.task else None
    return (head.code, head.title, head.group) if head else ("", "", "")


def own_unit(unit_id: int | None) -> int | None:
    """Work addressed to a unit stays there; the contact centre takes work of everybody."""
    card = organisation.unit(unit_id) if unit_id is not None else None
    return card.id if card is not None and card.kind != CONTACT_CENTRE else None


def _due(facts: RoutingFacts, at: datetime, *, first: bool) -> datetime:
    """When it must be answered: seconds for live media, else what the citizen was promised, else in opening hours."""
    if facts.medium in LIVE:
        target = promised(facts.task, "", facts.medium, at)
        usual = LIVE_DUE_SECONDS[Channel(facts.medium)]
        return at + timedelta(seconds=target.seconds if target and target.seconds else usual)
    if first and facts.expected_answer_by is not None:
        return facts.expected_answer_by
    centre = next(iter(organisation.units(kind=CONTACT_CENTRE, at=at)), None)
    if centre is None:
        return at + timedelta(hours=float(USUAL_HOURS))
    head = catalogue.heads([facts.task]).get(facts.task) if facts.task else None
    return organisation.add_opening_hours(centre.code, "mail", at, head.answer_hours if head else USUAL_HOURS)
