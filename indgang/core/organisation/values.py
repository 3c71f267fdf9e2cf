"""What organisation hands out: cards of employees and units, the facts routing asks for, and opening hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import TextChoices


class Channel(TextChoices):
    """The channels that have opening hours of their own."""

    PHONE = "phone", "Telefon"
    COUNTER = "counter", "Skranke"
    MAIL = "mail", "Skriftlige henvendelser"


@dataclass(frozen=True)
class EmployeeCard:
    """An employee as colleagues see them."""

    id: int
    name: str
    title: str
    unit_id: int
    unit_name: str
    employer: str  # administration code
    mail: str
    phone: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class UnitCard:
    """A place where work is done, as everybody may see it."""

    id: int
    code: str
    name: str
    kind: str
    address: str
    phone: str
    mail: str
    district: str


@dataclass(frozen=True)
class AgentFacts:
    """What routing must know about an employee; levels are those both known and authorised (0: neither)."""

    employee: int
    unit: int
    languages: tuple[str, ...]
    overflow: bool
    competences: Mapping[str, tuple[int, int]]  # group -> (proficiency, level)
    roles: frozenset[str]
    tasks: Mapping[str, int] = field(default_factory=dict)  # authorised one by one -> level


@dataclass(frozen=True)
class WeeklyHours:
    """One weekly interval, local time; 0 is Monday."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Interval:
    """Open from and to, as instants; DST is in them already."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True)
class DayHours:
    """One day's intervals, local wall-clock times, and why they differ from the week's, if they do."""

    day: date
    intervals: tuple[tuple[time, time], ...]
    reason: str = ""


@dataclass(frozen=True)
class Opening:
    """Whether a channel of a unit is open now, and the sentence that says so."""

    open: bool
    until: datetime | None
    opens: datetime | None
    sentence: str
