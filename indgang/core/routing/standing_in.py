"""While somebody is away their substitutes see what was theirs, and take over what cannot wait."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.deciding import owner_of
from indgang.core.routing.errors import OwnerDecides, TakenMeanwhile
from indgang.core.routing.facts import PRESENT
from indgang.core.routing.following_cases import WorkGoneError, begin
from indgang.core.routing.models import AgentState, Offer, WorkItem
from indgang.core.routing.offering import waited
from indgang.core.routing.rights import employee_of
from indgang.core.routing.rows import item_rows
from indgang.core.routing.staffing import follow_work, lock_agent
from indgang.core.routing.telling import note, tell_agent, tell_floor
from indgang.core.routing.values import AgentMode, ItemRow, ItemState, OfferResult
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import uuid7

MOST = 200
SUBSTITUTE = "taken_over"


def work_instead(viewer: Viewer, at: datetime) -> list[ItemRow]:
    """What is in the hands of, put aside by or given to the people this employee stands in for today and who are not
    at work; the first due first. It is read in two statements where there is nobody."""
    absent = _absent(employee_of(viewer), at)
    if not absent:
        return []
    found = list(WorkItem.objects.filter(_theirs(absent)).order_by("due_at", "id")[:MOST])
    names = organisation.names(absent)
    rows = item_rows(found, at)
    whose = [_whose(item, absent) for item in found]
    return [
        replace(row, instead_of=one, instead_of_name=names.get(one or 0, ""))
        for row, one in zip(rows, whose, strict=True)
    ]


@transaction.atomic
def take_over(*, item_id: UUID, viewer: Viewer, at: datetime) -> WorkItem:
    """What was with somebody I stand in for is in my hands, with everything said and its clock.

    Raises NotFound for whom I do not stand in for, TakenMeanwhile when it is with somebody else now, OwnerDecides.
    """
    me = employee_of(viewer)
    absent = _absent(me, at)
    item = WorkItem.objects.filter(_theirs(absent), id=item_id).first() if absent else None
    if item is None:
        raise NotFound
    card = organisation.employee(me)
    owner = owner_of(item.task, item.level, at)
    if card is None or owner not in {None, card.employer}:
        raise OwnerDecides(name=card.name if card else "")
    try:
        begin(item.contact, item.subject, me, viewer, at)
    except WorkGoneError:
        raise TakenMeanwhile from None
    item = WorkItem.objects.select_for_update().filter(_theirs(absent), id=item_id).first()
    if item is None:
        raise TakenMeanwhile
    before = _whose(item, absent)
    if item.state == ItemState.WAITING:
        _waited_for_me(item, me, at)
    item.state, item.agent_id, item.failed = ItemState.ACTIVE, me, 0
    item.employee_id = item.preferred_id = item.parked_until = None
    item.excluded = [who for who in item.excluded if who != me]
    item.version += 1
    item.save()
    note(item, "work.taken_over", at=at, viewer_name=viewer.name, employee=me, **{"from": before})
    for employee in sorted({me} | ({before} if before else set())):
        follow_work(lock_agent(employee, at), at)
        tell_agent(employee, "work")
    tell_floor()
    return item


def _absent(me: int, at: datetime) -> frozenset[int]:
    """Whom I stand in for and who is not at work; a pause is work."""
    named = {one for one, people in organisation.standing_in(at).items() if me in people}
    if not named:
        return frozenset()
    here = AgentState.objects.filter(pk__in=named, mode__in=[*PRESENT, AgentMode.PAUSE.value])
    return frozenset(named - set(here.values_list("pk", flat=True)))


def _theirs(absent: Collection[int]) -> Q:
    in_hand = Q(agent__in=absent, state=ItemState.ACTIVE) | Q(preferred__in=absent, state=ItemState.PARKED)
    return in_hand | Q(employee__in=absent, state=ItemState.WAITING)


def _whose(item: WorkItem, absent: Collection[int]) -> int | None:
    return next((one for one in (item.agent_id, item.employee_id, item.preferred_id) if one in absent), None)


def _waited_for_me(item: WorkItem, me: int, at: datetime) -> None:
    """Its wait ends now, and counts as any other."""
    Offer.objects.create(
        id=uuid7(at),
        item=item,
        agent_id=me,
        at=at,
        expires_at=at,
        ended_at=at,
        result=OfferResult.ACCEPTED,
        waited=waited(item, at),
        explanation={"step": SUBSTITUTE, "at": at.isoformat()},
    )
