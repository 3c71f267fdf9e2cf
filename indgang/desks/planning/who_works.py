"""Who works which shift, as a program for CP-SAT. Pure; in prose: docs/algorithms/roster.md.

What makes no difference is not searched through. Shifts that are as long as each other and leave the same rest are one
*kind*; people who can be given the same shifts and know the same of what is asked for are one *team*. A person is given
a kind for a day, a team so many of each shift; who of the team begins at eight and who at nine is dealt out afterwards.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from ortools.sat.python import cp_model

from indgang.desks.planning.competences import groups_of
from indgang.desks.planning.errors import RosterTooLarge
from indgang.desks.planning.shifts import ANY, Employee, Need, Pattern, minute_of, monday_of

UNCOVERED = 1_000.0  # what a person missing in one interval weighs against costs of shifts
REST = 11 * 60  # minutes between two days' work (arbejdsmiljøloven § 50)
DAYS_IN_A_ROW = 6  # one free day in seven (§ 51)
MOST_CELLS = 400_000
_WISH, _IDLE = 40, 1  # against 1,000 for a person missing in an interval
_UNITS = 60  # the solver counts in whole numbers: a sixtieth of a shift's price
Given = tuple[int, int, int]  # day, pattern, employee, each by number


class Program:
    """The variables: works[employee, day, kind], given[team, day, pattern], and missing[need]."""

    def __init__(
        self,
        needs: Sequence[Need],
        patterns: Sequence[Pattern],
        employees: Sequence[Employee],
        alive: Callable[[], None],
    ) -> None:
        self._alive, self._patterns, self._employees = alive, patterns, employees
        self.needs = [need for need in needs if need.count > 0]
        first, last = min(n.start.date() for n in needs), max(n.start.date() for n in needs)
        self.days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        cells = len(employees) * len(self.days) * len(patterns)
        if cells > MOST_CELLS:
            raise RosterTooLarge(field="employees", count=cells, what="mulige vagter", most=MOST_CELLS)
        self.model = cp_model.CpModel()
        self._penalties: list[tuple[cp_model.IntVar, float]] = []
        self.day_of: list[int] = []  # of each variable, by number
        self.slack: list[bool] = []
        self._kinds = kinds_of(patterns)
        asked = frozenset(need.competence for need in self.needs)
        self._known = [employee.competences & asked for employee in employees]
        self._teams = self._alike()
        self._works: dict[tuple[int, int], dict[int, cp_model.IntVar]] = defaultdict(dict)
        self._given: dict[tuple[int, int], dict[int, cp_model.IntVar]] = defaultdict(dict)
        self._shifts()
        self._rules()
        self._cover()
        self.model.minimize(_sum([round(weight * _UNITS) * variable for variable, weight in self._penalties]))

    def _variable(self, d: int, most: int, *, slack: bool = False) -> cp_model.IntVar:
        """A whole number from 0; slack: what lacks, and can always be as much as `most`."""
        self.day_of.append(d)
        self.slack.append(slack)
        return self.model.new_int_var(0, most, "")

    def _alike(self) -> list[list[int]]:
        teams: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for e, employee in enumerate(self._employees):
            fits = tuple(employee.earliest <= p.start and p.end <= employee.latest for p in self._patterns)
            teams[self._known[e], fits, employee.least_hours > 0].append(e)
        return list(teams.values())

    def _shifts(self) -> None:
        """Only what is possible (there that day, weekday, earliest and latest) and of use: whom no hours are
        promised works where somebody is needed."""
        asked: dict[date, set[tuple[int, int]]] = defaultdict(set)
        for need in self.needs:
            asked[need.start.date()].add((minute_of(need.start), need.minutes))
        for d, day in enumerate(self.days):
            self._alive()
            on = [p for p, pattern in enumerate(self._patterns) if day.weekday() in pattern.weekdays]
            useful = [p for p in on if any(self._patterns[p].covers(*interval) for interval in asked[day])]
            for t, team in enumerate(self._teams):
                one = self._employees[team[0]]
                here = [e for e in team if day not in self._employees[e].absent]
                for p in on if one.least_hours else useful:
                    if here and one.earliest <= self._patterns[p].start and self._patterns[p].end <= one.latest:
                        self._given[t, d][p] = self._variable(d, len(here))
                        self._penalties.append((self._given[t, d][p], self._patterns[p].price))
                self._hand_out(t, d, here)

    def _hand_out(self, t: int, d: int, here: Sequence[int]) -> None:
        """So many of the team are at work on shifts of a kind as the team is given of them."""
        for k, kind in enumerate(self._kinds):
            given = [self._given[t, d][p] for p in kind if p in self._given[t, d]]
            if given:
                for e in here:
                    self._works[e, d][k] = self._variable(d, 1)
                self.model.add(_sum(given) == _sum([self._works[e, d][k] for e in here]))

    def _rules(self) -> None:
        for e, employee in enumerate(self._employees):
            self._alive()
            for d, day in enumerate(self.days):
                today = list(self._works[e, d].values())
                self.model.add_at_most_one(today)
                self._rest(e, d)
                row = [self._works[e, k] for k in range(d - DAYS_IN_A_ROW, d + 1)]
                if d >= DAYS_IN_A_ROW and all(row):
                    self.model.add(_sum([works for one in row for works in one.values()]) <= DAYS_IN_A_ROW)
                if day in employee.wishes_free:
                    self._penalties += [(works, _WISH) for works in today]
            self._hours(e, employee)

    def _rest(self, e: int, d: int) -> None:
        """Eleven hours between the end of one day's shift and the start of the next day's."""
        early = {k: frozenset(self._too_early(e, d + 1, k)) for k in self._works[e, d]}
        for tomorrow in set(early.values()):
            if tomorrow:
                today = [works for k, works in self._works[e, d].items() if early[k] >= tomorrow]
                self.model.add_at_most_one([*today, *(self._works[e, d + 1][k] for k in tomorrow)])

    def _too_early(self, e: int, d: int, after: int) -> Iterator[int]:
        last = self._patterns[self._kinds[after][0]]
        return (k for k in self._works.get((e, d), ()) if _too_soon(last, self._patterns[self._kinds[k][0]]))

    def _hours(self, e: int, employee: Employee) -> None:
        for _, week in groupby(range(len(self.days)), key=lambda d: monday_of(self.days[d])):
            numbers = list(week)
            minutes = [
                self._patterns[self._kinds[k][0]].working_minutes * works
                for d in numbers
                for k, works in self._works[e, d].items()
            ]
            self._alive()
            if not minutes:
                continue
            self.model.add(_sum(minutes) <= round(employee.hours * 60))
            if employee.least_hours and len(numbers) >= 5:
                short = self._variable(numbers[0], round(employee.least_hours * 60), slack=True)
                self.model.add(_sum([*minutes, short]) >= round(employee.least_hours * 60))
                self._penalties.append((short, _IDLE / 30))

    def _cover(self) -> None:
        """Whoever is at work does one thing at a time: for each group of competences (`competences.groups_of`) those
        at work who know any of them, and those missing, make the group's need."""
        self._missing = [
            self._variable((need.start.date() - self.days[0]).days, need.count, slack=True) for need in self.needs
        ]
        self._penalties += [(missing, UNCOVERED) for missing in self._missing]
        at_once: dict[datetime, list[int]] = defaultdict(list)
        for number, need in enumerate(self.needs):
            at_once[need.start].append(number)
        known = frozenset(self._known)
        for numbers in at_once.values():
            self._alive()
            needs = [self.needs[number] for number in numbers]
            there = self._there(needs)
            for group in groups_of({need.competence for need in needs}, known):
                wanted = [number for number in numbers if ANY in group or self.needs[number].competence in group]
                able = [count for skills, count in there if ANY in group or skills & group]
                short = [self._missing[number] for number in wanted]
                self.model.add(_sum([*able, *short]) >= sum(self.needs[number].count for number in wanted))

    def _there(self, needs: Sequence[Need]) -> list[tuple[frozenset[str], cp_model.LinearExprT]]:
        """Who is at work in the interval, by what they know."""
        d = (needs[0].start.date() - self.days[0]).days
        start, minutes = minute_of(needs[0].start), max(need.minutes for need in needs)
        return [
            (self._known[team[0]], given)
            for t, team in enumerate(self._teams)
            for p, given in self._given[t, d].items()
            if self._patterns[p].covers(start, minutes)
        ]

    def given(self, solver: cp_model.CpSolver) -> list[Given]:
        """Who works which shift; of a team each person keeps the shift worked last, if it is among the shifts given."""
        found: list[Given] = []
        last: dict[int, int] = {}
        for d in range(len(self.days)):
            for t, team in enumerate(self._teams):
                left = Counter({p: solver.value(given) for p, given in self._given[t, d].items()})
                for k, kind in enumerate(self._kinds):
                    at_work = [e for e in team if k in self._works[e, d] and solver.value(self._works[e, d][k])]
                    for e in sorted(at_work, key=lambda e: last.get(e) not in kind):
                        p = next(p for p in (last.get(e, kind[0]), *kind) if p in kind and left[p])
                        left[p] -= 1
                        last[e] = p
                        found.append((d, p, e))
        return found

    def missing(self, solver: cp_model.CpSolver) -> list[tuple[Need, int]]:
        """Who lacks where."""
        short = [solver.value(missing) for missing in self._missing]
        return [(need, many) for need, many in zip(self.needs, short, strict=True) if many]


def kinds_of(patterns: Sequence[Pattern]) -> list[list[int]]:
    """Patterns, by number, that for a person's hours and rest are the same."""
    kinds: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for p, pattern in enumerate(patterns):
        before = tuple(_too_soon(other, pattern) for other in patterns)
        after = tuple(_too_soon(pattern, other) for other in patterns)
        kinds[pattern.working_minutes, before, after].append(p)
    return list(kinds.values())


def _too_soon(today: Pattern, tomorrow: Pattern) -> bool:
    return 24 * 60 - today.end + tomorrow.start < REST


def _sum(parts: Sequence[cp_model.LinearExprT]) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.sum(list(parts))
