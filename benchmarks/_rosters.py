"""Rosters of 60 employees for four weeks with two scarce competences: a need they can meet, and one they cannot."""

import random
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from _report import Report

from indgang.desks.planning.rostering import plan_names, plan_shifts
from indgang.desks.planning.shifts import Employee, Need, Pattern

MONDAY, DAYS, STAFF = date(2026, 3, 2), 28, 60
BUSY = (0.5, 0.8, 1, 1, 0.95, 0.9, 0.8, 0.7, 0.75, 0.8, 0.85, 0.8, 0.7, 0.6, 0.5, 0.45, 0.4, 0.3, 0.25, 0.2)
MET, TOO_MUCH = {"": 28, "tax": 7, "passports": 5}, {"": 33, "tax": 8, "passports": 6}  # at the busiest half-hour
Peaks = dict[str, int]


def rosters(report: Report, seconds: float) -> None:
    """How long until a roster is proved best, or how far it may be from it then."""
    for what, peaks in (("a need they can meet", MET), ("more than they can meet", TOO_MUCH)):
        needs, employees = list(needs_of(peaks)), employees_of()
        begun, computed = time.perf_counter(), time.process_time()
        found = plan_names(needs, patterns(), employees, seconds=seconds)
        spent = f"{time.perf_counter() - begun:.1f} s ({time.process_time() - computed:.1f} s of CPU)"
        report.add(f"60 employees, 4 weeks, {what}", f"{found.status} in {spent}", met=found.status == "optimal")
        report.at_most("  share the best roster could be better", 100 * found.gap_to_best, 5, "%", digits=2)
        least = must_lack(needs, employees)
        report.add("  half-hours that must lack somebody, by each day alone", str(least))
        report.add("  half-hours that do; wishes not kept", f"{found.uncovered}; {len(found.wishes_missed)} of {STAFF}")
        report.must(found.uncovered >= least, "a roster covers what those who are there cannot")


def patterns() -> list[Pattern]:
    """Six or eight hours from five times of the morning, half a day, and the evening."""
    days = [Pattern(f"{s}-{h}", s, s + 60 * h, s + 240, 30) for s in (480, 510, 540, 600, 660) for h in (6, 8)]
    return [*days, Pattern("short", 600, 840), Pattern("evening", 720, 1140, 900, 30)]


def needs_of(peaks: Peaks) -> Iterator[Need]:
    """Weekdays from 8 to 18."""
    for day in range(DAYS):
        for slot, share in enumerate(BUSY if day % 7 < 5 else ()):
            start = datetime.combine(MONDAY + timedelta(days=day), clock_time(8 + slot // 2, slot % 2 * 30))
            for code, peak in peaks.items():
                yield Need(start, 30, round(peak * share), code)


def employees_of() -> list[Employee]:
    """Each competence known by four in ten; everybody away on two days and with a wish for one."""
    chance = random.Random(1)
    return [
        Employee(
            f"Employee {number}",
            chance.choice([30, 37, 37, 37]),
            competences=frozenset(code for code in ("tax", "passports") if chance.random() < 0.4),
            absent=frozenset(MONDAY + timedelta(days=k) for k in chance.sample(range(DAYS), 2)),
            wishes_free=frozenset([MONDAY + timedelta(days=chance.randrange(DAYS))]),
        )
        for number in range(STAFF)
    ]


def must_lack(needs: list[Need], employees: list[Employee]) -> int:
    """What each day lacks at least if all who are there may work it, whatever they know and worked before."""
    lacking = 0
    for day in {need.start.date() for need in needs}:
        here = sum(day not in one.absent for one in employees)
        of_day = [need for need in needs if need.start.date() == day]
        lacking += plan_shifts(of_day, patterns(), most_people=here).uncovered
    return lacking
