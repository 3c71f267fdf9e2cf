"""What a simulation is given and what it tells; pure. Times in seconds."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indgang.core.routing.facts import Agent, Item

HOURS_OF_DAY, HOURS_OF_WEEK = 24, 168
HALVES_OF_DAY, HALVES_OF_WEEK = 48, 336
Times = NDArray[np.float64]


@dataclass(frozen=True)
class Draw:
    """A distribution of times; lognormal by mean and coefficient of variation, empirical by the values seen."""

    dist: Literal["exponential", "lognormal", "constant", "empirical"]
    mean: float
    variation: float = 1.0
    values: tuple[float, ...] = ()

    def sample(self, random: np.random.Generator, count: int) -> Times:
        """So many independent times."""
        if self.dist == "exponential":
            return random.exponential(self.mean, count)
        if self.dist == "lognormal":
            spread = math.sqrt(math.log1p(self.variation**2))
            return random.lognormal(math.log(self.mean) - spread * spread / 2, spread, count)
        if self.dist == "empirical":
            return random.choice(np.asarray(self.values), count)
        return np.full(count, self.mean)


@dataclass(frozen=True)
class Stream:
    """Inquiries of one kind. `like` is what the policy sees of each, apart from its times."""

    name: str
    like: Item
    arrivals_per_hour: tuple[float, ...]  # in the 24 hours (48 half-hours) of a day, or the 168 (336) of a week
    handling: Draw
    patience: Draw | None  # None: waits as long as it takes
    wrap_up: float
    within: float  # seconds of the service target
    due: float  # seconds after arrival, on the policy's scale of deadlines
    call_back_after: float | None = None  # who has waited so long is offered a call back
    call_back_share: float = 0.0  # and so many take it: they keep their place and no longer give up


@dataclass(frozen=True)
class Crew:
    """Agents who are alike. `like` is what the policy sees of each, apart from load and times."""

    name: str
    count: int
    like: Agent
    hours: tuple[float, float] = (0.0, 24.0)  # at work from and to, local hours
    weekdays: frozenset[int] = frozenset(range(7))  # Monday is 0
    breaks: tuple[tuple[float, float], ...] = ()  # (hour, minutes), a third of the crew at a time


@dataclass(frozen=True)
class TraceLine:
    """Something that happened to the contact that is followed."""

    at: float  # seconds after the start
    what: str


@dataclass(frozen=True)
class HourWait:
    """The inquiries of one hour of the week, of all weeks and runs together."""

    hour: int  # 0 is the first of the first day; a scenario begins on Monday
    count: int
    mean_wait: float


@dataclass(frozen=True)
class HalfHour:
    """The inquiries that came in one half-hour of the week, of all weeks and runs together."""

    slot: int  # 0 is the first of the first day
    count: int  # answered or gave up
    in_time: int
    abandoned: int
    mean_wait: float
    service_level: float  # in_time / count; 0 where nobody was answered or gave up
    left_waiting: int  # came then, and still wait at the end
    half_width: float = 0.0  # of its 95 % confidence interval; only several runs have one


@dataclass(frozen=True)
class StreamResult:
    """What became of the inquiries of one stream."""

    name: str
    arrived: int
    answered: int
    abandoned: int
    called_back: int
    left_waiting: int  # at the end
    p_wait: float
    mean_wait: float  # of all who were answered or gave up
    p95_wait: float
    service_level: float  # answered within the target's seconds, of all who were answered or gave up
    never: str = ""  # why nobody can ever take them: "competence", "level", "language" …
    by_hour: tuple[HourWait, ...] = ()
    by_half_hour: tuple[HalfHour, ...] = ()


@dataclass(frozen=True)
class CrewResult:
    """How busy a crew was while at work."""

    name: str
    occupancy: float
    answered: int
    staffed_hours: float


@dataclass(frozen=True)
class Result:
    """One run, or the means of several with the half widths of their 95 % confidence intervals."""

    streams: tuple[StreamResult, ...]
    crews: tuple[CrewResult, ...]
    contacts: int
    seconds: float  # it took, of all processes together
    replications: int = 1
    half_widths: dict[str, dict[str, float]] = field(default_factory=dict)  # stream -> figure -> half width
    trace: tuple[TraceLine, ...] = ()

    @property
    def contacts_per_second(self) -> float:
        """How fast it ran."""
        return self.contacts / self.seconds if self.seconds > 0 else 0.0


Progress = Callable[[float], None]  # the share that is done; raise to cancel
