"""Shifts that cover a need, and who works them. Pure; in prose: docs/algorithms/roster.md.

`plan_shifts` chooses how many of each pattern a day needs (HiGHS, exact). `plan_names` gives shifts to employees by the
rules of working time (CP-SAT), with proof of how near the best it is.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp

from indgang.desks.planning.competences import groups_of
from indgang.desks.planning.errors import RosterTooLarge, Stopped
from indgang.desks.planning.shifts import ANY, Employee, Need, Pattern, minute_of, monday_of

UNCOVERED = 1_000.0  # what a person missing in one interval weighs against costs of shifts
REST = 11 * 60  # minutes between two days' work (arbejdsmiljøloven § 50)
DAYS_IN_A_ROW = 6  # one free day in seven (§ 51)
MOST_CELLS = 400_000
_WISH, _IDLE = 40, 1  # against 1,000 for a person missing in an interval
Why = tuple[str, dict[str, int | str]]
NO_SHIFT = "ingen vagt dækker tidspunktet"
FEW_KNOW, FEW = "kun {able} kan {what}", "kun {able} kan opgaven"
ABSENT = "{absent} af de {able}, der kan, er fraværende"
AT_ONCE = "der skal bruges {needed} på samme tid, og der er kun {all} medarbejdere"
BUSY = "de, der kan, har ikke flere timer, mangler hvile eller er optaget af andet"
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
    model = _Model(needs, patterns, employees, alive or (lambda: None), names)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = 1
    watcher = _Watcher(progress) if progress else None
    with _looked_after(solver, alive):
        status = solver.solve(model.model, watcher) if watcher else solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Roster(
            "infeasible", 0.0, (), tuple(Gap(n, n.count, "ingen plan fundet i tide") for n in needs if n.count)
        )
    return model.roster(solver, "optimal" if status == cp_model.OPTIMAL else "feasible")


@contextmanager
def _looked_after(solver: cp_model.CpSolver, alive: Callable[[], None] | None) -> Iterator[None]:
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
        yield
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


class _Model:
    """The variables: works[employee, day, pattern], and missing[need]."""

    def __init__(
        self,
        needs: Sequence[Need],
        patterns: Sequence[Pattern],
        employees: Sequence[Employee],
        alive: Callable[[], None],
        names: Mapping[str, str],
    ) -> None:
        self._alive, self._names = alive, names
        self.needs = [need for need in needs if need.count > 0]
        self.patterns = patterns
        self.employees = employees
        first, last = min(n.start.date() for n in needs), max(n.start.date() for n in needs)
        self.days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        cells = len(employees) * len(self.days) * len(patterns)
        if cells > MOST_CELLS:
            raise RosterTooLarge(field="employees", count=cells, what="mulige vagter", most=MOST_CELLS)
        self.model = cp_model.CpModel()
        self._penalties: list[tuple[cp_model.IntVar, float]] = []
        self.works = {
            (e, d, p): self.model.new_bool_var("")
            for e, employee in enumerate(employees)
            for d, day in enumerate(self.days)
            for p, pattern in enumerate(patterns)
            if self._possible(employee, day, pattern)
        }
        self._of_day: dict[tuple[int, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        for (e, d, p), works in self.works.items():
            self._of_day[e, d].append((p, works))
        self._rules()
        self._cover()

    def _possible(self, employee: Employee, day: date, pattern: Pattern) -> bool:
        if day in employee.absent or day.weekday() not in pattern.weekdays:
            return False
        return employee.earliest <= pattern.start and pattern.end <= employee.latest

    def _rules(self) -> None:
        for e, employee in enumerate(self.employees):
            self._alive()
            for d in range(len(self.days)):
                self.model.add_at_most_one(works for _, works in self._of_day[e, d])
                self._rest(e, d)
                if d >= DAYS_IN_A_ROW:
                    row = [works for k in range(d - DAYS_IN_A_ROW, d + 1) for _, works in self._of_day[e, k]]
                    self.model.add(_sum(row) <= DAYS_IN_A_ROW)
            self._hours(e, employee)

    def _rest(self, e: int, d: int) -> None:
        """Eleven hours between the end of one day's shift and the start of the next day's."""
        for p, today in self._of_day[e, d]:
            tomorrow = [
                works
                for q, works in self._of_day.get((e, d + 1), [])
                if 24 * 60 - self.patterns[p].end + self.patterns[q].start < REST
            ]
            if tomorrow:
                self.model.add(_sum(tomorrow) == 0).only_enforce_if(today)

    def _hours(self, e: int, employee: Employee) -> None:
        weeks: dict[date, list[cp_model.LinearExprT]] = defaultdict(list)
        for d, day in enumerate(self.days):
            for p, works in self._of_day[e, d]:
                weeks[monday_of(day)].append(self.patterns[p].working_minutes * works)
        for monday, minutes in weeks.items():
            there = sum(monday <= day < monday + timedelta(days=7) for day in self.days)
            self.model.add(_sum(minutes) <= round(employee.hours * 60))
            if employee.least_hours and there >= 5:
                short = self.model.new_int_var(0, round(employee.least_hours * 60), "")
                self.model.add(_sum([*minutes, short]) >= round(employee.least_hours * 60))
                self._penalise(short, _IDLE / 30)

    def _penalise(self, variable: cp_model.IntVar, weight: float) -> None:
        self._penalties.append((variable, weight))

    def _cover(self) -> None:
        """Whoever is at work does one thing at a time: for each group of competences (`competences.groups_of`) those
        at work who know any of them, and those missing, make the group's need."""
        self.missing = [self.model.new_int_var(0, need.count, "") for need in self.needs]
        at_once: dict[datetime, list[int]] = defaultdict(list)
        for number, need in enumerate(self.needs):
            at_once[need.start].append(number)
            self._penalise(self.missing[number], UNCOVERED)
        known = frozenset(employee.competences for employee in self.employees)
        for numbers in at_once.values():
            self._alive()
            needs = [self.needs[number] for number in numbers]
            groups = groups_of({need.competence for need in needs}, known)
            there = self._there(needs, simple=len(groups) == 1)
            for group in groups:
                wanted = [number for number in numbers if ANY in group or self.needs[number].competence in group]
                able = [count for skills, count in there if ANY in group or skills & group]
                short = [self.missing[number] for number in wanted]
                self.model.add(_sum([*able, *short]) >= sum(self.needs[number].count for number in wanted))
        for (e, d, p), works in self.works.items():
            unwished = _WISH if self.days[d] in self.employees[e].wishes_free else 0
            self._penalise(works, self.patterns[p].price + unwished)
        self.model.minimize(_sum([round(weight * 60) * variable for variable, weight in self._penalties]))

    def _there(self, needs: Sequence[Need], *, simple: bool) -> list[tuple[frozenset[str], cp_model.LinearExprT]]:
        """Who is at work in the interval, by what they know; counted once where it is asked for several times."""
        d = (needs[0].start.date() - self.days[0]).days
        start, minutes = minute_of(needs[0].start), max(need.minutes for need in needs)
        by_skills: dict[frozenset[str], list[cp_model.LinearExprT]] = defaultdict(list)
        for e, employee in enumerate(self.employees):
            by_skills[employee.competences] += [
                works for p, works in self._of_day.get((e, d), []) if self.patterns[p].covers(start, minutes)
            ]
        if simple:
            return [(skills, _sum(works)) for skills, works in by_skills.items()]
        found: list[tuple[frozenset[str], cp_model.LinearExprT]] = []
        for skills, works in by_skills.items():
            count = self.model.new_int_var(0, len(works), "")
            self.model.add(count == _sum(works))
            found.append((skills, count))
        return found

    def roster(self, solver: cp_model.CpSolver, status: str) -> Roster:
        """What the solver found, in words."""
        given = sorted(
            (self.days[d], self.employees[e].name, p, e)
            for (e, d, p), works in self.works.items()
            if solver.value(works)
        )
        shifts = tuple(Shift(day, self.patterns[p].name, 1, name) for day, name, p, _ in given)
        hours: Counter[str] = Counter()
        for _, name, p, _ in given:
            hours[name] += self.patterns[p].working_minutes
        unmet = [(need, solver.value(m)) for need, m in zip(self.needs, self.missing, strict=True) if solver.value(m)]
        best = solver.best_objective_bound
        apart = max(0.0, solver.objective_value - best) / max(solver.objective_value, 1.0)
        return Roster(
            status,
            sum(self.patterns[p].price for *_, p, _ in given),
            shifts,
            tuple(Gap(need, missing, *self._why(need)) for need, missing in unmet),
            apart,
            tuple(f"{name}: {day}" for day, name, _, e in given if day in self.employees[e].wishes_free),
            {name: minutes / 60 for name, minutes in sorted(hours.items())},
        )

    def _why(self, need: Need) -> Why:
        """The first reason that nobody else can be there."""
        if not any(pattern.covers(minute_of(need.start), need.minutes) for pattern in self.patterns):
            return NO_SHIFT, {}
        able = [e for e in self.employees if need.competence == ANY or need.competence in e.competences]
        if len(able) < need.count:
            what = self._names.get(need.competence, need.competence)
            return (FEW_KNOW, {"able": len(able), "what": what}) if what else (FEW, {"able": len(able)})
        here = [e for e in able if need.start.date() not in e.absent]
        if len(here) < need.count:
            return ABSENT, {"absent": len(able) - len(here), "able": len(able)}
        at_once = sum(other.count for other in self.needs if other.start == need.start)
        if at_once > need.count and len(self.employees) < at_once:
            return AT_ONCE, {"needed": at_once, "all": len(self.employees)}
        return BUSY, {}


def _sum(parts: Sequence[cp_model.LinearExprT]) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.sum(list(parts))
