"""Counts of inquiries by interval, read from CSV. Pure; every fault is named by line and column."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from indgang.desks.planning.errors import BadColumns, BadCount, BadEncoding, BadTime, NoCounts, TwiceCounted
from indgang.desks.planning.unusual_days import Note, unusual_days

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = ";,\t|"
START_NAMES = ("start", "tidspunkt", "tid", "dato", "time", "date")
COUNT_NAMES = ("count", "antal", "calls", "henvendelser", "opkald", "y")
MINUTES_OF_DAY = 1440
Floats = NDArray[np.float64]


@dataclass
class Counts:
    """Counts by day and interval of the day, local time; not a number where nothing was counted."""

    first: date
    minutes: int  # length of an interval
    values: Floats  # days x intervals
    calendar: dict[str, Floats] = field(default_factory=dict)  # column -> one number a day, days to come included
    notes: list[Note] = field(default_factory=list)  # what was seen and how it is taken

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.values)

    def day(self, number: int) -> date:
        """The date of a day by its number."""
        return self.first + timedelta(days=number)


@dataclass(frozen=True)
class _Row:
    line: int
    start: datetime
    count: float | None  # None: a day to come, told for its calendar
    calendar: tuple[float, ...]


def read_counts(content: bytes, minutes: int = 30) -> Counts:
    """Read CSV with the columns start (ISO, local) and count; further columns of numbers are calendar facts.

    Rows without a count tell the calendar of days to come. Separators ; , tab and |, UTF-8 and Windows-1252, Danish
    and English names and decimal commas are understood. Raises the refusals of `errors`, naming line and column.
    """
    if minutes < 1 or MINUTES_OF_DAY % minutes:
        raise BadCount(
            field="interval", line=0, column="interval", value=minutes, what="et antal minutter, der går op i et døgn"
        )
    text = _text(content)
    dialect = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=dialect)
    names = [name.strip().lower() for name in next(reader, [])]
    start, count = _column(names, START_NAMES, "start"), _column(names, COUNT_NAMES, "count")
    others = [number for number in range(len(names)) if number not in (start, count) and names[number]]
    rows = [row for row in _rows(reader, names, (start, count), others)]
    if not any(row.count is not None for row in rows):
        raise NoCounts(field="count")
    return _grid(rows, minutes, [names[number] for number in others])


def _text(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadEncoding(field="file")


def _column(names: Sequence[str], known: Sequence[str], wanted: str) -> int:
    for name in known:
        if name in names:
            return names.index(name)
    raise BadColumns(field=wanted, wanted=wanted, found=", ".join(names) or "ingen")


def _rows(
    reader: Iterator[list[str]], names: Sequence[str], needed: tuple[int, int], others: Sequence[int]
) -> Iterator[_Row]:
    for line, cells in enumerate(reader, 2):
        if not any(cell.strip() for cell in cells):
            continue
        cells += [""] * (len(names) - len(cells))
        start = _time(cells[needed[0]], line, names[needed[0]])
        count = cells[needed[1]].strip()
        number = _number(count, line, names[needed[1]]) if count else None
        yield _Row(line, start, number, tuple(_flag(cells[i], line, names[i]) for i in others))


def _time(text: str, line: int, column: str) -> datetime:
    try:
        given = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadTime(field=column, line=line, column=column, value=text.strip()[:40] or "ingenting") from None
    return given if given.tzinfo is None else given.astimezone(COPENHAGEN).replace(tzinfo=None)


def _number(text: str, line: int, column: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise BadCount(field=column, line=line, column=column, value=text[:40], what="et tal") from None
    if not 0 <= number < 1e9:
        raise BadCount(field=column, line=line, column=column, value=text[:40], what="et tal fra 0 og op")
    return number


def _flag(text: str, line: int, column: str) -> float:
    words = {"": 0.0, "ja": 1.0, "yes": 1.0, "true": 1.0, "nej": 0.0, "no": 0.0, "false": 0.0}
    cell = text.strip().lower()
    if cell in words:
        return words[cell]
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        raise BadCount(field=column, line=line, column=column, value=text[:40], what="et tal, ja eller nej") from None


def _grid(rows: list[_Row], minutes: int, names: list[str]) -> Counts:
    counted = [row for row in rows if row.count is not None]
    first = min(row.start for row in counted).date()
    last = max(row.start for row in counted).date()
    slots = MINUTES_OF_DAY // minutes
    values = np.full(((last - first).days + 1, slots), np.nan)
    notes = _twice(counted)
    for row in counted:
        day, slot = (row.start.date() - first).days, (row.start.hour * 60 + row.start.minute) // minutes
        values[day, slot] = (0.0 if np.isnan(values[day, slot]) else values[day, slot]) + float(row.count or 0.0)
    horizon = (max(row.start for row in rows).date() - first).days + 1
    calendar = {name: np.zeros(horizon) for name in names}
    for row in rows:
        day = (row.start.date() - first).days
        for name, value in zip(names, row.calendar, strict=True):
            if day >= 0:
                calendar[name][day] = value if abs(value) > abs(calendar[name][day]) else calendar[name][day]
    return Counts(first, minutes, values, calendar, notes + unusual_days(first, values))


def _twice(rows: list[_Row]) -> list[Note]:
    """The hour that comes twice in autumn is added up; anything else counted twice is refused."""
    seen: dict[datetime, int] = {}
    summed: Counter[date] = Counter()
    for row in rows:
        if row.start in seen:
            if not _is_repeated_hour(row.start):
                raise TwiceCounted(field="start", line=row.line, first=seen[row.start], start=row.start.isoformat())
            summed[row.start.date()] += 1
        seen[row.start] = row.line
    return [{"what": "summer_time", "day": day.isoformat(), "number": number} for day, number in summed.items()]


def _is_repeated_hour(start: datetime) -> bool:
    early, late = start.replace(tzinfo=COPENHAGEN, fold=0), start.replace(tzinfo=COPENHAGEN, fold=1)
    return early.utcoffset() != late.utcoffset()
