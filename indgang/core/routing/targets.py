"""What is promised for which work, and how today has gone against it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Q

from indgang.core.routing.keeping import Kept
from indgang.core.routing.models import ServiceTarget
from indgang.core.routing.values import GoalRow, TargetRow
from indgang.foundation.runtime import clock

TODAY = (Path(__file__).parent / "sql" / "today.sql").read_text()


@dataclass
class Met:
    """Work counted against its target."""

    counted: int = 0
    met: int = 0
    promised: float = 0.0  # the sum of the shares promised for it

    @property
    def share(self) -> float | None:
        """The part within target; None while nothing can be counted."""
        return self.met / self.counted if self.counted else None

    @property
    def target(self) -> float | None:
        """The share promised for all of it together."""
        return self.promised / self.counted if self.counted else None


class Targets:
    """The targets in force; a task's own goes before its group's, the group's before everybody's."""

    def __init__(self, at: datetime) -> None:
        self._rows = {(row.task, row.group, row.medium): row for row in in_force(at)}

    def of(self, task: str, group: str, medium: str) -> TargetRow | None:
        """What is promised for such work."""
        keys = ((task, group, medium), (task, "", medium), ("", group, medium), ("", "", medium))
        return next((self._rows[key] for key in keys if key in self._rows), None)


def promised(task: str, group: str, medium: str, at: datetime) -> TargetRow | None:
    """The target of such work now; costs no statement most of the time."""
    return _KEPT.at(at).of(task, group, medium)


def in_force(at: datetime) -> list[TargetRow]:
    """The targets of that day."""
    day = clock.local(at).date()
    rows = ServiceTarget.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    return [target_row(row) for row in rows.order_by("medium", "group", "task", "valid_from")]


def target_row(row: ServiceTarget) -> TargetRow:
    """A target as it is shown."""
    return TargetRow(
        row.pk, row.group, row.task, row.medium, row.seconds, row.share, row.valid_from, row.valid_to, row.version
    )


def today(at: datetime) -> dict[str, Met]:
    """Per group: what was taken (with seconds promised) or finished (by its due time) today, and how much in time.
    What still waits past its time counts as missed."""
    start = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    found = defaultdict[str, Met](Met)
    for group, _, share, counted, met in _counted(start, at):
        found[group].counted += counted
        found[group].met += met
        found[group].promised += share * counted
    return found


def goals(at: datetime, days: Sequence[int]) -> list[GoalRow]:
    """Per group and medium with something to count: the share promised today, and what was counted and met in each of
    these spans (1: today, 7: today and the six days before)."""
    found: dict[tuple[str, str, float], list[tuple[int, int]]] = {}
    midnight = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    for place, span in enumerate(days):
        for group, medium, share, counted, met in _counted(midnight - timedelta(days=span - 1), at):
            spans = found.setdefault((group, medium, share), [(0, 0)] * len(days))
            spans[place] = (counted, met)
    rows = [GoalRow(group, medium, share, tuple(spans)) for (group, medium, share), spans in found.items()]
    return sorted(rows, key=lambda row: (row.group, row.medium, row.share))


def _counted(start: datetime, at: datetime) -> list[tuple[str, str, float, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(TODAY, {"start": start, "at": at, "day": clock.local(at).date()})
        rows: list[tuple[str, str, float, int, int]] = cursor.fetchall()
    return rows


_KEPT = Kept(Targets)
