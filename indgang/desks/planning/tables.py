"""Tables as they are shown."""

from dataclasses import dataclass
from typing import Any

from indgang.desks.planning import words
from indgang.desks.planning.words import COLUMNS, TITLES, Column

MOST_ROWS = 1500


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and in which column."""

    text: str
    column: Column


@dataclass(frozen=True)
class Table:
    """A table in the reader's language."""

    code: str
    title: str
    columns: list[Column]
    rows: list[list[Cell]]
    more: int = 0  # rows that only the file has


def table_of(code: str, table: dict[str, Any]) -> Table:
    """Every cell in words."""
    columns = [COLUMNS[one] for one in table["columns"]]
    rows = [
        [Cell(words.shown(column.kind, value), column) for column, value in zip(columns, row, strict=True)]
        for row in table["rows"][:MOST_ROWS]
    ]
    return Table(code, str(TITLES[code]), columns, rows, max(0, len(table["rows"]) - MOST_ROWS))
