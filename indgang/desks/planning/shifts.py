"""Needs, shift patterns and employees of a roster, read from CSV. Pure; every fault is named by line and column."""

import csv
import io
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from indgang.desks.planning.errors import BadColumns, BadTime, RosterFaulty, RosterLacks

Read = TypeVar("Read")
ANY = ""  # the competence of work anybody on the roster can do
MOST_HOURS = 60  # a week; nobody may be planned for more
MOST_DAYS = 400  # of a period of absence


@dataclass(frozen=True)
class Need:
    """So many people at work in one interval, knowing a competence."""

    start: datetime
    minutes: int
    count: int
    competence: str = ANY


@dataclass(frozen=True)
class Pattern:
    """A shift: from and to, minutes after midnight, with at most one break; weekdays it may be worked, Monday is 0."""

    name: str
    start: int
    end: int
    break_start: int = 0
    break_minutes: int = 0
    cost: float = 0.0  # of one shift; 0: its working hours
    weekdays: frozenset[int] = frozenset(range(7))

    @property
    def working_minutes(self) -> int:
        """Paid time without the break."""
        return self.end - self.start - self.break_minutes

    @property
    def price(self) -> float:
        """What one shift costs."""
        return self.cost or self.working_minutes / 60

    def covers(self, minute: int, length: int) -> bool:
        """Whether somebody on this shift is at work all through the interval."""
        if not (self.start <= minute and minute + length <= self.end):
            return False
        return (
            not self.break_minutes
            or minute + length <= self.break_start
            or minute >= self.break_start + self.break_minutes
        )


@dataclass(frozen=True)
class Employee:
    """Somebody who can be given shifts."""

    name: str
    hours: float  # a week, at most
    least_hours: float = 0.0
    competences: frozenset[str] = frozenset()
    absent: frozenset[date] = frozenset()
    wishes_free: frozenset[date] = frozenset()
    earliest: int = 0  # minutes after midnight
    latest: int = 24 * 60
    id: int | None = None  # in the register of employees; None: known by name alone


def read_need(text: str) -> list[Need]:
    """Columns start (ISO), need; optional competence, minutes (else the shortest step between two starts)."""
    rows = _rows(text, ("start", "need"))
    needs = [
        Need(row.moment("start"), row.whole("minutes", 0), row.whole("need"), row.text("competence")) for row in rows
    ]
    starts = sorted({need.start for need in needs})
    steps = [int((b - a).total_seconds() // 60) for a, b in itertools.pairwise(starts)]
    usual = min(steps, default=30)
    return [need if need.minutes else Need(need.start, usual, need.count, need.competence) for need in needs]


def read_patterns(text: str) -> list[Pattern]:
    """Columns name, start, end (HH:MM); optional break_start, break_minutes, cost, weekdays (1234567)."""
    found: dict[str, Pattern] = {}
    for row in _rows(text, ("name", "start", "end")):
        if not row.text("name") or row.text("name") in found:
            raise row.faulty("name", "et navn, ingen anden vagt har")
        found[row.text("name")] = _pattern(row)
    return list(found.values())


def read_employees(text: str) -> list[Employee]:
    """Columns name, hours; optional least_hours, competences, absent, wishes_free (days, blanks between, a period as
    2026-07-06..2026-07-24), earliest, latest, id."""
    seen: set[str] = set()
    return [_employee(row, seen) for row in _rows(text, ("name", "hours"))]


def _employee(row: "_Row", seen: set[str]) -> Employee:
    name, hours, least = row.text("name"), row.number("hours"), row.number("least_hours", 0.0)
    if not name or name in seen:
        raise row.faulty("name", "et navn, ingen anden har; skriv f.eks. et tal efter")
    if hours > MOST_HOURS:
        raise row.faulty("hours", f"timer om ugen, højst {MOST_HOURS}")
    if least > hours:
        raise row.faulty("least_hours", "højst så mange timer, som der står i hours")
    earliest, latest = row.minute("earliest", 0), row.minute("latest", 24 * 60)
    if earliest >= latest:
        raise row.faulty("latest", "et klokkeslæt efter earliest")
    seen.add(name)
    known = frozenset(row.text("competences").split())
    key = row.whole("id", 0) or None
    return Employee(name, hours, least, known, row.days("absent"), row.days("wishes_free"), earliest, latest, key)


def _pattern(row: "_Row") -> Pattern:
    given = row.text("weekdays")
    if any(one not in "1234567" for one in given):
        raise row.faulty("weekdays", "ugedage som 12345; 1 er mandag")
    weekdays = frozenset(int(one) - 1 for one in given) or frozenset(range(7))
    pattern = Pattern(
        row.text("name"),
        row.minute("start"),
        row.minute("end"),
        row.minute("break_start", 0),
        row.whole("break_minutes", 0),
        row.number("cost", 0.0),
        weekdays,
    )
    if pattern.working_minutes <= 0:
        raise row.faulty("end", "et klokkeslæt efter vagtens start og pause")
    end_of_break = pattern.break_start + pattern.break_minutes
    if pattern.break_minutes and not pattern.start <= pattern.break_start < end_of_break <= pattern.end:
        raise row.faulty("break_start", "et klokkeslæt, så pausen ligger i vagten")
    return pattern


@dataclass(frozen=True)
class _Row:
    line: int
    cells: Mapping[str, str]

    def faulty(self, column: str, what: str) -> RosterFaulty:
        return RosterFaulty(
            field=column, line=self.line, column=column, value=self.cells.get(column, "")[:40], what=what
        )

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def number(self, column: str, default: float | None = None) -> float:
        return self._read(column, lambda cell: float(cell.replace(",", ".")), "et tal fra 0 og op", default)

    def whole(self, column: str, default: int | None = None) -> int:
        return self._read(column, int, "et helt tal fra 0 og op", default)

    def minute(self, column: str, default: int | None = None) -> int:
        return self._read(column, _minute, "et klokkeslæt som 08:30", default)

    def days(self, column: str) -> frozenset[date]:
        try:
            return days_of(self.text(column))
        except ValueError:
            what = "dage som 2026-03-02 eller 2026-07-06..2026-07-24, med mellemrum imellem"
            raise self.faulty(column, what) from None

    def moment(self, column: str) -> datetime:
        try:
            return datetime.fromisoformat(self.text(column)).replace(tzinfo=None)
        except ValueError:
            value = self.text(column)[:40] or "ingenting"
            raise BadTime(field=column, line=self.line, column=column, value=value) from None

    def _read(self, column: str, read: Callable[[str], Read], what: str, default: Read | None) -> Read:
        cell = self.text(column)
        if not cell and default is not None:
            return default
        try:
            value = read(cell)
        except ValueError:
            raise self.faulty(column, what) from None
        if not 0 <= float(value) < 1e7:  # type: ignore[arg-type]
            raise self.faulty(column, what)
        return value


def _minute(cell: str) -> int:
    if cell in ("24:00", "24"):
        return 24 * 60
    at = time.fromisoformat(cell if ":" in cell else f"{int(cell):02d}:00")
    return at.hour * 60 + at.minute


def _rows(text: str, needed: Sequence[str]) -> list[_Row]:
    delimiter = max(";,\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    names = [(name or "").strip().lower() for name in reader.fieldnames or []]
    for name in needed:
        if name not in names:
            raise BadColumns(field=name, wanted=name, found=", ".join(names) or "ingen")
    reader.fieldnames = names
    rows = [
        _Row(
            line, {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) or value is None}
        )
        for line, row in enumerate(reader, 2)
    ]
    filled = [row for row in rows if any(row.cells.values())]
    if not filled:
        raise RosterLacks(field="file", what=", ".join(needed))
    return filled


def days_of(text: str) -> frozenset[date]:
    """Days with blanks between; a period as 2026-07-06..2026-07-24. Raises ValueError."""
    days: set[date] = set()
    for one in text.split():
        first_text, _dots, last_text = one.partition("..")
        first = date.fromisoformat(first_text)
        last = date.fromisoformat(last_text) if last_text else first
        if not 0 <= (last - first).days <= MOST_DAYS:
            raise ValueError(one)
        days.update(first + timedelta(days=number) for number in range((last - first).days + 1))
    return frozenset(days)


def minute_of(moment: datetime) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())
