"""Case numbers a person can read out: year, running number and a check digit, "2026-000123-4"."""

import re
from datetime import datetime

from django.db import connection
from stdnum import luhn
from stdnum.exceptions import ValidationError

from indgang.foundation.runtime import clock

_SHAPE = re.compile(r"(\d{4})[\s-]*(\d{6,9})[\s-]*(\d)")
_NEXT = "SELECT nextval('cases_number')"


def new_number(at: datetime) -> str:
    """The next number of the year; a number is never given twice, and one whose case came to nothing is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        return number_of(clock.local(at).year, int(cursor.fetchone()[0]))


def number_of(year: int, running: int) -> str:
    """The case number of a running number. Pure."""
    digits = f"{year:04}{running:06}"
    return f"{digits[:4]}-{digits[4:]}-{luhn.calc_check_digit(digits)}"


def normal_number(text: str) -> str:
    """A number as it is stored, however it was typed; "" where it is none or its check digit does not fit. Pure."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        return ""
    try:
        luhn.validate("".join(found.groups()))
    except ValidationError:
        return ""
    return "-".join(found.groups())
