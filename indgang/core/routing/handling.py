"""What an agent does with work: accept, decline, take the next, hand on, put aside, finish; and the own state."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from indgang.core.contacts import services as contacts
from indgang.core.contacts.values import Outcome
from indgang.core.routing import following_cases, policy
from indgang.core.routing.asking import there_is
from indgang.core.routing.errors import (
    NotYours,
    OfferGone,
    PauseReasonMissing,
    ReasonMissing,
    RefusalMissing,
    UnknownMode,
)
from indgang.core.routing.items import end_item, settle_agent, take_from_agent
from indgang.core.routing.models import AgentState, Offer, WorkItem
from indgang.core.routing.offering import accept_offer, back_to_waiting, end_offer, live_offer, rest, waited, withdraw
from indgang.core.routing.points import pause_reasons
from indgang.core.routing.pool import read_for
from indgang.core.routing.rights import employee_of, may_set
from indgang.core.routing.rules import figures
from indgang.core.routing.staffing import change_mode, follow_work, lock_agent
from indgang.core.routing.targeting import Target, check_open, group_of_unit, resolve
from indgang.core.routing.telling import note
from indgang.core.routing.values import CHOSEN, UNSEEN, AgentMode, ItemState, OfferResult, Refusal, TransferTarget
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import uuid7

ABOUT = "SELECT contact, subject FROM routing_workitem WHERE id = %s AND state = %s AND agent_id = %s"
LOCK_ITEM = "SELECT * FROM routing_workitem WHERE id = %s FOR UPDATE"
SEEN = """
UPDATE routing_agentstate SET seen_at = greatest(seen_at, %(at)s) WHERE employee_id = %(agent)s RETURNING mode, reason
"""
_TRIES = 50  # as many colleagues may press at the same moment


class _LostClaimError(Exception):
    """Somebody else was first; choose again."""


@transaction.atomic
def accept(*, item_id: UUID, viewer: Viewer, at: datetime) -> WorkItem:
    """Take the work offered to me. Accepting again changes nothing; raises OfferGone when it went to somebody else."""
    me = employee_of(viewer)
    contact, subject = _about(item_id, ItemState.OFFERED, me)
    try:
        following_cases.begin(contact, subject, me, viewer, at)
    except following_cases.WorkGoneError:
        raise OfferGone from None
    item = _locked(item_id)
    if item.state == ItemState.ACTIVE and item.agent_id == me:
        return item
    if item.state != ItemState.OFFERED or item.agent_id != me or not accept_offer(item, at):
        raise OfferGone
    _activate(item, me, "work.accepted", viewer, at)
    return item


@transaction.atomic
def decline(*, item_id: UUID, reason: str, viewer: Viewer, at: datetime) -> WorkItem:
    """Not me, not now: the item goes to others at once and comes back to me after a while at the earliest.

    Raises RefusalMissing, OfferGone.
    """
    me = employee_of(viewer)
    if reason not in Refusal.values:
        raise RefusalMissing
    item = _locked(item_id)
    offer = live_offer(item_id)
    if offer is None or offer.agent_id != me:
        raise OfferGone
    end_offer(offer, OfferResult.DECLINED, at, reason=reason)
    rest(item, me, figures(at).declined_rest, at)
    back_to_waiting(item)
    note(item, "work.declined", at=at, viewer_name=viewer.name, employee=me, offer=str(offer.id), reason=reason)
    state = lock_agent(me, at)
    state.misses, state.seen_at = 0, at
    follow_work(state, at)
    return item


def take_next(*, employee_id: int, viewer: Viewer, at: datetime) -> WorkItem | None:
    """The most urgent item this agent is able to take, in hand at once; a live offer counts first. None: nothing.

    Programs ask every second: where nothing waits that could be theirs it is one statement.
    """
    if employee_of(viewer) != employee_id or viewer.actor is None:
        raise NotYours
    offered, may_wait = there_is(employee_id, viewer.actor.competences, at)
    return _take_next(employee_id, offered, viewer, at) if offered or may_wait else None


@transaction.atomic
def _take_next(employee_id: int, offered: UUID | None, viewer: Viewer, at: datetime) -> WorkItem | None:
    if offered is not None:
        with suppress(OfferGone), transaction.atomic():
            return accept(item_id=offered, viewer=viewer, at=at)
    gone: set[UUID] = set()
    for _ in range(_TRIES):
        pool = read_for(employee_id, at)
        left = [item for item in pool.items if item.id not in gone]
        choice = policy.next_for(pool.agents[0], left, at, figures(at)) if pool.agents else None
        if choice is None:
            return None
        try:
            with transaction.atomic():
                return _take(choice, pool.item_versions[choice.item], pool.agent_versions[choice.agent], viewer, at)
        except _LostClaimError:
            gone.add(choice.item)
    return None


@transaction.atomic
def transfer(
    *,
    item_id: UUID,
    to: TransferTarget,
    note: str,
    viewer: Viewer,
    at: datetime,
    knowingly: bool = False,
    by_when: datetime | None = None,
    back_to: int | None = None,
) -> WorkItem:
    """Hand work on with everything said and noted; it keeps its place and never comes back by itself.

    A closed unit raises UnitClosed, with when it opens, until it is done knowingly. `by_when`, `back_to`: the promise
    of contacts.hand_over.
    """
    me = employee_of(viewer)
    item = _found(item_id)
    target = resolve(to, item, me, at)
    if not note.strip():
        raise ReasonMissing
    if item.state != ItemState.ACTIVE or item.agent_id != me:
        raise NotYours
    if not knowingly:
        check_open(target, item.medium, at)
    if item.contact:
        contacts.hand_over(
            contact_id=item.contact, note=note, to_text=target.text, to=target.given, viewer=viewer, at=at,
            by_when=by_when, back_to=back_to,
        )  # fmt: skip
    else:
        following_cases.pass_on(item.subject, target, note, viewer, at)
    item = _mine(item_id, me)
    take_from_agent(item, at)
    _handed(item, target, me, at)
    back_to_waiting(item)
    _noted_transfer(item, target, me, viewer, at)
    settle_agent(me, item, at)
    return item


@transaction.atomic
def finish(*, item_id: UUID, viewer: Viewer, at: datetime, outcome: str = Outcome.INFORMED) -> WorkItem:
    """The work is done. A contact that is still open is closed with this outcome: nothing stays open without work."""
    me = employee_of(viewer)
    contact, subject = _about(item_id, ItemState.ACTIVE, me)
    if contact:  # locked before its item, always; closing it ends the item
        contacts.close(contact_id=contact, outcome=outcome, tasks=(), viewer=viewer, at=at)
    else:
        following_cases.finish(subject, viewer, at)
    item = _locked(item_id)
    if item.state == ItemState.DONE:
        return item
    if item.state != ItemState.ACTIVE or item.agent_id != me:
        raise NotYours
    end_item(item, at, viewer_name=viewer.name)
    return item


@transaction.atomic
def park(*, item_id: UUID, until: datetime | None, viewer: Viewer, at: datetime) -> WorkItem:
    """Put aside until a date, or (None) until the citizen writes; the same agent is asked first when it wakes."""
    me = employee_of(viewer)
    item = _found(item_id)
    if item.state != ItemState.ACTIVE or item.agent_id != me:
        raise NotYours
    if item.contact and until is None:
        contacts.wait_for_citizen(contact_id=item.contact, viewer=viewer, at=at)
    elif item.contact:
        contacts.snooze(contact_id=item.contact, viewer=viewer, at=at)
    item = _locked(item_id)
    in_my_hands = item.state == ItemState.ACTIVE
    if in_my_hands:
        take_from_agent(item, at)
    item.state, item.parked_until, item.preferred_id = ItemState.PARKED, until, me
    item.version += 1
    item.save()
    if in_my_hands:
        _note_parked(item, viewer, at)
        settle_agent(me, item, at)
    return item


@transaction.atomic
def set_state(*, employee_id: int, mode: str, reason: str = "", at: datetime, viewer: Viewer) -> AgentState:
    """Be available, on pause or off duty. What is held out to somebody who leaves goes to others at once."""
    if mode not in CHOSEN:
        raise UnknownMode(mode=mode[:20], known=", ".join(CHOSEN))
    may_set(employee_id, viewer)
    if mode == AgentMode.PAUSE:
        _check_pause(reason, at)
    if mode != AgentMode.AVAILABLE:
        withdraw(employee_id, at, viewer_name=viewer.name)
    state = lock_agent(employee_id, at)
    state.seen_at = at
    if mode == AgentMode.AVAILABLE and state.mode in (AgentMode.AVAILABLE, AgentMode.BUSY, AgentMode.RESERVED):
        state.save(update_fields=["seen_at"])
        return state
    change_mode(state, mode, at, reason=reason[:60], viewer_name=viewer.name)
    return state


def seen(employee_id: int, at: datetime) -> None:
    """The agent's browser is alive; who was only out of sight is on duty again. Leaves no event by itself."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {"agent": employee_id, "at": at})
        row = cursor.fetchone()
    if row == (AgentMode.UNREACHABLE.value, UNSEEN):
        _back_in_sight(employee_id, at)


@transaction.atomic
def _back_in_sight(employee_id: int, at: datetime) -> None:
    state = lock_agent(employee_id, at)
    if state.mode == AgentMode.UNREACHABLE and state.reason == UNSEEN:
        change_mode(state, AgentMode.AVAILABLE, at, viewer_name=f"employee:{employee_id}")


def _take(choice: policy.Choice, item_version: int, agent_version: int, viewer: Viewer, at: datetime) -> WorkItem:
    item = _found(choice.item)
    try:
        following_cases.begin(item.contact, item.subject, choice.agent, viewer, at)
    except following_cases.WorkGoneError:
        raise _LostClaimError from None
    rows = WorkItem.objects.select_for_update(skip_locked=True)
    locked = rows.filter(id=choice.item, state=ItemState.WAITING, version=item_version).first()
    if locked is None:
        raise _LostClaimError
    state = lock_agent(choice.agent, at)
    if state.version != agent_version:
        raise _LostClaimError
    Offer.objects.create(
        id=uuid7(at),
        item=locked,
        agent_id=choice.agent,
        at=at,
        expires_at=at,
        ended_at=at,
        result=OfferResult.ACCEPTED,
        waited=waited(locked, at),
        explanation=choice.explanation,
    )
    _activate(locked, choice.agent, "work.taken", viewer, at, state)
    return locked


def _activate(
    item: WorkItem, employee_id: int, verb: str, viewer: Viewer, at: datetime, state: AgentState | None = None
) -> None:
    """The item (locked) is in the hands of this agent, who is busy now: nobody is offered two at a time. `state` where
    it is locked already."""
    item.state, item.agent_id, item.failed = ItemState.ACTIVE, employee_id, 0
    item.version += 1
    item.save(update_fields=["state", "agent", "failed", "version"])
    note(item, verb, at=at, viewer_name=viewer.name, employee=employee_id)
    state = state or lock_agent(employee_id, at)
    state.misses, state.seen_at = 0, at
    follow_work(state, at, mode=AgentMode.BUSY)


def _handed(item: WorkItem, target: Target, me: int, at: datetime) -> None:
    """The item needs what its new place needs; where it came from is kept, so that it can be taken back."""
    where = target.given
    item.handed_by = me
    item.handed_from = {"unit": item.unit_id, "group": item.group, "level": item.level}
    item.unit_id, item.employee_id, item.preferred_id = where.unit, where.employee, None
    item.group = group_of_unit(where.unit, where.group or item.group, at)
    item.level = target.level or item.level
    item.excluded = [who for who in {*item.excluded, me} if who != where.employee]
    item.hops, item.not_before, item.failed, item.returned_from = item.hops + 1, at, 0, None


def _check_pause(reason: str, at: datetime) -> None:
    """A pause needs a reason of the municipality's list, once there is one."""
    known = {row.code: row.title for row in pause_reasons(at)}
    if known and reason not in known:
        raise PauseReasonMissing(known=", ".join(known.values()))


def _noted_transfer(item: WorkItem, target: Target, origin: int, viewer: Viewer, at: datetime) -> None:
    where = target.given
    facts = {
        "from": origin,
        "employee": where.employee,
        "unit": where.unit,
        "group": where.group,
        "hops": item.hops,
        "level": item.level,
    }
    note(item, "work.transferred", at=at, viewer_name=viewer.name, **facts)


def _note_parked(item: WorkItem, viewer: Viewer, at: datetime) -> None:
    note(item, "work.parked", at=at, viewer_name=viewer.name)


def _found(item_id: UUID) -> WorkItem:
    item = WorkItem.objects.filter(id=item_id).first()
    if item is None:
        raise NotFound
    return item


def _locked(item_id: UUID) -> WorkItem:
    item = next(iter(WorkItem.objects.raw(LOCK_ITEM, [item_id])), None)
    if item is None:
        raise NotFound
    return item


def _about(item_id: UUID, state: ItemState, me: int) -> tuple[UUID | None, str]:
    """The contact and the subject of an item held out to me or in my hands; locked before the item, always."""
    with connection.cursor() as cursor:
        cursor.execute(ABOUT, [item_id, state.value, me])
        row = cursor.fetchone()
    return row or (None, "")


def _mine(item_id: UUID, me: int) -> WorkItem:
    item = _locked(item_id)
    if item.state != ItemState.ACTIVE or item.agent_id != me:
        raise NotYours
    return item
