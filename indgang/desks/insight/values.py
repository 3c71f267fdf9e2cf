"""What the module hands out."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HalfHour:
    """Inquiries in one half-hour."""

    day: date
    slot: int
    contacts: int


@dataclass(frozen=True)
class SeriesRow:
    """What there are facts of: a channel, a task group and a unit; empty where the contact said none."""

    channel: str
    group: str
    unit: str
    contacts: int


@dataclass(frozen=True)
class ChannelYear:
    """What came in by a channel in the last year of facts, and between which days."""

    channel: str
    contacts: int
    first: date
    last: date


@dataclass(frozen=True)
class Busiest:
    """A unit's busiest usual half-hour, by the work it took there."""

    unit: str
    hours: float  # of handling that came in, on average, in that half-hour
    contacts: float  # on average
    groups: frozenset[str]  # the task groups asked for in the whole time
