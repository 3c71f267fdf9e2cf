"""Items that wait for somebody who does not exist: nobody in the house is able, whoever comes to work."""

from collections.abc import Sequence
from datetime import datetime

from indgang.core.routing import policy
from indgang.core.routing.models import WorkItem
from indgang.core.routing.pool import everybody, waiting
from indgang.core.routing.reasons import hindered
from indgang.core.routing.rows import item_rows
from indgang.core.routing.values import StuckItem

# How near the nearest employee came, farthest first.
_NEAREST = ("excluded", "named", "unit", "competence", "relief", "point", "level", "language")
_NOBODY = "competence"


def stuck(at: datetime) -> list[StuckItem]:
    """The items nobody is able to take, with the reason; a leader hands them on or gives somebody the competence."""
    staff = everybody(at)
    known: dict[tuple[object, ...], str] = {}
    reasons = {}
    for item in waiting(at):
        needs = _needs(item)
        if needs not in known:
            known[needs] = why_nobody(item, staff)
        if known[needs]:
            reasons[item.id] = known[needs]
    rows = item_rows(WorkItem.objects.filter(id__in=reasons).order_by("due_at", "id"), at) if reasons else []
    return [StuckItem(row, reasons[row.id], hindered(reasons[row.id])) for row in rows]


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
    return (*needs, item.unit, item.employee, item.substitutes, item.excluded)
