"""The rows of a list of cases: a list has many, so a row is drawn once for each of its shapes, and filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from unicodedata import normalize

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from indgang.core.cases.values import CaseRow
from indgang.desks.workplace import case_ways
from indgang.foundation.runtime import clock


@dataclass(frozen=True)
class Line:
    """A case as the list says it; nothing is left for the template to work out."""

    place: str  # in the list
    id: str
    number: str
    address: str
    title: str
    task: str  # where the title does not say it
    person: str
    progress: str
    waiting: str
    with_whom: str
    day: str
    overdue: bool


def drawn(rows: Iterable[CaseRow]) -> SafeString:
    """The rows of the table."""
    language = get_language()
    lines = (_line(place, row, language) for place, row in enumerate(rows, 1))
    return mark_safe("".join(_filled(line, language) for line in lines))  # noqa: S308 (escaped word by word)


def _filled(line: Line, language: str | None) -> str:
    shape = _shape(bool(line.task), bool(line.waiting), bool(line.day), line.overdue, language)
    return shape.format_map({name: escape(said) for name, said in vars(line).items()})


@cache
def _shape(task: bool, waiting: bool, day: bool, overdue: bool, _language: str | None) -> str:
    """A row with the names of its words in braces; without some of them it looks otherwise."""
    names = {name: f"{{{name}}}" for name in Line.__annotations__}
    empty = {"task": task, "waiting": waiting, "day": day}
    blank = names | {name: "" for name, has in empty.items() if not has} | {"overdue": overdue}
    return render_to_string("workplace/case/parts/row.html", {"row": blank})


def _line(place: int, row: CaseRow, language: str | None) -> Line:
    return Line(
        place=str(place),
        id=str(row.id),
        number=row.number,
        address=case_ways.address(row.number),
        title=_cut(row.title, 80),
        task=_cut(row.task_title, 40) if row.task_title != row.title else "",
        person=row.person_shown or "",
        progress=row.progress_name,
        waiting=row.waiting_name if row.waiting else "",
        with_whom=row.handler_name or row.unit_name,
        day=_day(clock.local(row.deadline).date(), language) if row.deadline else "",
        overdue=row.overdue,
    )


def _cut(text: str, longest: int) -> str:
    whole = normalize("NFC", text)
    return whole if len(whole) <= longest else Truncator(text).chars(longest)


@lru_cache(maxsize=1000)
def _day(day: date, _language: str | None) -> str:
    return date_format(day, "j. b Y")
