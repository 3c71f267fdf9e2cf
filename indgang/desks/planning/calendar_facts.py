"""What of the Danish calendar moves the number of inquiries: one row of numbers a day. Pure."""

from datetime import date, timedelta
from functools import lru_cache

import holidays
import numpy as np
from numpy.typing import NDArray

NAMES = (
    "holiday",
    "after closed days",
    "before holiday",
    "squeezed day",
    "first bank days",
    "last bank day",
    "middle of month",
    "industrial holiday",
    "Christmas",
)
ANNUAL = 2  # pairs of yearly waves
_YEAR = 365.2425


def facts_of(day: date) -> list[float]:
    """The facts of a day, in the order of NAMES."""
    return [
        float(is_holiday(day)),
        float(not is_holiday(day) and day.weekday() < 5 and _closed(day - timedelta(days=1)) and day.weekday() != 0)
        + float(day.weekday() == 0 and is_holiday(day - timedelta(days=3))),
        float(not is_holiday(day) and is_holiday(day + timedelta(days=1)) and day.weekday() < 5),
        float(_is_squeezed(day)),
        float(_bank_day_of_month(day) in (1, 2)),
        float(_bank_day_of_month(day) == -1),
        float(14 <= day.day <= 16),
        float(28 <= day.isocalendar().week <= 30),
        float((day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 2)),
    ]


def waves_of(day: date) -> list[float]:
    """The yearly waves of a day."""
    angle = 2 * np.pi * day.timetuple().tm_yday / _YEAR
    return [float(wave((k + 1) * angle)) for k in range(ANNUAL) for wave in (np.sin, np.cos)]


def matrix(first: date, days: int) -> NDArray[np.float64]:
    """Facts of days in a row."""
    return np.array([facts_of(first + timedelta(days=number)) for number in range(days)]).reshape(days, len(NAMES))


@lru_cache(maxsize=64)
def _of_year(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year)) | {date(year, 12, 24), date(year, 12, 31)}


def is_holiday(day: date) -> bool:
    """A Danish public holiday, Christmas Eve or New Year's Eve."""
    return day in _of_year(day.year)


def _closed(day: date) -> bool:
    return is_holiday(day) or day.weekday() >= 5


def _is_squeezed(day: date) -> bool:
    return not _closed(day) and _closed(day - timedelta(days=1)) and _closed(day + timedelta(days=1))


@lru_cache(maxsize=4096)
def _bank_day_of_month(day: date) -> int:
    """1 for the first bank day of its month, 2 for the second, -1 for the last, else 0."""
    if _closed(day):
        return 0
    earlier = sum(not _closed(day.replace(day=number)) for number in range(1, day.day))
    if earlier < 2:
        return earlier + 1
    following = day + timedelta(days=1)
    while following.month == day.month:
        if not _closed(following):
            return 0
        following += timedelta(days=1)
    return -1
