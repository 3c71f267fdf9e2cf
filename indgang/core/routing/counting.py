"""Thousands that wait are a few hundred needs: counted in SQL, decided by the policy once for each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from indgang.core.routing.deciding import with_owner
from indgang.core.routing.facts import Item
from indgang.core.routing.models import WorkItem
from indgang.core.routing.values import ItemState

KEY = ("group", "task", "level", "language", "medium", "interruptible", "unit_id")
_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Heap:
    """So many items with the same needs."""

    item: Item  # one that stands for all of them
    number: int
    key: Mapping[str, Any]


def heaps(at: datetime, groups: Collection[str] | None = None) -> list[Heap]:
    """All that waits, is given to nobody by name and closed to nobody, by what it needs."""
    rows = _waiting().filter(employee=None, excluded=[])
    if groups is not None:
        rows = rows.filter(group__in=list(groups))
    return _owned((_heap(row, at) for row in rows.values(*KEY).annotate(number=Count("id")).order_by()), at)


def _owned(found: Iterable[Heap], at: datetime) -> list[Heap]:
    heaps = list(found)
    items = with_owner((heap.item for heap in heaps), at)
    return [replace(heap, item=item) for heap, item in zip(heaps, items, strict=True)]


def _waiting() -> Any:
    return WorkItem.objects.filter(state=ItemState.WAITING)


def _heap(row: Mapping[str, Any], since: datetime) -> Heap:
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
    )
    return Heap(item, row["number"], key)
