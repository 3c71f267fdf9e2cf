"""What is promised for which work, and how today has gone against it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from indgang.core.routing.keeping import Kept
from indgang.core.routing.models import Offer, ServiceTarget, WorkItem
from indgang.core.routing.values import ItemState, OfferResult, TargetRow
from indgang.foundation.runtime import clock


@dataclass
class Met:
    """Work counted against its target."""

    counted: int = 0
    met: int = 0
    promised: list[float] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """The part within target; None while nothing can be counted."""
        return self.met / self.counted if self.counted else None


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
    targets, counted = Targets(at), defaultdict[str, Met](Met)
    for group, task, medium, waited in _taken(start, at):
        target = targets.of(task, group, medium)
        if target is not None and target.seconds is not None:
            _count(counted[group], target, waited <= target.seconds)
    for group, task, medium, in_time in _finished(start, at):
        target = targets.of(task, group, medium)
        if target is not None and target.seconds is None:
            _count(counted[group], target, in_time)
    for group, task, medium, since, due in _waiting():
        target = targets.of(task, group, medium)
        if target is not None and _is_late(target, since, due, at):
            _count(counted[group], target, False)
    return counted


def _count(met: Met, target: TargetRow, in_time: bool) -> None:
    met.counted += 1
    met.met += in_time
    met.promised.append(target.share)


def _is_late(target: TargetRow, since: datetime, due: datetime, at: datetime) -> bool:
    return due < at if target.seconds is None else (at - since).total_seconds() > target.seconds


def _taken(start: datetime, at: datetime) -> Iterable[tuple[str, str, str, int]]:
    rows = Offer.objects.filter(result=OfferResult.ACCEPTED, ended_at__gte=start, ended_at__lte=at)
    for group, task, medium, waited in rows.values_list("item__group", "item__task", "item__medium", "waited"):
        if waited is not None:  # of before it was counted
            yield group, task, medium, waited


def _finished(start: datetime, at: datetime) -> Iterable[tuple[str, str, str, bool]]:
    rows = WorkItem.objects.filter(state=ItemState.DONE, done_at__gte=start, done_at__lte=at)
    for group, task, medium, done, due in rows.values_list("group", "task", "medium", "done_at", "due_at"):
        yield group, task, medium, done is not None and done <= due


def _waiting() -> Iterable[tuple[str, str, str, datetime, datetime]]:
    rows = WorkItem.objects.filter(state=ItemState.WAITING)
    return rows.values_list("group", "task", "medium", "waiting_since", "due_at")


_KEPT = Kept(Targets)
