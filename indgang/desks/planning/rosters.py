"""A roster as a piece of work: the need of a week, so many weeks, patterns and employees."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from indgang.desks.planning.rostering import Roster, plan_names, plan_shifts
from indgang.desks.planning.shifts import Need, read_employees, read_patterns
from indgang.desks.planning.weeks import OF_DAY, SLOT_MINUTES

Progress = Callable[[float], None]


def plan(given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """With employees: who works when. Without: how many of each shift."""
    needs, patterns = list(needs_of(given)), read_patterns(given["patterns"])
    progress(0.05)
    if not given["employees"]:
        return _facts(plan_shifts(needs, patterns), given)
    found = 0

    def heard(penalty: float, bound: float) -> bool:
        nonlocal found
        found += 1
        progress(min(0.95, 0.1 + 0.05 * found))
        return True

    employees = read_employees(given["employees"])
    roster = plan_names(needs, patterns, employees, seconds=given["seconds"], progress=heard)
    progress(0.99)
    return _facts(roster, given)


def needs_of(given: dict[str, Any]) -> Iterator[Need]:
    """The week's need on the dates asked for."""
    first = date.fromisoformat(given["first"])
    for week in range(given["weeks"]):
        for slot, count in enumerate(given["need"]):
            if count > 0:
                day = first + timedelta(days=7 * week + slot // OF_DAY)
                start = datetime.combine(day, time()) + timedelta(minutes=SLOT_MINUTES * (slot % OF_DAY))
                yield Need(start, SLOT_MINUTES, count)


def _facts(found: Roster, given: dict[str, Any]) -> dict[str, Any]:
    shifts = [[one.day.isoformat(), one.pattern, one.employee, one.count] for one in found.shifts]
    gaps = [[one.need.start.isoformat(), one.missing, one.why] for one in found.gaps]
    return {
        "status": found.status,
        "cost": round(found.cost, 1),
        "uncovered": found.uncovered,
        "gap_to_best": round(found.gap_to_best, 4),
        "wishes_missed": list(found.wishes_missed),
        "named": bool(given["employees"]),
        "tables": {
            "shifts": {"columns": ["day", "pattern", "employee", "people"], "rows": shifts},
            "gaps": {"columns": ["start", "missing", "why"], "rows": gaps},
            "hours": {"columns": ["employee", "hours"], "rows": [[k, v] for k, v in found.hours.items()]},
        },
    }
