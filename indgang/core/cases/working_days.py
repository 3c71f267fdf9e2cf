"""Working days of a municipality: Monday to Friday without Danish holidays and its own closing days. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import holidays

from indgang.foundation.runtime import clock

_SATURDAY = 5


@dataclass(frozen=True)
class YearlyDay:
    """A day of every year on which the municipality is closed, in a period."""

    month: int
    day: int
    valid_from: date
    valid_to: date | None

    def falls_on(self, day: date) -> bool:
        """Whether it is that day."""
        within = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return within and (self.month, self.day) == (day.month, day.day)


Closed = Callable[[date], bool]


def closed_by(closing: Iterable[YearlyDay]) -> Closed:
    """Whether nobody works on a day: a weekend, a public holiday or one of these closing days."""
    known = tuple(closing)

    def closed(day: date) -> bool:
        return day.weekday() >= _SATURDAY or day in _holidays(day.year) or any(one.falls_on(day) for one in known)

    return closed


def after(start: date, days: int, closed: Closed) -> date:
    """The working day that many working days after a day; the day itself is not counted (forvaltningens praksis).

    0: that day, or the next working day where it is none.
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= not closed(day)
    while closed(day):
        day += timedelta(days=1)
    return day


def between(first: date, last: date, closed: Closed) -> int:
    """How many working days lie after the first day, up to and with the last."""
    span = (last - first).days
    return sum(not closed(first + timedelta(days=offset)) for offset in range(1, span + 1))


def end_of(day: date) -> datetime:
    """The last moment of a day in the town."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=clock.COPENHAGEN).astimezone(UTC)


@cache
def _holidays(year: int) -> frozenset[date]:
    """Store bededag is a holiday up to 2023 only; the library knows."""
    return frozenset(holidays.country_holidays("DK", years=year))
