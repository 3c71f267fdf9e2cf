"""Tables as files: CSV and spreadsheets in which nothing that was typed becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from indgang.desks.planning import words

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
_LONGEST_TITLE = 31


@dataclass(frozen=True)
class Sheet:
    """A table with its name; cells are text, numbers or nothing."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def sheet_of(code: str, table: dict[str, Any]) -> Sheet:
    """A table of a result, with names in the reader's language and figures as numbers."""
    columns = [words.COLUMNS[one] for one in table["columns"]]
    rows = [[_cell(column.kind, value) for column, value in zip(columns, row, strict=True)] for row in table["rows"]]
    return Sheet(str(words.TITLES[code]), [str(one.title) for one in columns], rows)


def as_csv(sheet: Sheet) -> str:
    """Semicolons and a byte order mark, as Danish spreadsheets read it; text that looks like a formula gets a quote."""
    file = io.StringIO()
    file.write(BOM)
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_quoted(one) for one in sheet.columns])
    writer.writerows([[_quoted(one) for one in row] for row in sheet.rows])
    return file.getvalue()


def as_workbook(sheets: Iterable[Sheet]) -> bytes:
    """One workbook; every text is kept as text."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(_title(sheet.title, book.sheetnames))
        for number, row in enumerate([sheet.columns, *sheet.rows], 1):
            for place, value in enumerate(row, 1):
                _put(page.cell(number, place), value, bold=number == 1)
        page.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook_answer(name: str, made: Sequence[Sheet]) -> HttpResponse:
    """A workbook as a file to fetch; an empty sheet where there is nothing."""
    response = HttpResponse(as_workbook(made or [Sheet("1", [], [])]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _put(cell: Any, value: Any, *, bold: bool) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)
    else:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)


def _title(wanted: str, taken: Sequence[str]) -> str:
    clean = "".join(sign for sign in wanted if sign not in "[]:*?/\\")[:_LONGEST_TITLE] or "1"
    return clean if clean not in taken else f"{clean[: _LONGEST_TITLE - 3]} {len(taken) + 1}"


def _cell(kind: str, value: Any) -> Any:
    return words.shown(kind, value) if kind in ("weekday", "stream", "why", "event") and value is not None else value


def _quoted(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value
