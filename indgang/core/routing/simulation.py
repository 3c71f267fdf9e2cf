"""A virtual clock over the production policy: inquiries come, wait, give up or are answered. Pure; in prose:
docs/algorithms/simulation.md.

Events of one instant are taken in the order they were planned. After each event that can change who gets what, passes
of the policy are made, as the dispatcher does; offers are accepted at once.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush

import numpy as np

from indgang.core.routing.facts import Settings
from indgang.core.routing.simulation_floor import CHATS, LIVE, Floor, Kind, Line, Waiting, Worker
from indgang.core.routing.simulation_tally import Tally
from indgang.core.routing.simulation_values import (
    HALVES_OF_DAY,
    HALVES_OF_WEEK,
    HOURS_OF_DAY,
    Crew,
    Draw,
    Progress,
    Result,
    Stream,
    TraceLine,
)

DAY, HOUR = 86_400.0, 3_600.0
_BLOCK = 4096  # times drawn at once

Watcher = Callable[["Simulation", float], Callable[[list[tuple[Waiting, Worker]]], None]]


class Simulation:
    """One run of some days."""

    def __init__(
        self,
        streams: Sequence[Stream],
        crews: Sequence[Crew],
        *,
        seed: int = 1,
        days: int = 1,
        first_weekday: int = 0,
        settings: Settings | None = None,
        follow: int | None = None,
        follow_from: float | None = None,
        watch: Watcher | None = None,
    ) -> None:
        self.floor = Floor(streams, crews, settings or Settings())
        self.days = days
        self.first_weekday = first_weekday
        self.now = 0.0
        self.tally = Tally(self.floor)
        self.trace: list[TraceLine] = []
        self._follow = follow  # the number of the contact to tell about
        self._follow_from = follow_from  # or: the first that comes so many seconds after the start
        self._watch = watch
        self._random = np.random.default_rng(seed)
        self._handling = [_Drawn(line.stream.handling, self._random) for line in self.floor.lines]
        self._patience = [
            None if line.stream.patience is None else _Drawn(line.stream.patience, self._random)
            for line in self.floor.lines
        ]
        self._events: list[tuple[float, int, Callable[..., None], object]] = []
        self._planned = 0
        self._number = 0
        self._again = False
        self._steps = [tuple(line.steps()) for line in self.floor.lines]

    def run(self, progress: Progress | None = None) -> Result:
        """Run all days, and on until nobody who can still be answered or gives up is left of the last one's work."""
        for day in range(self.days):
            self._plan_shifts(day)
            self._run_day(day)
            if progress:
                progress((day + 1) / self.days)
        self.now = self.days * DAY
        return self.tally.result(self.now, tuple(self.trace))

    def _run_day(self, day: int) -> None:
        times, numbers = self._arrivals(day)
        self._choose_followed(times)
        events, lines, end = self._events, self.floor.lines, (day + 1) * DAY
        arrive = self._arrive
        for at, number in zip(times, numbers, strict=True):
            while events and events[0][0] <= at:
                self._happen()
            self.now = at
            arrive(lines[number])
            if self._again:
                self._match()
        while events and events[0][0] < end:
            self._happen()

    def _choose_followed(self, times: Sequence[float]) -> None:
        """Inquiries are numbered as they come, so the first one after a time is known before it is there."""
        if self._follow is None and self._follow_from is not None:
            place = bisect_left(times, self._follow_from)
            if place < len(times):
                self._follow = self._number + 1 + place

    def _happen(self) -> None:
        self.now, _, happen, what = heappop(self._events)
        happen(what)
        if self._again:
            self._match()

    def _plan(self, after: float, happen: Callable[..., None], what: object) -> None:
        self._planned += 1
        heappush(self._events, (self.now + after, self._planned, happen, what))

    def _arrivals(self, day: int) -> tuple[list[float], list[int]]:
        """The arrivals of a day: Poisson with the rate of each hour or half-hour."""
        weekday = (self.first_weekday + day) % 7
        times, numbers = [], []
        for line in self.floor.lines:
            rates = line.stream.arrivals_per_hour
            parts = HALVES_OF_DAY if len(rates) in (HALVES_OF_DAY, HALVES_OF_WEEK) else HOURS_OF_DAY
            first = weekday * parts if len(rates) > parts else 0
            part = DAY / parts
            counts = self._random.poisson(np.asarray(rates[first : first + parts]) * (part / HOUR))
            starts = np.repeat(np.arange(parts) * part + day * DAY, counts)
            times.append(starts + self._random.random(len(starts)) * part)
            numbers.append(np.full(len(starts), line.index))
        together = np.concatenate(times) if times else np.empty(0)
        order = np.argsort(together, kind="stable")
        return together[order].tolist(), np.concatenate(numbers)[order].tolist() if numbers else []

    # what happens

    def _arrive(self, line: Line) -> None:
        self._number += 1
        item = Waiting(self._number, line, self.now, self._handling[line.index].next())
        self.tally.arrived[line.index] += 1
        alone = not line.head()
        line.queue.append(item)
        floor = self.floor
        floor.queued[line.group] += 1
        floor.waiting += 1
        self._tell(item, "arrived")
        if alone or line.relieved or self._watch:
            self._match(None if line.relieved else item)
            if item.started >= 0:
                return
        patience = self._patience[line.index]
        if patience is not None:
            self._plan(patience.next(), self._give_up, item)
        if line.stream.call_back_after is not None:
            self._plan(line.stream.call_back_after, self._offer_call_back, item)
        for step in self._steps[line.index]:
            self._plan(step, self._widen, item)

    def _give_up(self, item: Waiting) -> None:
        if item.started >= 0 or item.gone or item.called_back:
            return
        item.gone = True
        self._leave_queue(item)
        self.tally.abandon(item, self.now)
        self._tell(item, "gave up")

    def _offer_call_back(self, item: Waiting) -> None:
        if item.started >= 0 or item.gone:
            return
        if self._random.random() < item.line.stream.call_back_share:
            item.called_back = True
            self.tally.called_back[item.line.index] += 1
            self._tell(item, "takes a call back and keeps the place")

    def _widen(self, item: Waiting) -> None:
        """More agents may be asked from now on."""
        if item.started < 0 and not item.gone:
            self._again = True
            self._tell(item, "more agents are asked")

    def _leave_queue(self, item: Waiting) -> None:
        self.floor.queued[item.line.group] -= 1
        self.floor.waiting -= 1

    # who gets what

    def _match(self, only: Waiting | None = None) -> None:
        """Passes of the policy until one gives nothing to anybody. `only`: nothing changed but that this item came."""
        self._again = False
        while self.floor.waiting:
            told = self._watch(self, self.now) if self._watch else None
            given = self._pass([only] if only else None)
            if told:
                told(given)
            for _, worker in given:
                worker.held = False
                worker.crew.open_up(worker)
            if only or not given:
                return

    def _pass(self, heads: list[Waiting] | None) -> list[tuple[Waiting, Worker]]:
        """Every item, most urgent first, takes the best free agent its steps allow; an agent gets one in a pass.

        When the most urgent item of a stream gets nobody, the later ones of the stream get nobody either: they have the
        same needs and have waited less.
        """
        floor, now, given = self.floor, self.now, []
        if heads is None:
            floor.counted = dict(floor.queued)
            heads = [head for line in floor.lines if line.queue and (head := line.head())]
        urgent = [self._urgency(item) for item in heads]
        if len(urgent) > 1:
            heapify(urgent)
        while urgent:
            item = heappop(urgent)[-1]
            worker = floor.worker_for(item, now)
            if worker is None:
                continue
            item.line.queue.popleft()
            self._start(item, worker)
            given.append((item, worker))
            following = item.line.head()
            if following:
                heappush(urgent, self._urgency(following))
        return given

    def _urgency(self, item: Waiting) -> tuple[float, float, int, Waiting]:
        ahead = item.line.ahead * self.floor.settings.priority_seconds
        return item.due - ahead, item.arrived, item.number, item

    def _start(self, item: Waiting, worker: Worker) -> None:
        worker.stamp += 1  # out of every heap until the pass is over
        worker.held = True
        self._leave_queue(item)
        item.started = self.now
        self.tally.answer(item, self.now, worker.crew)
        self._tell(item, f"answered by {worker.crew.crew.name}")
        if worker.busy_since < 0:
            worker.busy_since = self.now
        if item.line.stream.like.unit is None:
            worker.helping += 1
            worker.crew.relieving += worker.helping == 1
        if item.line.manner == LIVE:
            self._interrupt(worker)
            worker.bound = True
            self._plan(item.work, self._end_live, (item, worker))
        elif item.line.manner == CHATS:
            self._interrupt(worker)
            worker.chats += 1
            self._plan(item.work, self._end_chat, (item, worker))
        else:
            worker.written.append(item)
            if len(worker.written) == 1:
                self._write_on(worker)

    def _interrupt(self, worker: Worker) -> None:
        """Written work lies while somebody is on the phone; what is left of it is kept."""
        if worker.writing:
            worker.writing = False
            worker.timer += 1
            item = worker.written[0]
            item.work -= self.now - item.started
            item.started = self.now

    def _write_on(self, worker: Worker) -> None:
        if worker.written and worker.on_duty:
            item = worker.written[0]
            item.started = self.now
            worker.writing = True
            worker.timer += 1
            if worker.busy_since < 0:
                worker.busy_since = self.now
            self._plan(max(item.work, 0.0), self._end_written, (item, worker, worker.timer))

    # what ends

    def _end_live(self, what: tuple[Waiting, Worker]) -> None:
        item, worker = what
        self._settle(item, worker)
        wrap_up = item.line.stream.wrap_up
        worker.idle_since = self.now
        if wrap_up > 0:
            worker.wrapping = True
            worker.bound = False
            self._plan(wrap_up, self._end_wrap_up, worker)
            return
        worker.bound = False
        self._free(worker)

    def _end_wrap_up(self, worker: Worker) -> None:
        worker.wrapping = False
        self._free(worker)

    def _end_chat(self, what: tuple[Waiting, Worker]) -> None:
        item, worker = what
        self._settle(item, worker)
        worker.chats -= 1
        worker.idle_since = self.now
        self._free(worker)

    def _end_written(self, what: tuple[Waiting, Worker, int]) -> None:
        item, worker, timer = what
        if timer != worker.timer:
            return
        worker.writing = False
        worker.written.popleft()
        self._settle(item, worker)
        worker.idle_since = self.now
        self._free(worker)

    def _settle(self, item: Waiting, worker: Worker) -> None:
        self._tell(item, "ended")
        if item.line.stream.like.unit is None:
            worker.helping -= 1
            worker.crew.relieving -= worker.helping == 0

    def _free(self, worker: Worker) -> None:
        if not (worker.bound or worker.chats or worker.wrapping):
            self._write_on(worker)
            if not worker.written:
                self.tally.idle(worker, self.now)
        worker.crew.open_up(worker)
        self._again = True

    # who is at work

    def _plan_shifts(self, day: int) -> None:
        weekday = (self.first_weekday + day) % 7
        for kind in self.floor.kinds:
            if weekday not in kind.crew.weekdays:
                continue
            start, end = kind.crew.hours
            midnight = day * DAY - self.now
            self._plan(midnight + start * HOUR, self._come, (kind, 0, 1))
            self._plan(midnight + end * HOUR, self._go, (kind, 0, 1))
            for hour, minutes in kind.crew.breaks:
                for third in range(3):
                    off = midnight + hour * HOUR + third * minutes * 60
                    self._plan(off, self._go, (kind, third, 3))
                    self._plan(off + minutes * 60, self._come, (kind, third, 3))

    def _come(self, what: tuple[Kind, int, int]) -> None:
        kind, first, step = what
        for worker in kind.workers[first::step]:
            if not worker.on_duty:
                worker.on_duty = True
                worker.idle_since = max(worker.idle_since, self.now)
                kind.present += 1
                if worker.bound or worker.chats or worker.wrapping:
                    worker.busy_since = self.now
                self.tally.come(worker, self.now)
                self._free(worker)
        self._again = True

    def _go(self, what: tuple[Kind, int, int]) -> None:
        """Those in a call finish it; written work lies until they are back."""
        kind, first, step = what
        for worker in kind.workers[first::step]:
            if worker.on_duty:
                worker.on_duty = False
                kind.present -= 1
                worker.stamp += 1
                self._interrupt(worker)
                self.tally.go(worker, self.now)
        self._again = True

    def _tell(self, item: Waiting, what: str) -> None:
        if item.number == self._follow:
            self.trace.append(TraceLine(self.now, what))


class _Drawn:
    """Times of a distribution, drawn a block at a time."""

    def __init__(self, draw: Draw, random: np.random.Generator) -> None:
        self._draw, self._random = draw, random
        self._left: list[float] = []

    def next(self) -> float:
        if not self._left:
            self._left = self._draw.sample(self._random, _BLOCK).tolist()
        return self._left.pop()
