"""A roster as a piece of work: the need of some weeks, patterns and employees."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any

from indgang.desks.planning.need_shares import parted
from indgang.desks.planning.rostering import Gap, Roster, plan_names, plan_shifts
from indgang.desks.planning.shifts import Need, read_employees, read_need, read_patterns
from indgang.desks.planning.weeks import OF_DAY, SLOT_MINUTES

Progress = Callable[[float], None]
_BUILT = 0.1  # of the work, until the search begins


def plan(given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """With employees: who works when. Without: how many of each shift."""
    needs, patterns = list(needs_of(given)), read_patterns(given["patterns"])
    progress(_BUILT / 2)
    if not given["employees"]:
        return _facts(plan_shifts(needs, patterns), given)
    employees = read_employees(given["employees"])
    began = monotonic()

    def alive() -> None:
        progress(_BUILT + (0.99 - _BUILT) * min(1.0, (monotonic() - began) / given["seconds"]))

    names = given.get("names", {})
    roster = plan_names(needs, patterns, employees, seconds=given["seconds"], alive=alive, names=names)
    progress(0.99)
    return _facts(roster, given)


def needs_of(given: dict[str, Any]) -> Iterator[Need]:
    """The need of a file as it stands there; else the week's need on the dates asked for, shared on competences."""
    if "need_file" in given:
        yield from read_need(given["need_file"])
        return
    first = date.fromisoformat(given["first"])
    shares = [(code, share) for code, share in given.get("shares", [])]
    for week in range(given["weeks"]):
        for slot, count in enumerate(given["need"]):
            day = first + timedelta(days=7 * week + slot // OF_DAY)
            start = datetime.combine(day, time()) + timedelta(minutes=SLOT_MINUTES * (slot % OF_DAY))
            for competence, people in parted(count, shares):
                if people > 0:
                    yield Need(start, SLOT_MINUTES, people, competence)


def _facts(found: Roster, given: dict[str, Any]) -> dict[str, Any]:
    names = given.get("names", {})
    shifts = [[one.day.isoformat(), one.pattern, one.employee, one.count] for one in found.shifts]
    gaps = [
        [
            one.need.start.isoformat(),
            names.get(one.need.competence, one.need.competence),
            one.missing,
            [one.template, one.facts],
        ]
        for one in found.gaps
    ]
    whys: dict[str, Gap] = {one.why: one for one in found.gaps}
    often = Counter(one.why for one in found.gaps)
    return {
        "status": found.status,
        "cost": round(found.cost, 1),
        "uncovered": found.uncovered,
        "gap_to_best": round(found.gap_to_best, 4),
        "wishes_missed": list(found.wishes_missed),
        "named": bool(given["employees"]),
        "whys": [[[whys[why].template, whys[why].facts], number] for why, number in often.most_common()],
        "tables": {
            "shifts": {"columns": ["day", "pattern", "employee", "people"], "rows": shifts},
            "gaps": {"columns": ["start", "competence", "missing", "why"], "rows": gaps},
            "hours": {"columns": ["employee", "hours"], "rows": [[k, v] for k, v in found.hours.items()]},
        },
    }
