"""A roster as it is shown: week by week, who works when; what lacks, and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from indgang.desks.planning import words
from indgang.desks.planning.rostering import Shift
from indgang.desks.planning.shifts import monday_of
from indgang.desks.planning.values import RunRow

STATUS = {
    "optimal": _("Planen er den bedste, der findes under reglerne."),
    "feasible": _("Planen holder reglerne, men en bedre kan måske findes med mere tid."),
    "infeasible": _("Der blev ikke fundet nogen plan i tide."),
}


@dataclass(frozen=True)
class Week:
    """A week of the roster: names down, days across."""

    title: str
    days: list[str]
    rows: list[tuple[str, list[str]]]


def shown(row: RunRow, result: dict[str, Any]) -> dict[str, Any]:
    """The context of the page."""
    return {
        "weeks": _weeks(result),
        "status": STATUS.get(result["status"], result["status"]),
        "gap_to_best": words.share(result["gap_to_best"]),
        "cost": words.number(result["cost"], 1),
        "employees": list(enumerate(people(result))),
        "whys": [(words.why(why), number) for why, number in result.get("whys", [])],
        "given": row.input,
    }


def people(result: dict[str, Any]) -> list[str]:
    """Those with shifts, by name."""
    return sorted({one[2] for one in result["tables"]["shifts"]["rows"] if one[2]})


def shift_of(row: list[Any]) -> Shift:
    """A line of the table as the shift it was."""
    day, pattern, employee, count = row
    return Shift(date.fromisoformat(day), pattern, count, employee)


def _weeks(result: dict[str, Any]) -> list[Week]:
    by_week: dict[date, dict[str, list[str]]] = {}
    for day_text, pattern, employee, count in result["tables"]["shifts"]["rows"]:
        day = date.fromisoformat(day_text)
        week = by_week.setdefault(monday_of(day), {})
        cells = week.setdefault(employee or pattern, [""] * 7)
        cells[day.weekday()] = pattern if employee else str(count)
    return [
        Week(
            str(formats.date_format(monday, "j. F Y")),
            [str(formats.date_format(monday + timedelta(days=number), "D j. b")) for number in range(7)],
            sorted(rows.items()),
        )
        for monday, rows in sorted(by_week.items())
    ]
