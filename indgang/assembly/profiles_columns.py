"""What may stand in the columns of a profile: each parser turns a cell into a value or says how to put it right."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

Parser = Callable[[str], Any]


class BadCellError(ValueError):
    """The remedy is the message."""


def text(longest: int, *, required: bool = False) -> Parser:
    """Free text of at most so many characters."""

    def parse(cell: str) -> str:
        if required and not cell:
            raise BadCellError("Skriv en tekst.")
        if len(cell) > longest:
            raise BadCellError(f"Teksten er på {len(cell)} tegn. Skriv højst {longest}.")
        return cell

    return parse


def code(longest: int = 40, *, required: bool = True) -> Parser:
    """A code without spaces; the codes of administrations hold Danish letters and a slash."""
    shape = re.compile(r"[\wÆØÅæøå./+-]+")

    def parse(cell: str) -> str:
        if not cell and not required:
            return ""
        if not shape.fullmatch(cell) or len(cell) > longest:
            raise BadCellError(f"Skriv en kode af bogstaver, tal, bindestreg og understreg på højst {longest} tegn.")
        return cell

    return parse


def shaped(pattern: str, remedy: str) -> Parser:
    """Text of one shape."""
    shape = re.compile(pattern)

    def parse(cell: str) -> str:
        if not shape.fullmatch(cell):
            raise BadCellError(remedy)
        return cell

    return parse


def flag(cell: str) -> bool:
    """0 or 1; empty is 0. The source's own marks for a new ("Ny") and a known ("x") task are understood."""
    known = {"": False, "0": False, "1": True, "x": False, "X": False, "Ny": True}
    if cell not in known:
        raise BadCellError("Skriv 0 eller 1.")
    return known[cell]


def whole(lowest: int, highest: int) -> Parser:
    """A whole number between two others, both included."""

    def parse(cell: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", cell) or not lowest <= int(cell) <= highest:
            raise BadCellError(f"Skriv et helt tal fra {lowest} til {highest}.")
        return int(cell)

    return parse


def number(lowest: str, highest: str, places: int = 2) -> Parser:
    """A decimal number, with a point."""

    def parse(cell: str) -> Decimal:
        try:
            value = Decimal(cell)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or not Decimal(lowest) <= value <= Decimal(highest):
            raise BadCellError(f"Skriv et tal fra {lowest} til {highest} med punktum som komma.")
        if round(value, places) != value:
            raise BadCellError(f"Skriv højst {places} decimaler.")
        return value

    return parse


def fraction(lowest: str, highest: str) -> Parser:
    """A number kept as a float."""
    exact = number(lowest, highest)
    return lambda cell: float(exact(cell))


def decimal_or_none(lowest: str, highest: str, places: int = 2) -> Parser:
    """A decimal number, or nothing where it is not known."""
    exact = number(lowest, highest, places)
    return lambda cell: exact(cell) if cell else None


def whole_or_none(lowest: int, highest: int) -> Parser:
    """A whole number, or nothing where it is not known."""
    exact = whole(lowest, highest)
    return lambda cell: exact(cell) if cell else None


def day(*, required: bool = True) -> Parser:
    """A date as YYYY-MM-DD."""

    def parse(cell: str) -> date | None:
        if not cell and not required:
            return None
        try:
            if len(cell) == len("2026-03-01"):
                return date.fromisoformat(cell)
        except ValueError:
            pass
        raise BadCellError("Skriv en dato som 2026-03-01" + ("." if required else ", eller intet."))

    return parse


def day_or_yearly(cell: str) -> tuple[int | None, int, int]:
    """YYYY-MM-DD, or MM-DD for every year: (year or None, month, day)."""
    try:
        if len(cell) == len("12-24"):
            each = date.fromisoformat(f"2024-{cell}")
            return None, each.month, each.day
        if len(cell) == len("2026-03-01"):
            one = date.fromisoformat(cell)
            return one.year, one.month, one.day
    except ValueError:
        pass
    raise BadCellError("Skriv en dato som 2026-12-24, eller 12-24 for hvert år.")


def clock_time(*, required: bool = True) -> Parser:
    """A time as HH:MM."""

    def parse(cell: str) -> time | None:
        if not cell and not required:
            return None
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", cell):
            raise BadCellError("Skriv et klokkeslæt som 08:30.")
        return time.fromisoformat(cell)

    return parse


def one_of(*choices: str) -> Parser:
    """One of these words."""

    def parse(cell: str) -> str:
        if cell not in choices:
            raise BadCellError("Vælg mellem: " + ", ".join(choices) + ".")
        return cell

    return parse


def several(parser: Parser) -> Parser:
    """Values with semicolons between them."""

    def parse(cell: str) -> list[Any]:
        found = [parser(part.strip()) for part in cell.split(";") if part.strip()]
        if len(set(found)) != len(found):
            raise BadCellError("Skriv hver værdi én gang.")
        return found

    return parse


@dataclass(frozen=True)
class Sheet:
    """One CSV file: its columns, and which of them together may stand only once."""

    columns: dict[str, Parser]
    key: tuple[str, ...]
    optional: bool = False  # a municipality may do without the file
