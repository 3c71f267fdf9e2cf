"""A result as it is shown: tables in the reader's language, pictures, and the page that explains a formula."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt

from indgang.desks.planning import comparing, rosters_shown, trials_shown, words
from indgang.desks.planning.counts import Counts
from indgang.desks.planning.pictures import Band, Line, picture
from indgang.desks.planning.refusals import told
from indgang.desks.planning.sheets import Sheet, sheet_of
from indgang.desks.planning.tables import Table, table_of
from indgang.desks.planning.values import Kind, RunRow, note_in_words
from indgang.foundation.access.errors import NotFound

FORMULAS = frozenset({"erlang", "staffing", "forecast", "simulation", "dimensioning", "costs", "roster"})
WEEK_SHOWN = 7
DAYS_SHOWN = 400


def counts_shown(counts: Counts) -> dict[str, Any]:
    """Totals by day as a picture and a table."""
    totals = np.nansum(counts.values, axis=1)
    days = [counts.day(number) for number in range(counts.days)][-DAYS_SHOWN:]
    values = [float(one) for one in totals[-DAYS_SHOWN:]]
    marks = [(place, formats.date_format(day, "b Y")) for place, day in enumerate(days) if day.day == 1]
    step = max(1, len(marks) // 8)
    told = gettext("{days} dage, {total} henvendelser; den travleste dag havde {most}.").format(
        days=words.number(counts.days), total=words.number(float(totals.sum())), most=words.number(max(values))
    )
    title = gettext("Henvendelser dag for dag")
    rows = [[day.isoformat(), value] for day, value in zip(days, values, strict=True)]
    return {
        "picture": picture("dage", title, told, [Line(title, 1, values)], marks[::step]),
        "told": told,
        "table": table_of("days", {"columns": ["day", "count"], "rows": rows}),
    }


def shown(row: RunRow) -> dict[str, Any]:
    """The context of a finished piece of work."""
    result = row.result or {}
    tables = [table_of(code, table) for code, table in result["tables"].items()]
    return {"result": result, "tables": tables, **_SHOWN[row.kind](row, result)}


def sheets_of(row: RunRow) -> list[Sheet]:
    """Every table of a result; a comparison begins with the page that holds the options side by side."""
    result = row.result or {}
    first = [comparing.overview_sheet(result)] if row.kind == Kind.COMPARE else []
    return first + [sheet_of(code, table) for code, table in result["tables"].items()]


def formula(name: str) -> SafeString:
    """A page of docs/algorithms, in Danish or English by the reader's language. Raises NotFound."""
    if name not in FORMULAS:
        raise NotFound
    folder = settings.ROOT / "docs" / "algorithms"
    path = (folder if get_language() == "en" else folder / "da") / f"{name}.md"
    text = path.read_text(encoding="utf-8").replace("# ", "## ", 1)
    drawn = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    wide = str(drawn).replace("<pre>", '<pre tabindex="0">')
    wide = wide.replace("<table>", '<div class="plan-scroll" tabindex="0"><table class="plan-table">')
    return mark_safe(wide.replace("</table>", "</table></div>"))  # noqa: S308 (our own page, no HTML in it)


@dataclass(frozen=True)
class Way:
    """A way of forecasting, and how far it was off."""

    name: str
    by_interval: str
    by_day: str


@dataclass(frozen=True)
class Proof:
    """How well the past was told: by the forecast, by the mean of four same weekdays, and by others asked for."""

    days: int
    ways: list[Way]
    inside: str
    is_better: bool
    has_others: bool
    lacks: str  # why others could not be held beside it


def _forecast(row: RunRow, result: dict[str, Any]) -> dict[str, Any]:
    today = result["tables"].get("today")
    return {
        "notes": [note_in_words(note) for note in result["notes"]],
        "picture": _bands("uge", gettext("De næste syv dage"), result["tables"]["intervals"]["rows"]),
        "today_picture": _bands("idag", gettext("I dag"), today["rows"]) if today else "",
        "week_total": words.number(sum(result["week"])),
        "proof": _proof(result) if result["proof"] else None,
    }


def _proof(result: dict[str, Any]) -> Proof:
    """The proof with the other ways; those were not asked for in older forecasts."""
    proof, others, lacks = result["proof"], result.get("beside", []), result.get("beside_lacks")
    ways = [
        (gettext("Prognosen"), proof["wape"], proof["day_wape"]),
        (gettext("Fire ugers gennemsnit"), proof["naive_wape"], proof["naive_day_wape"]),
        *((f"statsforecast: {one['model']}", one["wape"], one["day_wape"]) for one in others),
    ]
    return Proof(
        proof["days"],
        [Way(name, words.share(by_interval), words.share(by_day)) for name, by_interval, by_day in ways],
        words.share(proof["coverage80"]),
        proof["wape"] < proof["naive_wape"],
        bool(others),
        f"{told(lacks['error'], lacks['error_facts'])} ({lacks['error_code']})" if lacks else "",
    )


def _bands(key: str, title: str, rows: list[list[Any]]) -> SafeString:
    first = date.fromisoformat(rows[0][0][:10]) if rows else date.min
    near = [row for row in rows if (date.fromisoformat(row[0][:10]) - first).days < WEEK_SHOWN]
    marks: list[tuple[int, str]] = []
    for place, row in enumerate(near):
        if not place or row[0][:10] != near[place - 1][0][:10]:
            marks.append((place, formats.date_format(date.fromisoformat(row[0][:10]), "D j. b")))
    nothing: list[Any] = ["", 0, 0, 0]
    busiest = max(near, key=lambda row: row[1], default=nothing)
    told = gettext("{total} henvendelser ventes. Flest {start}: {mean}, mellem {low} og {high}.").format(
        total=words.number(sum(row[1] for row in near)),
        start=words.moment(busiest[0]) if busiest[0] else "–",
        mean=words.number(busiest[1]),
        low=words.number(busiest[2]),
        high=words.number(busiest[3]),
    )
    line = Line(title, 1, [row[1] for row in near])
    return picture(key, title, told, [line], marks, Band([row[2] for row in near], [row[3] for row in near]))


def _staffing(row: RunRow, result: dict[str, Any]) -> dict[str, Any]:
    rows = result["tables"]["need"]["rows"]
    marks = [
        (place, str(words.WEEKDAYS[one[0]]))
        for place, one in enumerate(rows)
        if not place or one[0] != rows[place - 1][0]
    ]
    most = max(rows, key=lambda one: one[4], default=None)
    told = (
        gettext("Flest på arbejde {weekday} kl. {time}: {agents}.").format(
            weekday=words.WEEKDAYS[most[0]], time=most[1], agents=most[4]
        )
        if most
        else gettext("Der kommer ingen.")
    )
    lines = [
        Line(gettext("Skal planlægges"), 2, [one[5] for one in rows], steps=True),
        Line(gettext("På arbejde"), 1, [one[4] for one in rows], steps=True),
    ]
    return {
        "picture": picture("behov", gettext("Bemanding i en sædvanlig uge"), told, lines, marks),
        "lines": lines,
        "hours_at_work": words.number(result["hours_at_work"], 1),
        "hours_planned": words.number(result["hours_planned"], 1),
        "full_time": words.number(result["hours_planned"] / 37, 1),
        "given": row.input,
    }


_SHOWN: dict[str, Callable[[RunRow, dict[str, Any]], dict[str, Any]]] = {
    Kind.FORECAST: _forecast,
    Kind.STAFFING: _staffing,
    Kind.COMPARE: lambda row, result: comparing.shown(result),
    Kind.ROSTER: lambda row, result: rosters_shown.shown(row, result),
    Kind.TRIAL: trials_shown.shown,
}


def made_at(row: RunRow) -> datetime:
    """When it ended; a finished piece of work has an end."""
    return row.ended_at or row.asked_at


__all__ = ["FORMULAS", "Table", "counts_shown", "formula", "made_at", "sheets_of", "shown"]
