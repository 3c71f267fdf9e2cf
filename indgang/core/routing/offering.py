"""Offers: made real by one conditional statement, then accepted, declined, expired or withdrawn."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from indgang.core.routing import policy
from indgang.core.routing.models import AgentState, Offer, WorkItem
from indgang.core.routing.pool import Memory, Pool, read
from indgang.core.routing.rules import figures
from indgang.core.routing.staffing import change_mode, follow_work, lock_agent
from indgang.core.routing.telling import note, record, ring, tell_agent, tell_contacts
from indgang.core.routing.values import MISSED, ON_DUTY, UNSEEN, AgentMode, ItemState, OfferResult
from indgang.foundation.access.values import system
from indgang.foundation.runtime.services import uuid7

CLAIM = (Path(__file__).parent / "sql" / "claim.sql").read_text()
DISPATCHER = system("dispatcher").name


def dispatch_once(at: datetime, memory: Memory | None = None) -> int:
    """One pass: choose for the whole floor, claim, and say how many offers became real."""
    pool = read(at, memory or Memory())
    if not pool.items:
        return 0
    return claim(policy.choose(pool.items, pool.agents, at, figures(at)), pool, at)


@transaction.atomic
def claim(choices: list[policy.Choice], pool: Pool, at: datetime) -> int:
    """Make these choices real where nothing has changed since the pool was read; a lost claim changes nothing."""
    if not choices:
        return 0
    holds = figures(at)
    rows: list[dict[str, object]] = [
        {
            "offer": str(uuid7(at)),
            "item": str(c.item),
            "item_version": pool.item_versions[c.item],
            "agent": c.agent,
            "agent_version": pool.agent_versions[c.agent],
            "expires_at": (at + timedelta(seconds=holds.offer_lasts(pool.media[c.item]))).isoformat(),
            "explanation": c.explanation,
        }
        for c in choices
    ]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"choices": json.dumps(rows), "at": at})
        claimed = cursor.fetchall()
    for offer, item, agent, contact in claimed:
        facts: dict[str, object] = {"employee": agent, "offer": str(offer)}
        record(item, contact, "work.offered", at=at, viewer_name=DISPATCHER, data=facts)
        tell_agent(agent, "offer")
    tell_contacts(contact for *_, contact in claimed)
    return len(claimed)


def live_offer(item_id: UUID) -> Offer | None:
    """The offer an item is held out by now."""
    return Offer.objects.filter(item=item_id, result="").first()


def end_offer(offer: Offer, result: OfferResult, at: datetime, reason: str = "") -> None:
    """The offer is over; the item must be locked."""
    offer.result, offer.ended_at, offer.reason = result, at, reason
    offer.save(update_fields=["result", "ended_at", "reason"])


def accept_offer(item: WorkItem, at: datetime) -> bool:
    """The agent took what was held out; the item must be locked. False when it is held out no more."""
    live = Offer.objects.filter(item=item.id, agent=item.agent_id, result="")
    return live.update(result=OfferResult.ACCEPTED, ended_at=at, waited=waited(item, at)) == 1


def waited(item: WorkItem, at: datetime) -> int:
    """The seconds an item has waited so far, as service targets count them."""
    return max(0, int((at - item.waiting_since).total_seconds()))


def back_to_waiting(item: WorkItem) -> None:
    """The item waits again, with its clock; saves."""
    item.state, item.agent_id = ItemState.WAITING, None
    item.version += 1
    item.save()
    ring()


def rest(item: WorkItem, employee_id: int, seconds: float, at: datetime) -> None:
    """The item is not offered to this employee for a while; old rests are dropped."""
    kept = {who: until for who, until in item.resting.items() if datetime.fromisoformat(until) > at}
    item.resting = {**kept, str(employee_id): (at + timedelta(seconds=seconds)).isoformat()}


def expire_offers(at: datetime) -> int:
    """Offers nobody answered go back: the item rests a little, the agent is unreachable after too many."""
    due = Offer.objects.filter(result="", expires_at__lte=at).values_list("id", "item_id")
    return sum(_expire(offer, item, at) for offer, item in list(due))


@transaction.atomic
def _expire(offer_id: UUID, item_id: UUID, at: datetime) -> bool:
    item = WorkItem.objects.select_for_update(skip_locked=True).filter(id=item_id, state=ItemState.OFFERED).first()
    offer = Offer.objects.filter(id=offer_id, result="").first()
    if item is None or offer is None:
        return False
    _failed(item, offer, at)
    state = lock_agent(offer.agent_id, at)
    state.misses += 1
    if state.mode in ON_DUTY and state.misses >= figures(at).misses:
        change_mode(state, AgentMode.UNREACHABLE, at, reason=MISSED, viewer_name=DISPATCHER)
    else:
        follow_work(state, at)
    return True


def _failed(item: WorkItem, offer: Offer, at: datetime) -> None:
    holds = figures(at)
    end_offer(offer, OfferResult.EXPIRED, at)
    item.failed += 1
    item.not_before = at + policy.back_off(item.failed, holds)
    rest(item, offer.agent_id, holds.expired_rest, at)
    back_to_waiting(item)
    note(item, "work.expired", at=at, viewer_name=DISPATCHER, employee=offer.agent_id, offer=str(offer.id))


@transaction.atomic
def withdraw(employee_id: int, at: datetime, *, viewer_name: str) -> None:
    """Take back what is held out to an agent who leaves; the item goes to others at once."""
    offer = Offer.objects.filter(agent=employee_id, result="").first()
    if offer is None:
        return
    item = WorkItem.objects.select_for_update().get(id=offer.item_id)
    offer.refresh_from_db()
    if offer.result == "" and item.state == ItemState.OFFERED:
        end_offer(offer, OfferResult.WITHDRAWN, at)
        back_to_waiting(item)
        note(item, "work.withdrawn", at=at, viewer_name=viewer_name, employee=employee_id, offer=str(offer.id))


def find_away(at: datetime) -> int:
    """Agents not seen for a while are unreachable: their offer goes back, their work in hand stays and is listed."""
    silent = at - timedelta(seconds=figures(at).unseen)
    ids = AgentState.objects.filter(mode__in=ON_DUTY, seen_at__lt=silent).values_list("pk", flat=True)
    return sum(_away(employee, silent, at) for employee in list(ids)) + _free_offers(at)


def _free_offers(at: datetime) -> int:
    """What was held out to somebody in the moment they left goes to others, too."""
    away = AgentState.objects.exclude(mode__in=ON_DUTY).values("pk")
    ids = list(Offer.objects.filter(result="", agent__in=away).values_list("agent_id", flat=True))
    for employee in ids:
        withdraw(employee, at, viewer_name=DISPATCHER)
    return len(ids)


@transaction.atomic
def _away(employee_id: int, silent: datetime, at: datetime) -> bool:
    withdraw(employee_id, at, viewer_name=DISPATCHER)
    state = lock_agent(employee_id, at)
    if state.mode not in ON_DUTY or state.seen_at >= silent:
        follow_work(state, at)  # came back meanwhile
        return False
    change_mode(state, AgentMode.UNREACHABLE, at, reason=UNSEEN, viewer_name=DISPATCHER)
    return True


def wake_parked(at: datetime) -> int:
    """Items put aside until now wait again, first for the one who put them aside."""
    due = WorkItem.objects.filter(state=ItemState.PARKED, parked_until__lte=at).values_list("id", flat=True)
    return sum(_wake(item, at) for item in list(due))


@transaction.atomic
def _wake(item_id: UUID, at: datetime) -> bool:
    due = WorkItem.objects.filter(id=item_id, state=ItemState.PARKED, parked_until__lte=at)
    item = due.select_for_update(skip_locked=True).first()
    if item is None:
        return False
    item.waiting_since = item.not_before = at
    item.parked_until = None
    back_to_waiting(item)
    note(item, "work.waiting", at=at, viewer_name=DISPATCHER)
    return True
