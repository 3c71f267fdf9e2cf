"""What a simulation counts."""

import math
from array import array
from collections import defaultdict
from dataclasses import replace
from statistics import fmean, stdev

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from indgang.core.routing.simulation_floor import Floor, Kind, Line, Waiting, Worker
from indgang.core.routing.simulation_values import (
    HALVES_OF_WEEK,
    HOURS_OF_WEEK,
    CrewResult,
    HalfHour,
    HourWait,
    Result,
    StreamResult,
    TraceLine,
)

FIGURES = ("p_wait", "mean_wait", "p95_wait", "service_level", "abandoned")
SAME = 1e-9  # seconds: answered at once
Numbers = NDArray[np.float64]


class Tally:
    """Counts of one run; waits are kept as doubles, eight bytes an inquiry."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        count = len(floor.lines)
        self.arrived = [0] * count
        self.called_back = [0] * count
        self._in_time = [0] * count
        self._at_once = [0] * count
        self._waits = [array("d") for _ in range(count)]
        self._came = [array("d") for _ in range(count)]  # when each of them came
        self._lost = [array("d") for _ in range(count)]  # the waits of those who gave up
        self._lost_came = [array("d") for _ in range(count)]
        self._within = [line.stream.within for line in floor.lines]

    def answer(self, item: Waiting, now: float, kind: Kind) -> None:
        """An inquiry is answered."""
        index, waited = item.line.index, now - item.arrived
        self._waits[index].append(waited)
        self._came[index].append(item.arrived)
        if waited <= SAME:
            self._at_once[index] += 1
        if waited <= self._within[index]:
            self._in_time[index] += 1
        kind.answered += 1

    def abandon(self, item: Waiting, now: float) -> None:
        """Somebody gave up."""
        self._lost[item.line.index].append(now - item.arrived)
        self._lost_came[item.line.index].append(item.arrived)

    def idle(self, worker: Worker, now: float) -> None:
        """Nothing is left in the worker's hands."""
        if worker.busy_since >= 0:
            worker.crew.busy_seconds += now - worker.busy_since
            worker.busy_since = -1.0

    def come(self, worker: Worker, now: float) -> None:
        """Somebody begins to work."""
        worker.crew.staffed_seconds -= now

    def go(self, worker: Worker, now: float) -> None:
        """Somebody stops; a call still going on counts as work until now, the rest is overtime outside the figures."""
        worker.crew.staffed_seconds += now
        self.idle(worker, now)

    def result(self, now: float, trace: tuple[TraceLine, ...]) -> Result:
        """The figures at the end."""
        for kind in self._floor.kinds:
            for worker in kind.workers:
                if worker.on_duty:
                    self.go(worker, now)
        streams = tuple(self._stream(index) for index in range(len(self.arrived)))
        crews = tuple(
            CrewResult(
                kind.crew.name,
                kind.busy_seconds / kind.staffed_seconds if kind.staffed_seconds else 0.0,
                kind.answered,
                kind.staffed_seconds / 3600,
            )
            for kind in self._floor.kinds
        )
        return Result(streams, crews, sum(self.arrived), 0.0, trace=trace)

    def _stream(self, index: int) -> StreamResult:
        line = self._floor.lines[index]
        waits = _numbers(self._waits[index], self._lost[index])
        came = _numbers(self._came[index], self._lost_came[index])
        settled, abandoned = len(waits), len(self._lost[index])
        return StreamResult(
            name=line.stream.name,
            arrived=self.arrived[index],
            answered=settled - abandoned,
            abandoned=abandoned,
            called_back=self.called_back[index],
            left_waiting=self.arrived[index] - settled,
            p_wait=1 - self._at_once[index] / settled if settled else 0.0,
            mean_wait=float(waits.mean()) if settled else 0.0,
            p95_wait=float(np.quantile(waits, 0.95)) if settled else 0.0,
            service_level=self._in_time[index] / settled if settled else 0.0,
            never=line.never,
            by_hour=_by_hour(came, waits),
            by_half_hour=_by_half_hour(came, waits, abandoned, self._within[index], _left(line)),
        )


def _numbers(answered: "array[float]", lost: "array[float]") -> Numbers:
    """Those of all who were answered, then of all who gave up."""
    return np.concatenate([np.frombuffer(one) if one else np.zeros(0) for one in (answered, lost)])


def _left(line: Line) -> Numbers:
    """When those came who still wait."""
    return np.array([item.arrived for item in line.queue if not item.gone], dtype=np.float64)


def _by_half_hour(came: Numbers, waits: Numbers, abandoned: int, within: float, left: Numbers) -> tuple[HalfHour, ...]:
    """What became of those who came in each half-hour of the week; the last `abandoned` of them gave up."""
    slots = (came // 1800 % HALVES_OF_WEEK).astype(int)
    gave_up = np.arange(len(waits)) >= len(waits) - abandoned
    in_time = ~gave_up & (waits <= within)
    still = np.bincount((left // 1800 % HALVES_OF_WEEK).astype(int), minlength=HALVES_OF_WEEK)
    counts = np.bincount(slots, minlength=HALVES_OF_WEEK)
    some = np.maximum(counts, 1)
    sums, lost, met = (np.bincount(slots, weights=one, minlength=HALVES_OF_WEEK) for one in (waits, gave_up, in_time))
    return tuple(
        HalfHour(
            int(slot), int(counts[slot]), int(met[slot]), int(lost[slot]),
            float(sums[slot] / some[slot]), float(met[slot] / some[slot]), int(still[slot]),
        )
        for slot in (counts + still).nonzero()[0]
    )  # fmt: skip


def _by_hour(came: Numbers, waits: Numbers) -> tuple[HourWait, ...]:
    """The waits by the hour of the week somebody came in, the first day's first hour being the first."""
    if not len(came):
        return ()
    hours = (came // 3600 % HOURS_OF_WEEK).astype(int)
    counts, sums = np.bincount(hours), np.bincount(hours, weights=waits)
    return tuple(
        HourWait(int(hour), int(counts[hour]), float(sums[hour] / counts[hour])) for hour in counts.nonzero()[0]
    )


def _hours_together(streams: tuple[StreamResult, ...]) -> tuple[HourWait, ...]:
    counts: dict[int, int] = defaultdict(int)
    sums: dict[int, float] = defaultdict(float)
    for row in (one for stream in streams for one in stream.by_hour):
        counts[row.hour] += row.count
        sums[row.hour] += row.count * row.mean_wait
    return tuple(HourWait(hour, counts[hour], sums[hour] / counts[hour]) for hour in sorted(counts))


def _halves_together(streams: tuple[StreamResult, ...], quantile: float) -> tuple[HalfHour, ...]:
    """All runs as one; the width of a share follows the residuals of the runs (the ratio estimator)."""
    rows: dict[int, list[HalfHour]] = defaultdict(list)
    for row in (one for stream in streams for one in stream.by_half_hour):
        rows[row.slot].append(row)
    return tuple(_one_half(rows[slot], len(streams), quantile) for slot in sorted(rows))


def _one_half(rows: list[HalfHour], runs: int, quantile: float) -> HalfHour:
    count, in_time = sum(row.count for row in rows), sum(row.in_time for row in rows)
    some, left = max(count, 1), sum(row.left_waiting for row in rows)
    share = in_time / some
    residuals = sum((row.in_time - share * row.count) ** 2 for row in rows)
    wait = sum(row.count * row.mean_wait for row in rows) / some
    half_width = quantile * math.sqrt(residuals / (runs - 1)) / (some / runs)
    return HalfHour(rows[0].slot, count, in_time, sum(row.abandoned for row in rows), wait, share, left, half_width)


def together(runs: list[Result]) -> Result:
    """The means of several runs, and half the width of their 95 % confidence intervals (Student)."""
    if len(runs) == 1:
        return runs[0]
    quantile = float(stats.t.ppf(0.975, len(runs) - 1)) / math.sqrt(len(runs))
    streams, widths = [], {}
    for same in zip(*(run.streams for run in runs), strict=True):
        columns = {figure: [float(getattr(one, figure)) for one in same] for figure in FIGURES}
        widths[same[0].name] = {figure: quantile * stdev(values) for figure, values in columns.items()}
        whole = {name: round(fmean(getattr(one, name) for one in same)) for name in _WHOLE}
        means = {figure: fmean(values) for figure, values in columns.items() if figure not in whole}
        halves = _halves_together(same, quantile)
        streams.append(replace(same[0], **whole, **means, by_hour=_hours_together(same), by_half_hour=halves))
    crews = tuple(
        replace(
            same[0],
            occupancy=fmean(c.occupancy for c in same),
            answered=round(fmean(c.answered for c in same)),
            staffed_hours=fmean(c.staffed_hours for c in same),
        )
        for same in zip(*(run.crews for run in runs), strict=True)
    )
    return Result(
        tuple(streams),
        crews,
        sum(r.contacts for r in runs),
        sum(r.seconds for r in runs),
        len(runs),
        widths,
        runs[0].trace,
    )


_WHOLE = ("arrived", "answered", "abandoned", "called_back", "left_waiting")
