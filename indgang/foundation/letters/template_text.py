"""Reads the text of a letter template: lines become parts of a letter, each with what it depends on.

## Heading                     - item or 1. item             > box: the first line is its heading
| header | header |            -- signature                  anything else: a paragraph until the next empty line
{{hvis: delvist, afslag}} ... {{slut}}: only with that outcome, or only when a field of that name has a value
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from indgang.foundation.letters.errors import TemplateWrong
from indgang.foundation.letters.merge_fields import FIELDS
from indgang.foundation.letters.values import MOST_COLUMNS, Outcome

OUTCOMES = {"medhold": Outcome.GRANTED, "delvist": Outcome.PARTLY, "afslag": Outcome.REFUSED}
_IF = re.compile(r"\{\{\s*hvis\s*:\s*([^{}]*?)\s*\}\}")
_END = re.compile(r"\{\{\s*slut\s*\}\}")
_NUMBER = re.compile(r"\d{1,3}\. +")


class Shape(StrEnum):
    """What a line begins."""

    HEADING = "heading"
    DOTS = "dots"
    NUMBERS = "numbers"
    BOX = "box"
    ROW = "row"
    SIGNATURE = "signature"
    TEXT = "text"


@dataclass(frozen=True)
class Part:
    """One part of a template: its lines without their marks, and on what it depends (empty: always there)."""

    shape: Shape
    lines: tuple[str, ...]
    line: int  # where it stands, from 1
    outcomes: frozenset[Outcome] = frozenset()
    fields: frozenset[str] = frozenset()

    def stands(self, outcome: str, present: frozenset[str]) -> bool:
        """Whether it is in a letter with this outcome and these fields filled in."""
        return (not self.outcomes or outcome in self.outcomes) and self.fields <= present


@dataclass(frozen=True)
class _Condition:
    line: int
    outcomes: frozenset[Outcome]
    fields: frozenset[str]


@dataclass(frozen=True)
class _Line:
    number: int
    shape: Shape
    text: str
    condition: _Condition | None


def parts(body: str) -> list[Part]:
    """The parts of a template in their order. Raises TemplateWrong with the line."""
    found: list[Part] = []
    group: list[_Line] = []
    for line in [*_lines(body), None]:
        if group and not (line and _together(group[-1], line)):
            found.append(_part(group))
            group = []
        if line:
            group.append(line)
    return found


def is_condition(text: str) -> bool:
    """Whether it is {{hvis: …}} or {{slut}}, which look like fields."""
    return bool(_IF.fullmatch(text) or _END.fullmatch(text))


def _lines(body: str) -> Iterator[_Line | None]:
    """Each line with its condition; None for an empty one and at the edge of a condition."""
    condition: _Condition | None = None
    number = 0
    for number, text in enumerate(body.splitlines(), 1):
        stripped = text.strip()
        if begun := _IF.fullmatch(stripped):
            if condition:
                raise _wrong(number, stripped, gettext("Afslut det første {{hvis}} med {{slut}} først."))
            condition = _condition(number, begun[1])
            yield None
        elif _END.fullmatch(stripped):
            if not condition:
                raise _wrong(number, stripped, gettext("Der er intet {{hvis: …}} at afslutte. Fjern linjen."))
            condition = None
            yield None
        else:
            yield _line(number, stripped, condition) if stripped else None
    if condition:
        raise _wrong(condition.line, "{{hvis: …}}", gettext("Tilføj {{slut}} på en linje for sig selv."))


def _condition(number: int, text: str) -> _Condition:
    names = [name.strip() for name in text.split(",")]
    strange = [name for name in names if name not in OUTCOMES and name not in FIELDS]
    if strange:
        remedy = gettext("Skriv medhold, delvist, afslag eller navnet på et felt.")
        raise _wrong(number, ", ".join(strange), remedy)
    outcomes = frozenset(OUTCOMES[name] for name in names if name in OUTCOMES)
    return _Condition(number, outcomes, frozenset(name for name in names if name in FIELDS))


def _line(number: int, text: str, condition: _Condition | None) -> _Line:
    if _IF.search(text) or _END.search(text):
        raise _wrong(number, text, gettext("{{hvis: …}} og {{slut}} skal stå alene på linjen."))
    marks = {"## ": Shape.HEADING, "# ": Shape.HEADING, "- ": Shape.DOTS, "-- ": Shape.SIGNATURE, "> ": Shape.BOX}
    for mark, shape in marks.items():
        if text.startswith(mark):
            return _Line(number, shape, text[len(mark) :].strip(), condition)
    if numbered := _NUMBER.match(text):
        return _Line(number, Shape.NUMBERS, text[numbered.end() :], condition)
    return _Line(number, Shape.ROW if text.startswith("|") else Shape.TEXT, text, condition)


def _together(before: _Line, line: _Line) -> bool:
    return before.shape == line.shape and line.shape != Shape.HEADING and before.condition == line.condition


def _part(group: list[_Line]) -> Part:
    first = group[0]
    texts = tuple(line.text for line in group)
    if first.shape == Shape.TEXT:
        texts = (" ".join(texts),)
    elif first.shape == Shape.BOX and len(texts) < 2:
        raise _wrong(first.number, first.text, gettext("Skriv boksens overskrift og dens tekst på hver sin linje."))
    elif first.shape == Shape.ROW:
        _check_rows(group)
    condition = first.condition or _Condition(0, frozenset(), frozenset())
    return Part(first.shape, texts, first.number, condition.outcomes, condition.fields)


def cells(row: str) -> list[str]:
    """The cells of "| a | b |"."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _check_rows(group: list[_Line]) -> None:
    columns = len(cells(group[0].text))
    if columns > MOST_COLUMNS:
        remedy = gettext("En tabel har højst {most} kolonner.").format(most=MOST_COLUMNS)
        raise _wrong(group[0].number, group[0].text, remedy)
    for line in group[1:]:
        if len(cells(line.text)) not in (1, columns):
            remedy = gettext("Rækken skal have {columns} felter, eller ét felt med en tabel.").format(columns=columns)
            raise _wrong(line.number, line.text, remedy)


def _wrong(number: int, shown: str, remedy: str) -> TemplateWrong:
    return TemplateWrong(line=number, shown=shown[:60], remedy=remedy)
