"""The staffing of a usual week as a piece of work: people at work and people to be planned for, by half-hour."""

import math
from collections.abc import Callable
from typing import Any

from indgang.desks.planning.staffing import Demand, Staffing, Target, check, staffing_for
from indgang.desks.planning.weeks import OF_DAY, time_of

Progress = Callable[[float], None]
COLUMNS = [
    "weekday", "time", "count", "load", "agents", "positions", "service_level", "mean_wait", "p_abandon", "occupancy",
]  # fmt: skip


def plan(given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Each half-hour with inquiries by itself; the queue is taken to settle within it: Erlang C, A with patience."""
    rows: list[list[Any]] = []
    for slot, count in enumerate(given["week"]):
        if count > 0:
            demand = Demand(2 * count, given["handling"], given["patience"])
            rows.append([slot // OF_DAY, time_of(slot), round(count, 2), round(demand.load, 2), *_met(demand, given)])
        progress(slot / len(given["week"]))
    return {
        "hours_at_work": sum(row[4] for row in rows) / 2,
        "hours_planned": sum(row[5] for row in rows) / 2,
        "tables": {"need": {"columns": COLUMNS, "rows": rows}},
    }


def refuse_impossible(given: dict[str, Any]) -> None:
    """Refuse figures that cannot be, before anything is queued: one busy half-hour is tried."""
    demand = Demand(2 * max(given["week"], default=0.0), given["handling"], given["patience"])
    check(demand, target_of(given), given["shrinkage"], given["max_occupancy"])
    _staffed(demand, given)


def target_of(given: dict[str, Any]) -> Target:
    """The target that was typed."""
    return Target(given["share"], given["within"])


def _met(demand: Demand, given: dict[str, Any]) -> list[Any]:
    found = _staffed(demand, given)
    figures = found.figures
    shares = [round(figures.service_level, 4), _finite(figures.mean_wait)]
    return [found.agents, found.positions, *shares, round(figures.p_abandon, 4), round(figures.occupancy, 4)]


def _staffed(demand: Demand, given: dict[str, Any]) -> Staffing:
    return staffing_for(
        demand,
        target_of(given),
        shrinkage=given["shrinkage"],
        max_occupancy=given["max_occupancy"],
        agents=given.get("agents"),
    )


def _finite(value: float) -> float | None:
    """A wait without end has no number."""
    return None if math.isinf(value) else round(value, 2)
