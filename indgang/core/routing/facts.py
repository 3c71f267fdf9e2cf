"""The facts the policy chooses from; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

CHAT = "chat"
OPEN = frozenset({"available", "busy"})  # may be offered something
PRESENT = OPEN | {"reserved", "wrap_up"}  # will be free again soon


@dataclass(frozen=True, slots=True)
class Relief:
    """How the staff of other units relieve the contact centre: in what, from when, how many at most."""

    code: str
    threshold: int  # items waiting for one competence
    live_after: float  # seconds
    written_after: float
    share: float  # of a unit's relief staff present, at the same time; one person may always
    groups: frozenset[str] = frozenset()  # empty: all they know
    media: frozenset[str] = frozenset()  # empty: all

    def covers(self, group: str, medium: str) -> bool:
        """Whether they help with such work at all."""
        return (not self.groups or group in self.groups) and (not self.media or medium in self.media)


@dataclass(frozen=True, slots=True)
class Point:
    """Where an agent serves: which work comes there."""

    code: str
    groups: frozenset[str] = frozenset()  # empty: all the agent knows
    media: frozenset[str] = frozenset()  # empty: all

    def takes(self, group: str, medium: str) -> bool:
        """Whether such work comes to this service point."""
        return (not self.groups or group in self.groups) and (not self.media or medium in self.media)


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who works, with the facts that count."""

    id: int
    unit: int | None
    languages: frozenset[str]
    competences: Mapping[str, tuple[int, int]]  # group -> (proficiency 1-5, level 1-3)
    overflow: bool
    idle_since: datetime
    mode: str
    load: Mapping[str, int] = field(default_factory=dict)  # items in hand per medium, offered ones included
    capacity: Mapping[str, int] = field(default_factory=dict)  # per medium; 1 unless set
    tasks: Mapping[str, int] = field(default_factory=dict)  # authorised one by one -> level
    known: Mapping[str, int] = field(default_factory=dict)  # group -> level known; bounds what a task's right allows
    bound: bool = False  # holds something that may not be interrupted and is no chat
    relief: Relief | None = None  # of a relief group; a flagged agent outside any follows the settings
    relieving: bool = False  # has work of the contact centre in hand
    point: Point | None = None  # None: serves everywhere
    employer: str = ""  # administration code


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits, with what it needs."""

    id: UUID
    group: str
    level: int
    language: str
    medium: str
    interruptible: bool
    waiting_since: datetime
    due_at: datetime
    not_before: datetime
    task: str = ""
    unit: int | None = None
    employee: int | None = None
    preferred: int | None = None
    substitutes: frozenset[int] = frozenset()  # of the named person, while that person is away
    excluded: frozenset[int] = frozenset()
    priority: int = 0
    owner: str | None = None  # the administration whose own people alone may settle it; None: everybody's


@dataclass(frozen=True, slots=True)
class Settings:
    """The municipality's figures, in seconds."""

    written_steps: tuple[float, float] = (15.0, 60.0)  # lower proficiency after, overflow after
    live_steps: tuple[float, float] = (5.0, 15.0)
    written_grace: float = 900.0
    live_grace: float = 10.0
    overflow_threshold: int = 10  # items waiting for one competence
    overflow_share: float = 0.5  # of a unit's relief staff present, at the same time
    priority_seconds: float = 3600.0  # what one priority class is worth on the deadline scale
    most_in_hand: int = 5  # written items a person may take by hand
    offer_seconds: float = 20.0
    back_off: float = 1.0  # doubles with each failed offer of an item
    back_off_most: float = 30.0
    expired_rest: float = 60.0  # the item is not offered to the same agent again
    declined_rest: float = 300.0
    misses: int = 2  # missed offers in a row that make an agent unreachable
    unseen: float = 90.0
    wrap_up_live: float = 30.0
    wrap_up_written: float = 0.0
    offer_by_medium: Mapping[str, float] = field(default_factory=dict)  # instead of offer_seconds
    capacity: Mapping[str, int] = field(default_factory=dict)  # per medium, or "written"; an agent's own goes before

    def offer_lasts(self, medium: str) -> float:
        """How long an offer of such work stands."""
        return self.offer_by_medium.get(medium, self.offer_seconds)


@dataclass(frozen=True, slots=True)
class Choice:
    """An item, the agent it is offered to, and why."""

    item: UUID
    agent: int
    explanation: dict[str, object]
