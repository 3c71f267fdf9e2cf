"""Shifts that cover a need, and who works them. Pure; in prose: docs/algorithms/roster.md.

`plan_shifts` chooses how many of each pattern a day needs (HiGHS, exact). `plan_names` gives shifts to employees by the
rules of working time (HiGHS and CP-SAT), with proof of how near the best it is.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from time import monotonic
from types import MappingProxyType

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp

from indgang.desks.planning.errors import Stopped
from indgang.desks.planning.shifts import ANY, Employee, Need, Pattern, minute_of
from indgang.desks.planning.week_by_week import begin
from indgang.desks.planning.who_works import UNCOVERED, Program

Why = tuple[str, dict[str, int | str]]
NO_SHIFT = "ingen vagt dækker tidspunktet"
FEW_KNOW, FEW = "kun {able} kan {what}", "kun {able} kan opgaven"
ABSENT = "{absent} af de {able}, der kan, er fraværende"
AT_ONCE = "der skal bruges {needed} på samme tid, og der er kun {all} medarbejdere"
WHOLE_DAY = "dagen kræver mindst {needed} på vagt, og kun {here} er der den dag"
BUSY = "de, der kan, har ikke flere timer, mangler hvile eller er optaget af andet"
_TO_BEGIN = 0.5  # of the time, at most, for a plan to begin with
_LOOK = 0.2  # seconds between two looks at whether anybody still wants the plan


@dataclass(frozen=True)
class Shift:
    """A pattern on a day: worked by a named employee, or by so many."""

    day: date
    pattern: str
    count: int = 1
    employee: str = ""


@dataclass(frozen=True)
class Gap:
    """Somebody lacks in an interval, and why."""

    need: Need
    missing: int
    template: str  # the sentence with its places open, so that it can be told in any language
    facts: dict[str, int | str] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """The sentence."""
        return self.template.format(**self.facts)


@dataclass(frozen=True)
class Roster:
    """The shifts, what is not covered, and how good the plan is."""

    status: str  # optimal, feasible, infeasible
    cost: float
    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...] = ()
    gap_to_best: float = 0.0  # share by which the best plan could be better; 0: proved best
    wishes_missed: tuple[str, ...] = ()
    hours: dict[str, float] = field(default_factory=dict)  # of each employee, all weeks

    @property
    def uncovered(self) -> int:
        """Persons missing, summed over intervals."""
        return sum(gap.missing for gap in self.gaps)


def plan_shifts(needs: Sequence[Need], patterns: Sequence[Pattern], *, most_people: int | None = None) -> Roster:
    """The cheapest numbers of shifts that cover each day's need, whatever the competence; a day is solved exactly."""
    by_day: dict[date, list[Need]] = defaultdict(list)
    for need in _in_all(needs):
        by_day[need.start.date()].append(need)
    shifts: list[Shift] = []
    gaps: list[Gap] = []
    cost = 0.0
    for day, wanted in sorted(by_day.items()):
        counts, missing = _day(day, wanted, patterns, most_people)
        usable = [pattern for pattern in patterns if day.weekday() in pattern.weekdays]
        for pattern, count in zip(usable, counts, strict=True):
            if count:
                shifts.append(Shift(day, pattern.name, count))
                cost += count * pattern.price
        gaps += [
            Gap(need, short, *_why_no_shift(need, usable, most_people))
            for need, short in zip(wanted, missing, strict=True)
            if short
        ]
    return Roster("optimal", cost, tuple(shifts), tuple(gaps))


def _in_all(needs: Sequence[Need]) -> list[Need]:
    """The need of each interval in all: two who know different things are two people."""
    counts: Counter[tuple[datetime, int]] = Counter()
    for need in needs:
        counts[need.start, need.minutes] += need.count
    return [Need(start, minutes, count) for (start, minutes), count in sorted(counts.items())]


def _day(
    day: date, needs: Sequence[Need], patterns: Sequence[Pattern], most: int | None
) -> tuple[list[int], list[int]]:
    usable = [pattern for pattern in patterns if day.weekday() in pattern.weekdays]
    wanted = np.array([need.count for need in needs], dtype=float)
    covered = np.array(
        [[float(p.covers(minute_of(n.start), n.minutes)) for p in usable] for n in needs], dtype=float
    ).reshape(len(needs), len(usable))
    rows = [LinearConstraint(np.hstack([covered, np.eye(len(needs))]), wanted, np.inf)]
    if most is not None:
        rows.append(LinearConstraint(np.hstack([np.ones((1, len(usable))), np.zeros((1, len(needs)))]), 0, most))
    costs = np.concatenate([[p.price for p in usable], np.full(len(needs), UNCOVERED)])
    found = milp(costs, constraints=rows, integrality=np.ones(len(costs)), bounds=Bounds(0, np.inf))
    values = np.rint(found.x).astype(int).tolist()
    return values[: len(usable)], values[len(usable) :]


def _why_no_shift(need: Need, patterns: Sequence[Pattern], most: int | None) -> Why:
    if not any(pattern.covers(minute_of(need.start), need.minutes) for pattern in patterns):
        return NO_SHIFT, {}
    return (
        ("der kan højst være {most} på arbejde", {"most": most}) if most is not None else ("behovet er for stort", {})
    )


def plan_names(
    needs: Sequence[Need],
    patterns: Sequence[Pattern],
    employees: Sequence[Employee],
    *,
    seconds: float = 30.0,
    progress: Callable[[float, float], bool] | None = None,
    alive: Callable[[], None] | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Roster:
    """Who works when: each at most one shift a day, within the week's hours, rested, competent, not when absent.

    `progress` hears the penalty and its bound each time a better plan is found, and says whether to go on. `alive` is
    called several times a second, also when nothing better is found; when it raises Stopped, so does this. A need that
    cannot be met is left uncovered and explained, never refused.
    """
    program = Program(needs, patterns, employees, alive or (lambda: None))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = 1
    watcher = _Watcher(progress) if progress else None
    began = monotonic()
    with _looked_after(solver, alive) as unwanted:
        bound = begin(program, seconds * _TO_BEGIN, unwanted)
        solver.parameters.max_time_in_seconds = max(1.0, seconds - (monotonic() - began))
        status = solver.solve(program.model, watcher) if watcher else solver.solve(program.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Roster(
            "infeasible", 0.0, (), tuple(Gap(n, n.count, "ingen plan fundet i tide") for n in needs if n.count)
        )
    best, found = max(bound, solver.best_objective_bound), solver.objective_value
    given = [
        (program.days[d], patterns[p], employees[e])
        for d, p, e in sorted(program.given(solver), key=lambda one: (one[0], employees[one[2]].name))
    ]
    reasons = _Reasons(program.needs, patterns, employees, names)
    return Roster(
        "optimal" if status == cp_model.OPTIMAL else "feasible",
        sum(pattern.price for _, pattern, _ in given),
        tuple(Shift(day, pattern.name, 1, employee.name) for day, pattern, employee in given),
        tuple(Gap(need, many, *reasons.why(need)) for need, many in program.missing(solver)),
        max(0.0, found - best) / max(found, 1.0),
        tuple(f"{employee.name}: {day}" for day, _, employee in given if day in employee.wishes_free),
        _hours(given),
    )


def _hours(given: Sequence[tuple[date, Pattern, Employee]]) -> dict[str, float]:
    minutes: Counter[str] = Counter()
    for _, pattern, employee in given:
        minutes[employee.name] += pattern.working_minutes
    return {name: many / 60 for name, many in sorted(minutes.items())}


class _Reasons:
    """Why nobody else can be there."""

    def __init__(
        self,
        needs: Sequence[Need],
        patterns: Sequence[Pattern],
        employees: Sequence[Employee],
        names: Mapping[str, str],
    ) -> None:
        self._needs, self._patterns, self._employees, self._names = needs, patterns, employees, names
        self._takes: dict[date, int] = {}

    def why(self, need: Need) -> Why:
        """The first reason."""
        if not any(pattern.covers(minute_of(need.start), need.minutes) for pattern in self._patterns):
            return NO_SHIFT, {}
        able = [e for e in self._employees if need.competence == ANY or need.competence in e.competences]
        if len(able) < need.count:
            what = self._names.get(need.competence, need.competence)
            return (FEW_KNOW, {"able": len(able), "what": what}) if what else (FEW, {"able": len(able)})
        here = [e for e in able if need.start.date() not in e.absent]
        if len(here) < need.count:
            return ABSENT, {"absent": len(able) - len(here), "able": len(able)}
        at_once = sum(other.count for other in self._needs if other.start == need.start)
        if at_once > need.count and len(self._employees) < at_once:
            return AT_ONCE, {"needed": at_once, "all": len(self._employees)}
        return self._of_the_day(need.start.date())

    def _of_the_day(self, day: date) -> Why:
        """Nobody works two shifts a day: early and late together may take more people than there are."""
        if day not in self._takes:
            wanted = _in_all([need for need in self._needs if need.start.date() == day])
            alike = [replace(pattern, cost=1.0) for pattern in self._patterns]
            self._takes[day] = sum(_day(day, wanted, alike, None)[0])
        here = sum(day not in employee.absent for employee in self._employees)
        return (WHOLE_DAY, {"needed": self._takes[day], "here": here}) if here < self._takes[day] else (BUSY, {})


@contextmanager
def _looked_after(solver: cp_model.CpSolver, alive: Callable[[], None] | None) -> Iterator[threading.Event]:
    """Stop the search from beside it: between two better plans a solver may sit for minutes."""
    over, unwanted = threading.Event(), threading.Event()

    def look() -> None:
        while alive and not over.wait(_LOOK):
            try:
                alive()
            except Stopped:
                unwanted.set()
            if unwanted.is_set():  # again and again: a search that has not begun cannot be stopped yet
                solver.stop_search()

    beside = threading.Thread(target=look, name="roster-look", daemon=True)
    beside.start()
    try:
        yield unwanted
    finally:
        over.set()
        beside.join()
    if unwanted.is_set():
        raise Stopped


class _Watcher(cp_model.CpSolverSolutionCallback):
    def __init__(self, progress: Callable[[float, float], bool]) -> None:
        super().__init__()
        self._progress = progress

    def on_solution_callback(self) -> None:
        if not self._progress(self.objective_value, self.best_objective_bound):
            self.stop_search()
