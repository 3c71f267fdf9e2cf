"""What is planned for people at work, and how it goes with what they do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices


@dataclass(frozen=True)
class ShiftRow:
    """One employee at work from and to, with at most one break."""

    employee: int
    day: date
    starts_at: datetime
    ends_at: datetime
    name: str
    break_from: datetime | None = None
    break_to: datetime | None = None
    unit: int | None = None  # where; None: anywhere


@dataclass(frozen=True)
class PublishedRow:
    """What became of a roster that was published."""

    shifts: int
    people: int
    published_at: datetime
    last: date


class PlanKind(TextChoices):
    """How what somebody does goes with their plan."""

    ON_PLAN = "on_plan", "Efter planen"
    ON_BREAK = "on_break", "Planlagt pause"
    LATE = "late", "For sent"
    LEFT = "left", "Gået før tid"
    PAUSED = "paused", "Holder pause"
    SILENT = "silent", "Svarer ikke"
    ELSEWHERE = "elsewhere", "Et andet sted"
    WORKS_BREAK = "works_break", "Arbejder i den planlagte pause"
    EXTRA = "extra", "Uden for planen"
    AWAITED = "awaited", "Møder senere"
    FREE = "free", "Fri"


AGAINST_PLAN = frozenset({PlanKind.LATE, PlanKind.LEFT, PlanKind.PAUSED, PlanKind.SILENT, PlanKind.ELSEWHERE})


@dataclass(frozen=True)
class Adherence:
    """One employee's plan against what they do now. `shift`: the one now, else the next of today, else the last."""

    employee: int
    kind: PlanKind
    shift: ShiftRow | None
    late_seconds: int = 0  # since they should have come
    place: str = ""  # the service point they are at instead
