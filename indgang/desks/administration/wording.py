"""Dates, times and hours in the reader's language."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext


def day_text(day: date | str) -> str:
    """ "3. marts 2026"."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return date_format(found, "j. F Y" if get_language() != "en" else "j F Y")


def period_text(first: date | str, last: date | str | None) -> str:
    """ "fra 1. januar 2026" or "1. januar 2026 til 31. marts 2026"."""
    if last is None:
        return gettext("fra {first}").format(first=day_text(first))
    return gettext("{first} til {last}").format(first=day_text(first), last=day_text(last))


def time_text(at: time | str) -> str:
    """ "8.00" in Danish, "8:00" in English."""
    found = time.fromisoformat(at) if isinstance(at, str) else at
    return f"{found.hour}{':' if get_language() == 'en' else '.'}{found.minute:02}"


def span_text(opens: time | str, closes: time | str) -> str:
    """ "8.00-18.00"."""
    return f"{time_text(opens)}-{time_text(closes)}"


def weekday_text(number: int) -> str:
    """ "mandag"."""
    return str(WEEKDAYS[number])


def hours_between(spans: Iterable[tuple[str | time, str | time]]) -> Decimal:
    """So many hours all together."""
    minutes = sum(_minutes(closes) - _minutes(opens) for opens, closes in spans)
    return Decimal(minutes) / 60


def hours_text(hours: Decimal) -> str:
    """ "48 timer", "48,5 timer"."""
    number = f"{hours:.2f}".rstrip("0").rstrip(".")
    return gettext("{hours} timer").format(hours=number if get_language() == "en" else number.replace(".", ","))


def _minutes(at: str | time) -> int:
    found = time.fromisoformat(at) if isinstance(at, str) else at
    return found.hour * 60 + found.minute
