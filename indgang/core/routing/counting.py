"""Thousands that wait are a few hundred needs: counted in SQL, decided by the policy once for each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q

from indgang.core.routing import policy
from indgang.core.routing.deciding import with_owner
from indgang.core.routing.facts import Agent, Item, Settings
from indgang.core.routing.models import WorkItem
from indgang.core.routing.pool import read_apart
from indgang.core.routing.rules import figures
from indgang.core.routing.values import ItemState

KEY = ("group", "task", "level", "language", "medium", "interruptible", "unit_id")
_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Heap:
    """So many items with the same needs."""

    item: Item  # one that stands for all of them
    number: int
    key: Mapping[str, Any]


def number_for(employee_id: int, at: datetime) -> int:
    """How many items this employee could take by hand now."""
    holds = figures(at)
    pool = read_apart(employee_id, at)
    number = 0
    for agent in pool.agents:
        number += sum(policy.may_take(agent, item, at, holds) for item in pool.items)
        same = _for_everybody(agent, at, holds)
        number += sum(heap.number for heap in same if policy.may_take(agent, heap.item, at, holds))
    return number


def heaps(at: datetime, groups: Collection[str] | None = None) -> list[Heap]:
    """All that waits, is given to nobody by name and closed to nobody, by what it needs."""
    rows = _waiting().filter(employee=None, excluded=[])
    if groups is not None:
        rows = rows.filter(group__in=list(groups))
    return _owned((_heap(row, at) for row in rows.values(*KEY).annotate(number=Count("id")).order_by()), at)


def _for_everybody(agent: Agent, at: datetime, holds: Settings) -> list[Heap]:
    """What waits for the agent's competences and says nothing of this agent. What a colleague is asked about first is
    a heap of its own: its newest item stands for all, as all of them are within the grace or none is."""
    rows = _waiting().filter(group__in=list(agent.competences), not_before__lte=at, employee=None)
    rows = rows.exclude(preferred=agent.id).exclude(resting__has_key=str(agent.id))
    rows = rows.exclude(excluded__contains=[agent.id])
    kept = Q(preferred__isnull=False) & (_since(at, holds.written_grace, True) | _since(at, holds.live_grace, False))
    rows = rows.annotate(kept=ExpressionWrapper(kept, output_field=BooleanField()))
    counted = rows.values(*KEY, "kept").annotate(
        number=Count("id"), newest=Max("waiting_since"), known=Max("preferred_id")
    )
    found = (_heap(row, row["newest"], row["known"] if row["kept"] else None) for row in counted.order_by())
    return _owned(found, at)


def _owned(found: Iterable[Heap], at: datetime) -> list[Heap]:
    heaps = list(found)
    items = with_owner((heap.item for heap in heaps), at)
    return [replace(heap, item=item) for heap, item in zip(heaps, items, strict=True)]


def _since(at: datetime, grace: float, interruptible: bool) -> Q:
    return Q(interruptible=interruptible, waiting_since__gt=at - timedelta(seconds=grace))


def _waiting() -> Any:
    return WorkItem.objects.filter(state=ItemState.WAITING)


def _heap(row: Mapping[str, Any], since: datetime, preferred: int | None = None) -> Heap:
    key = {name: row[name] for name in KEY}
    item = Item(
        id=_NOBODY,
        group=row["group"],
        level=row["level"],
        language=row["language"],
        medium=row["medium"],
        interruptible=row["interruptible"],
        waiting_since=since,
        due_at=since,
        not_before=since,
        task=row["task"],
        unit=row["unit_id"],
        preferred=preferred,
    )
    return Heap(item, row["number"], key)
