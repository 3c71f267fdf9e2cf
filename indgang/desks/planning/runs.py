"""Doing what was asked: one piece of work at a time, with signs of life, stopped when cancelled, found when killed."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

import structlog
from django.db import connection
from django.db.models import F, QuerySet

from indgang.desks.planning import forecasts, rosters, scenarios, staffings, trials
from indgang.desks.planning.errors import Stopped, WorkStopped
from indgang.desks.planning.models import PlanRun
from indgang.desks.planning.refusals import kept
from indgang.desks.planning.values import Kind, RunRow, State
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

SILENT_AFTER = timedelta(seconds=45)  # without a sign of life: whoever worked on it is gone
MOST_ATTEMPTS = 3
_EVERY = 1.0  # second between signs of life
Progress = Callable[[float], None]
Plan = Callable[[dict[str, Any], Progress], dict[str, Any]]
PLANS: dict[str, Plan] = {
    Kind.FORECAST: forecasts.plan,
    Kind.STAFFING: staffings.plan,
    Kind.COMPARE: scenarios.plan,
    Kind.ROSTER: rosters.plan,
    Kind.TRIAL: trials.plan,
}
log = structlog.get_logger("indgang.planning")


def work() -> int:
    """Do everything that waits, oldest first; how many pieces were worked on."""
    give_back_silent(clock.now())
    done = 0
    while (row := _claim(clock.now())) is not None:
        _do(row)
        done += 1
    return done


def give_back_silent(at: datetime) -> int:
    """Queue again what a killed process left in the middle; after some attempts it is told as a fault instead."""
    silent = PlanRun.objects.filter(state=State.RUNNING, heard_at__lt=at - SILENT_AFTER)
    ended = silent.filter(attempt__gte=MOST_ATTEMPTS).update(**_fault(WorkStopped(times=MOST_ATTEMPTS)), ended_at=at)
    return ended + silent.update(state=State.QUEUED, progress=0, version=F("version") + 1)


def is_silent(row: RunRow, at: datetime) -> bool:
    """Whether whoever worked on it is gone, and nobody has taken it up again yet."""
    return row.state == State.RUNNING and row.heard_at is not None and row.heard_at < at - SILENT_AFTER


def _claim(at: datetime) -> PlanRun | None:
    """The oldest that waits, taken by one conditional update: two workers never do the same."""
    for run_id in PlanRun.objects.filter(state=State.QUEUED).order_by("asked_at").values_list("id", flat=True):
        taken = PlanRun.objects.filter(id=run_id, state=State.QUEUED).update(
            state=State.RUNNING, attempt=F("attempt") + 1, begun_at=at, heard_at=at, version=F("version") + 1
        )
        if taken:
            return PlanRun.objects.get(id=run_id)
    return None


def _do(row: PlanRun) -> None:
    mine = PlanRun.objects.filter(id=row.id, state=State.RUNNING, attempt=row.attempt)
    try:
        with _Pulse(mine) as pulse:
            result = PLANS[row.kind](row.input, pulse.progress)
    except Stopped:
        log.info("plan stopped", plan=str(row.id))
    except DomainError as refusal:
        mine.update(**_fault(refusal), ended_at=clock.now())
    else:
        mine.update(state=State.DONE, progress=100, result=result, ended_at=clock.now(), version=F("version") + 1)


def _fault(refusal: DomainError) -> dict[str, Any]:
    return {"state": State.FAILED, **kept(refusal), "version": F("version") + 1}


class _Pulse:
    """Signs of life beside the work, which may sit in a solver for a minute; it ends when the row is no longer ours."""

    def __init__(self, mine: "QuerySet[PlanRun]") -> None:
        self._mine = mine
        self._share = 0.0
        self._lost = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="plan-pulse", daemon=True)

    def progress(self, share: float) -> None:
        """How far the work is. Raises Stopped when nobody wants it any more."""
        self._share = share
        if self._lost.is_set():
            raise Stopped

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(_EVERY) and not self._lost.is_set():
                percent = max(0, min(99, int(100 * self._share)))
                if not self._mine.update(progress=percent, heard_at=clock.now()):
                    self._lost.set()
        finally:
            connection.close()
