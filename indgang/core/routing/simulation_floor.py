"""The agents of a simulation, and the policy's choice among them without asking everybody each time.

Agents of one crew differ only in load and idle time, items of one stream only in their times. So what the policy says
of one pair (able, helping out or not, proficiency, from when) holds for all pairs and is asked once (`hindrance`,
`relieves`, `relieves_from`, `lower_from`). What remains is to compare heads of queues. A test runs whole days in which
every choice is compared with `policy.choose` on the full floor.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from indgang.core.routing import policy
from indgang.core.routing.facts import CHAT, Settings
from indgang.core.routing.simulation_values import Crew, Stream

LIVE, WRITTEN, CHATS = 0, 1, 2  # what decides whether an item fits beside what is in hand


class Waiting:
    """One inquiry."""

    __slots__ = ("arrived", "called_back", "due", "gone", "line", "number", "started", "work")

    def __init__(self, number: int, line: "Line", arrived: float, work: float) -> None:
        self.number = number
        self.line = line
        self.arrived = arrived
        self.due = arrived + line.due
        self.work = work  # seconds of handling that are left
        self.started = -1.0
        self.gone = False
        self.called_back = False


class Worker:
    """One agent."""

    __slots__ = (
        "bound",
        "busy_since",
        "chats",
        "crew",
        "held",
        "helping",
        "id",
        "idle_since",
        "on_duty",
        "stamp",
        "timer",
        "wrapping",
        "writing",
        "written",
    )

    def __init__(self, number: int, crew: "Kind") -> None:
        self.id = number
        self.crew = crew
        self.on_duty = False
        self.bound = False
        self.wrapping = False
        self.writing = False
        self.chats = 0
        self.held = False  # got an offer in this pass
        self.helping = 0  # items of the contact centre in hand
        self.written: deque[Waiting] = deque()
        self.idle_since = 0.0
        self.busy_since = -1.0
        self.stamp = 0  # grows with every change; an older place in a heap is void
        self.timer = 0  # of the written work going on

    def fits(self, manner: int) -> bool:
        """As policy.fits, with the mode: open to such an item now."""
        if self.bound or self.wrapping or self.held or not self.on_duty:
            return False
        if manner == CHATS:
            return self.chats < self.crew.most_chats
        if self.chats:
            return False
        return manner == LIVE or len(self.written) < self.crew.most_written


@dataclass(eq=False)
class Kind:
    """A crew on the floor."""

    index: int
    crew: Crew
    workers: list[Worker] = field(default_factory=list)
    manners: tuple[int, ...] = ()
    present: int = 0
    relieving: int = 0
    free: tuple[list[tuple[float, int, int, Worker]], ...] = field(default_factory=lambda: ([], [], []))
    busy_seconds: float = 0.0
    staffed_seconds: float = 0.0
    answered: int = 0

    def __post_init__(self) -> None:
        like = self.crew.like
        self.unit = like.unit
        self.limited = self.unit is not None and (like.overflow or like.relief is not None)  # its share may be full
        capacity = like.capacity
        self.most_chats = capacity.get(CHAT, 1)
        self.most_written = capacity.get("written", 1)

    def first_free(self, manner: int, relieving_only: bool) -> Worker | None:
        """Who has been idle longest among those open to such an item."""
        heap = self.free[manner]
        while heap and heap[0][3].stamp != heap[0][2]:
            heappop(heap)
        if not heap:
            return None
        if not relieving_only:
            return heap[0][3]
        open_now = [w for w in self.workers if w.helping and w.fits(manner)]
        return min(open_now, key=lambda w: (w.idle_since, w.id), default=None)

    def open_up(self, worker: Worker) -> None:
        """Put the worker where its load allows further work."""
        worker.stamp += 1
        for manner in self.manners:
            if worker.fits(manner):
                heappush(self.free[manner], (worker.idle_since, worker.id, worker.stamp, worker))


@dataclass(eq=False)
class Line:
    """A stream on the floor: its queue and what the policy says of it and each crew."""

    index: int
    stream: Stream
    queue: deque[Waiting] = field(default_factory=deque)
    own: list[tuple[int, Kind]] = field(default_factory=list)  # proficiency, best first
    relief: list[tuple[int, Kind, float, int]] = field(
        default_factory=list
    )  # and after seconds, above a number waiting
    even: list[tuple[int, Kind, bool]] = field(default_factory=list)  # all equally good: no step ever counts
    lower: float = 0.0
    never: str = ""
    relieved: bool = False  # the length of its queue decides who is asked

    def __post_init__(self) -> None:
        like = self.stream.like
        self.due = self.stream.due
        self.group = like.group
        self.ahead = like.priority
        self.manner = CHATS if like.medium == CHAT else WRITTEN if like.interruptible else LIVE

    def head(self) -> Waiting | None:
        """The most urgent inquiry still here."""
        while self.queue and self.queue[0].gone:
            self.queue.popleft()
        return self.queue[0] if self.queue else None

    def steps(self) -> Iterator[float]:
        """After how many seconds of waiting more agents may be asked."""
        if len({proficiency for proficiency, _ in self.own}) > 1:
            yield self.lower
        yield from {after for _, _, after, _ in self.relief if self.own}


class Floor:
    """All queues and all agents, and who gets what."""

    def __init__(self, streams: Sequence[Stream], crews: Sequence[Crew], settings: Settings) -> None:
        self.settings = settings
        self.kinds = [Kind(index, crew) for index, crew in enumerate(crews)]
        self.lines = [Line(index, stream) for index, stream in enumerate(streams)]
        self.queued = {line.group: 0 for line in self.lines}
        self.counted = dict(self.queued)  # when the pass began
        self.waiting = 0
        number = 0
        for kind in self.kinds:
            for _ in range(kind.crew.count):
                number += 1
                kind.workers.append(Worker(number, kind))
        for line in self.lines:
            self._ask_policy(line)
        relieved = {line.group for line in self.lines if line.relief}
        for line in self.lines:
            line.relieved = line.group in relieved
        for kind in self.kinds:
            mine = {line.manner for line in self.lines if any(kind is k for k in _kinds_of(line))}
            kind.manners = tuple(sorted(mine))

    def _ask_policy(self, line: Line) -> None:
        item = line.stream.like
        line.lower = policy.lower_from(item, self.settings)
        reasons = []
        for kind in self.kinds:
            agent = kind.crew.like
            hindrance = policy.hindrance(item, agent)
            if hindrance or not kind.crew.count:
                reasons.append(hindrance or "nobody")
                continue
            proficiency = agent.competences.get(item.group, (0, 0))[0]
            if policy.relieves(item, agent):
                line.relief.append((proficiency, kind, *policy.relieves_from(item, agent, self.settings)))
            else:
                line.own.append((proficiency, kind))
        line.own.sort(key=lambda row: -row[0])
        line.relief.sort(key=lambda row: -row[0])
        if not line.relief and len({proficiency for proficiency, _ in line.own}) == 1:
            line.even = [(proficiency, kind, False) for proficiency, kind in line.own]
        if not line.own and not line.relief:
            line.never = max(set(reasons), key=_NEAREST.index, default="nobody")

    def worker_for(self, item: Waiting, now: float) -> Worker | None:
        """The agent the policy offers this item to now; None while its steps allow nobody who is free."""
        line = item.line
        best: Worker | None = None
        best_key = (0, 0.0, 0)
        for proficiency, kind, relieving_only in line.even or self._allowed(line, now - item.arrived):
            if best is not None and -proficiency > best_key[0]:
                break
            worker = kind.first_free(line.manner, relieving_only)
            if worker is None:
                continue
            key = (-proficiency, worker.idle_since, worker.id)
            if best is None or key < best_key:
                best, best_key = worker, key
        return best

    def _allowed(self, line: Line, waited: float) -> list[tuple[int, Kind, bool]]:
        """The crews open to the item, best proficiency first; of full ones only who helps already."""
        present = [(proficiency, kind, False) for proficiency, kind in line.own if kind.present]
        if line.relief:
            queued = self.counted[line.group]
            called = [
                (proficiency, kind, self._is_full(kind.unit))
                for proficiency, kind, after, above in line.relief
                if kind.present and (not present or waited >= after or queued > above)
            ]
            if called or not present:
                return sorted(present + called, key=lambda row: -row[0])
        if waited >= line.lower:
            return present
        return [row for row in present if row[0] == present[0][0]]

    def _is_full(self, unit: int | None) -> bool:
        """Whether as many of the unit's relief staff help the contact centre as may at the same time."""
        if unit is None:
            return False
        staff = [kind for kind in self.kinds if kind.unit == unit and kind.limited]
        helping = sum(kind.relieving for kind in staff)
        relief = staff[0].crew.like.relief
        share = self.settings.overflow_share if relief is None else relief.share
        return helping > 0 and helping >= max(1, int(share * sum(kind.present for kind in staff)))


def _kinds_of(line: Line) -> Iterator[Kind]:
    yield from (row[1] for row in line.own)
    yield from (row[1] for row in line.relief)


_NEAREST = ("nobody", "competence", "point", "relief", "unit", "owner", "named", "excluded", "language", "level")
