"""Builders for tests: items that wait without a contact, agents at work."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from indgang.core.routing import keeping, services
from indgang.core.routing.models import AgentState, Offer, ServicePoint, ServiceTarget, WorkItem
from indgang.core.routing.telling import ring
from indgang.core.routing.values import OfferResult
from indgang.foundation.access.values import system
from indgang.foundation.runtime.services import uuid7

_number = itertools.count(1)


def make_item(
    group: str = "moving", *, at: datetime, medium: str = "mail", due_minutes: float = 60, **facts: object
) -> WorkItem:
    """A waiting item of no contact."""
    key = uuid7(at)
    row = {
        "id": key,
        "subject": f"test.subject:{key}",
        "group": group,
        "medium": medium,
        "interruptible": medium not in {"phone", "counter", "chat"},
        "created_at": at,
        "waiting_since": at,
        "not_before": at,
        "due_at": at + timedelta(minutes=due_minutes),
        **facts,
    }
    item = WorkItem.objects.create(**row)
    ring()
    return item


def make_available(employee_id: int, at: datetime) -> AgentState:
    """The employee sits at the desk and is ready for work."""
    return services.set_state(employee_id=employee_id, mode="available", at=at, viewer=system("test"))


def make_point(code: str, *, groups: Sequence[str] = (), media: Sequence[str] = ()) -> ServicePoint:
    """A service point; without groups or media it takes all of them."""
    keeping.forget()
    name = code.capitalize()
    return ServicePoint.objects.create(code=code, name=name, name_en=name, groups=list(groups), media=list(media))


def item_row(item_id: UUID) -> WorkItem:
    """The item as it stands now."""
    return WorkItem.objects.get(id=item_id)


def item_of(contact_id: UUID) -> WorkItem:
    """The newest work item of a contact."""
    return WorkItem.objects.filter(contact=contact_id).latest("created_at")


def agent_row(employee_id: int) -> AgentState:
    """The agent's state as it stands now."""
    return AgentState.objects.get(pk=employee_id)


def offers_of(item_id: UUID) -> list[Offer]:
    """The offers of an item, oldest first."""
    return list(Offer.objects.filter(item=item_id).order_by("at", "id"))


def make_taken(
    employee_id: int,
    *,
    at: datetime,
    waited: int,
    item: WorkItem | None = None,
    medium: str = "phone",
    group: str = "moving",
) -> Offer:
    """Work that began to wait at that moment and was taken by this employee after so many seconds."""
    ended = at + timedelta(seconds=waited)
    return Offer.objects.create(
        id=uuid7(at),
        item=item or make_item(group, at=at, medium=medium),
        agent_id=employee_id,
        at=at,
        expires_at=ended,
        ended_at=ended,
        result=OfferResult.ACCEPTED,
        waited=waited,
        explanation={},
    )


def make_target(medium: str, *, seconds: int | None, share: float = 0.8, day: date = date(2020, 1, 1)) -> ServiceTarget:
    """What is promised for a medium from a day on."""
    keeping.forget()
    return ServiceTarget.objects.create(medium=medium, seconds=seconds, share=share, valid_from=day)
