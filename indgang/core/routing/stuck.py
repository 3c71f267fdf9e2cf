"""Items that wait for somebody who does not exist: nobody in the house is able, whoever comes to work."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from indgang.core.routing import policy
from indgang.core.routing.counting import KEY, heaps
from indgang.core.routing.models import WorkItem
from indgang.core.routing.pool import everybody, waiting
from indgang.core.routing.reasons import hindered
from indgang.core.routing.rows import item_rows
from indgang.core.routing.values import ItemState, StuckItem

# How near the nearest employee came, farthest first.
_NEAREST = ("excluded", "named", "unit", "competence", "relief", "point", "level", "owner", "language")
_NOBODY = "competence"
MOST = 200  # shown at once


def stuck(at: datetime, groups: Collection[str] | None = None) -> list[StuckItem]:
    """The items nobody is able to take, with the reason, the first due first (of these groups only, if given); a
    leader hands them on or gives somebody the competence. No more than a page can show."""
    reasons, same, _ = _nobody(at, groups)
    if not reasons and not same:
        return []
    wanted = Q(id__in=reasons)
    for key in same:
        wanted |= Q(**dict(zip(KEY, key, strict=True)), employee=None, excluded=[])
    found = WorkItem.objects.filter(wanted, state=ItemState.WAITING).order_by("due_at", "id")[:MOST]
    why = [reasons.get(item.id) or same[tuple(getattr(item, name) for name in KEY)] for item in found]
    rows = item_rows(found, at)
    return [StuckItem(row, reason, hindered(reason)) for row, reason in zip(rows, why, strict=True)]


def count_stuck(at: datetime) -> int:
    """How many they are."""
    return _nobody(at, None)[2]


def _nobody(at: datetime, groups: Collection[str] | None) -> tuple[dict[UUID, str], dict[tuple[object, ...], str], int]:
    """Why nobody is able: for items of their own by id, for all others by what they need; and how many there are."""
    staff = _Staff(everybody(at))
    own = {item.id: staff.why_nobody(item) for item in waiting(Q(employee__isnull=False) | ~Q(excluded=[]), groups, at)}
    own = {key: reason for key, reason in own.items() if reason}
    same, number = {}, len(own)
    for heap in heaps(at, groups):
        reason = staff.why_nobody(heap.item)
        if reason:
            same[tuple(heap.key[name] for name in KEY)] = reason
            number += heap.number
    return own, same, number


class _Staff:
    """Everybody in the house; remembers who knows what."""

    def __init__(self, everyone: Sequence[policy.Agent]) -> None:
        self._everyone = everyone
        self._known: dict[tuple[object, ...], str] = {}
        self._by_group: dict[str, list[policy.Agent]] = defaultdict(list)
        for agent in everyone:
            for group in agent.competences:
                self._by_group[group].append(agent)

    def why_nobody(self, item: policy.Item) -> str:
        """The reason nobody is able; empty when somebody is."""
        needs = _needs(item)
        if needs not in self._known:
            likely = self._by_group[item.group] if item.employee is None else ()
            able = any(policy.able(item, agent) for agent in likely)
            self._known[needs] = "" if able else why_nobody(item, self._everyone)
        return self._known[needs]


def why_nobody(item: policy.Item, staff: Sequence[policy.Agent]) -> str:
    """The reason nobody is able; empty when somebody is."""
    reasons = set()
    for agent in staff:
        reason = policy.hindrance(item, agent)
        if not reason:
            return ""
        reasons.add(reason)
    if item.employee is not None:
        return "named"
    return max(reasons, key=_NEAREST.index, default=_NOBODY)


def _needs(item: policy.Item) -> tuple[object, ...]:
    """What decides who is able: the same for most items of a queue."""
    needs = (item.group, item.task, item.level, item.language, item.medium)
    return (*needs, item.unit, item.employee, item.substitutes, item.excluded, item.owner)
