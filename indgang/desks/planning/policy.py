"""The planner's calculations: pure, without Django, clock or database. In prose: docs/algorithms/."""

from indgang.desks.planning import beside
from indgang.desks.planning.counts import Counts, read_counts
from indgang.desks.planning.dimensioning import compare, dimension
from indgang.desks.planning.forecasting import Forecaster
from indgang.desks.planning.rostering import plan_names, plan_shifts
from indgang.desks.planning.shifts import read_employees, read_need, read_patterns
from indgang.desks.planning.staffing import Demand, Target, staffing_for

__all__ = [
    "Counts",
    "Demand",
    "Forecaster",
    "Target",
    "beside",
    "compare",
    "dimension",
    "plan_names",
    "plan_shifts",
    "read_counts",
    "read_employees",
    "read_need",
    "read_patterns",
    "staffing_for",
]
