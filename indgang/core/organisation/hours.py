"""Opening hours as a pure calculation: which instants a day is open, and how far opening hours reach."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from indgang.core.organisation.values import DayHours, Interval, WeeklyHours

TOWN = ZoneInfo("Europe/Copenhagen")
Times = tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class DatedHours:
    """One weekly interval and the days between which it holds."""

    hours: WeeklyHours
    valid_from: date
    valid_to: date | None

    def holds(self, day: date) -> bool:
        """Whether it opens on that day."""
        within = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return within and self.hours.weekday == day.weekday()


@dataclass(frozen=True)
class Calendar:
    """Everything that decides the hours of one unit's channel."""

    week: tuple[DatedHours, ...]
    changed: Mapping[date, tuple[Times, str]]
    closing: Callable[[date], str]  # the name of the municipality's own closing day, or ""
    language: str = "da"

    def day(self, day: date) -> DayHours:
        """The hours of one day."""
        if day in self.changed:
            times, reason = self.changed[day]
            return DayHours(day, tuple(sorted(times)), reason)
        closed = self.closing(day) or public_holiday(day, self.language)
        if closed:
            return DayHours(day, (), closed)
        found = sorted((row.hours.opens, row.hours.closes) for row in self.week if row.holds(day))
        return DayHours(day, tuple(found))

    def intervals(self, first: date, days: int) -> Iterator[Interval]:
        """The open intervals from that day on, in order, for so many days."""
        for offset in range(days):
            day = first + timedelta(days=offset)
            for opens, closes in self.day(day).intervals:
                interval = Interval(instant(day, opens), instant(day, closes, later=True))
                if interval.opens < interval.closes:  # an interval that lies in the hour the clock skips is none
                    yield interval


def instant(day: date, at: time, *, later: bool = False) -> datetime:
    """A wall-clock time of the town. When a time comes twice, opening takes the first, closing the later."""
    return datetime.combine(day, at.replace(fold=1 if later else 0), tzinfo=TOWN).astimezone(UTC)


def reach(intervals: Iterable[Interval], start: datetime, hours: Decimal) -> datetime | None:
    """When so many (real) opening hours have passed since start; None if the intervals end before."""
    left = timedelta(seconds=float(hours * 3600))
    for interval in intervals:
        opens = max(interval.opens, start)
        if opens >= interval.closes:
            continue
        if opens + left <= interval.closes:
            return opens + left
        left -= interval.closes - opens
    return None


def public_holiday(day: date, language: str) -> str:
    """The public holiday's name, or "". Store bededag is one up to 2023 only."""
    return _holidays(day.year, "en_US" if language == "en" else "da").get(day, "")


@cache
def _holidays(year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("DK", years=year, language=language))
