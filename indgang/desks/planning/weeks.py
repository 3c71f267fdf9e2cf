"""A usual week by half-hour, from forecast intervals. Pure; half-hour 0 is Monday 0:00."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

SLOTS = 336
SLOT_MINUTES = 30
OF_DAY = 48


def usual_week(intervals: Iterable[tuple[datetime, float]], minutes: int) -> list[float]:
    """The mean of the days told, by weekday and half-hour; closed days are left out."""
    by_day: dict[date, list[float]] = defaultdict(lambda: [0.0] * OF_DAY)
    for start, count in intervals:
        for slot, part in _slots(start, minutes):
            by_day[start.date()][slot] += count * part
    week = [0.0] * SLOTS
    for weekday in range(7):
        days = [day for day in by_day if day.weekday() == weekday and sum(by_day[day]) > 0]
        for slot in range(OF_DAY):
            if days:
                week[weekday * OF_DAY + slot] = sum(by_day[day][slot] for day in days) / len(days)
    return week


def _slots(start: datetime, minutes: int) -> list[tuple[int, float]]:
    """The half-hours an interval falls into, with its share in each."""
    first = start.hour * 60 + start.minute
    if minutes <= SLOT_MINUTES:
        return [(first // SLOT_MINUTES, 1.0)]
    parts = minutes // SLOT_MINUTES
    slots = [first // SLOT_MINUTES + number for number in range(parts)]
    return [(slot, 1.0 / parts) for slot in slots if slot < OF_DAY]


def spread(yearly: float, profile: Sequence[float]) -> list[float]:
    """A yearly number over a usual week in the shape of another channel; 52 weeks a year."""
    whole = sum(profile)
    return [yearly / 52 * count / whole for count in profile] if whole else [0.0] * SLOTS


def time_of(slot: int) -> str:
    """09:30."""
    return f"{slot % OF_DAY // 2:02d}:{slot % 2 * 30:02d}"
