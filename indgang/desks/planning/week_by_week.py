"""A good plan to begin the search for who works with, made one week after the other. Pure; docs/algorithms/roster.md.

A week on its own is solved by HiGHS, first with parts of shifts (a bound: no plan can be cheaper), then with whole
shifts, among those the bound uses and among those it could use at no loss. Weeks already made stay as they are, so the
rules that reach from one week into the next hold as well.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array, vstack

from indgang.desks.planning.shifts import monday_of
from indgang.desks.planning.who_works import Program

Numbers = NDArray[np.float64]
MOST_SECONDS = 8.0  # for one week; a run nobody wants any more is computed on for no longer than that
_LEAST_SECONDS = 0.5  # for whole shifts, however long the bound took
_NOTHING = 1e-6  # what arithmetic with parts of shifts leaves over
_LOOK = 0.05  # seconds between two looks at whether to go on


@dataclass(frozen=True)
class _Rows:
    """The program as numbers: least <= rows @ x <= most, 0 <= x <= upper, and what each variable costs."""

    rows: csr_array
    least: Numbers
    most: Numbers
    upper: Numbers
    costs: Numbers

    def among(self, columns: NDArray[np.bool_], values: Numbers) -> "_Rows":
        """The rows these variables stand in; the others keep their values."""
        touched = np.asarray(np.abs(self.rows[:, columns]).sum(axis=1)).ravel() > 0
        fixed = self.rows[touched] @ np.where(columns, 0.0, values)
        inner = self.rows[touched][:, columns]
        return _Rows(
            inner, self.least[touched] - fixed, self.most[touched] - fixed, self.upper[columns], self.costs[columns]
        )

    def alone(self, columns: NDArray[np.bool_]) -> "_Rows":
        """Only the rows in which nothing but these variables stands: what holds whatever the others are."""
        outer = np.asarray(np.abs(self.rows[:, ~columns]).sum(axis=1)).ravel() > 0
        inner = self.rows[~outer][:, columns]
        return _Rows(inner, self.least[~outer], self.most[~outer], self.upper[columns], self.costs[columns])


def begin(program: Program, seconds: float, unwanted: threading.Event) -> float:
    """Give the program a plan to begin with; returns a penalty no plan can be below. Ends early when unwanted."""
    whole = _numbers(program)
    values = np.where(np.array(program.slack), whole.upper, 0.0)
    weeks = list(_weeks(program))
    each = min(MOST_SECONDS, seconds / max(1, len(weeks)))
    bound = 0.0
    for columns in weeks:
        began = monotonic()
        least = _beside(_parts(whole.alone(columns), each), unwanted)
        if least is None or least.status != 0:
            continue
        bound += least.fun
        slack, best = np.array(program.slack)[columns], np.inf
        week = whole.among(columns, values)
        for usable in (least.x > _NOTHING, least.lower.marginals < _NOTHING):  # the few shifts used are soon tried
            left = max(_LEAST_SECONDS, began + each - monotonic())
            found = _beside(_wholes(week, np.where(usable | slack, week.upper, 0.0), left), unwanted)
            if found is not None and found.x is not None and found.fun < best:
                values[columns], best = np.rint(found.x), found.fun
    for number, value in enumerate(values):
        program.model.add_hint(program.model.get_int_var_from_proto_index(number), int(value))
    return bound


def _weeks(program: Program) -> Iterator[NDArray[np.bool_]]:
    mondays = np.array([monday_of(program.days[d]).toordinal() for d in program.day_of])
    for monday in np.unique(mondays):
        yield mondays == monday


def _parts(week: _Rows, seconds: float) -> Callable[[], OptimizeResult]:
    above, below = np.isfinite(week.most), np.isfinite(week.least)
    rows = vstack([week.rows[above], -week.rows[below]])
    limits = np.concatenate([week.most[above], -week.least[below]])
    bounds = np.column_stack([np.zeros(len(week.upper)), week.upper])
    return lambda: linprog(week.costs, rows, limits, bounds=bounds, options={"time_limit": seconds})


def _wholes(week: _Rows, upper: Numbers, seconds: float) -> Callable[[], OptimizeResult]:
    rows = LinearConstraint(week.rows, week.least, week.most)
    return lambda: milp(
        week.costs,
        constraints=rows,
        bounds=Bounds(0, upper),
        integrality=np.ones(len(upper)),
        options={"time_limit": seconds},
    )


def _beside(work: Callable[[], OptimizeResult], unwanted: threading.Event) -> OptimizeResult | None:
    """HiGHS cannot be called off; when its answer is not wanted any more, nobody waits for it but the process's end."""
    found: list[OptimizeResult] = []
    thread = threading.Thread(target=lambda: found.append(work()), name="roster-week", daemon=False)
    if not unwanted.is_set():
        thread.start()
    while thread.is_alive() and not unwanted.is_set():
        thread.join(_LOOK)
    return found[0] if found else None


def _numbers(program: Program) -> _Rows:
    made = program.model.proto
    number: list[int] = []
    columns: list[int] = []
    factors: list[int] = []
    limits: list[tuple[float, float]] = []
    for row in made.constraints:
        if row.has_linear():
            names, weights, domain = list(row.linear.vars), list(row.linear.coeffs), list(row.linear.domain)
        else:
            names, domain = list(row.at_most_one.literals), [cp_model.INT_MIN, 1]
            weights = [1] * len(names)
        number += [len(limits)] * len(names)
        columns += names
        factors += weights
        limits.append((domain[0], domain[-1]))
    shape = (len(limits), len(made.variables))
    rows = csr_array((np.array(factors, dtype=float), (number, columns)), shape=shape)
    least, most = np.array(limits, dtype=float).T
    costs = np.zeros(shape[1])
    costs[list(made.objective.vars)] = list(made.objective.coeffs)
    upper = np.array([list(variable.domain)[-1] for variable in made.variables], dtype=float)
    return _Rows(rows, np.where(least < -1e15, -np.inf, least), np.where(most > 1e15, np.inf, most), upper, costs)
