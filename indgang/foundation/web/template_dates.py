"""Django's `|date`, with its most common uses made cheap: a list shows a date or two on each of fifty lines.

A format is taken apart once for each language instead of at every date. Names of months and days are Django's own.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.template import Library, defaultfilters
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language

register = Library()
Part = Callable[[Any], object]
_OF_A_DAY: dict[str, Part] = {
    "j": lambda day: day.day,
    "d": lambda day: f"{day.day:02d}",
    "n": lambda day: day.month,
    "m": lambda day: f"{day.month:02d}",
    "Y": lambda day: f"{day.year:04d}",
}
_OF_A_MOMENT: dict[str, Part] = {
    "H": lambda moment: f"{moment.hour:02d}",
    "i": lambda moment: f"{moment.minute:02d}",
    "s": lambda moment: f"{moment.second:02d}",
}
_BETWEEN = frozenset(" .:-/,")


@register.filter("date", expects_localtime=True, is_safe=False)
def written(value: Any, arg: Any = None) -> Any:
    """As Django's; what is no day or moment, and a format with other signs than the usual ones, is Django's own."""
    if arg and type(value) in (datetime, date):
        known = _taken_apart(str(arg), get_language(), type(value) is datetime)
        if known is not None:
            text, parts = known
            return text % tuple(part(value) for part in parts)
    return defaultfilters.date(value, arg)


@lru_cache(maxsize=500)
def _taken_apart(form: str, language: str | None, has_time: bool) -> tuple[str, tuple[Part, ...]] | None:
    """A text with places, and what stands in each; None where the format is left to Django."""
    if form.isidentifier():  # one letter, or the name of a format
        return None
    signs = _OF_A_DAY | _names() | (_OF_A_MOMENT if has_time else {})
    if not _BETWEEN.union(signs).issuperset(form):
        return None
    parts = tuple(signs[sign] for sign in form if sign in signs)
    return "".join("%s" if sign in signs else sign for sign in form), parts


def _names() -> dict[str, Part]:
    """Those of months and days in the language of the moment."""
    months, short_months = ([str(names[number]) for number in range(1, 13)] for names in (MONTHS, MONTHS_3))
    days, short_days = ([str(names[number]) for number in range(7)] for names in (WEEKDAYS, WEEKDAYS_ABBR))
    return {
        "F": lambda day: months[day.month - 1],
        "b": lambda day: short_months[day.month - 1],
        "l": lambda day: days[day.weekday()],
        "D": lambda day: short_days[day.weekday()],
    }
