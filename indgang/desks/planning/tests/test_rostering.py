import random
import threading
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations

import pytest
from icalendar import Calendar

from indgang.desks.planning.errors import BadColumns, BadTime, RosterFaulty, RosterLacks, RosterTooLarge, Stopped
from indgang.desks.planning.roster_calendar import calendar_of
from indgang.desks.planning.rostering import plan_names, plan_shifts
from indgang.desks.planning.shifts import Employee, Need, Pattern, minute_of, read_employees, read_need, read_patterns
from indgang.desks.planning.who_works import REST

MONDAY = date(2026, 3, 2)
EARLY, LATE = Pattern("tidlig", 480, 960, 720, 30), Pattern("sen", 840, 1320)
SHORT = Pattern("kort", 600, 840)


def needs(counts: dict[int, int], days: int = 1, competence: str = "") -> list[Need]:
    return [
        Need(datetime.combine(MONDAY + timedelta(days=day), time(hour)), 60, count, competence)
        for day in range(days)
        for hour, count in counts.items()
    ]


def test_the_cheapest_shifts_cover_the_need():
    roster = plan_shifts(needs({8: 2, 9: 2, 10: 3, 11: 3, 13: 3, 14: 2, 15: 2}), [EARLY, LATE, SHORT])
    assert {(s.pattern, s.count) for s in roster.shifts} == {("tidlig", 2), ("kort", 1)}
    assert (roster.status, roster.uncovered) == ("optimal", 0)


def test_nobody_is_at_work_in_the_break():
    roster = plan_shifts(needs({12: 1}), [EARLY])
    assert (roster.uncovered, roster.gaps[0].why) == (1, "ingen vagt dækker tidspunktet")


def test_too_few_people_leave_a_gap_that_is_explained():
    roster = plan_shifts(needs({9: 5}), [EARLY], most_people=3)
    assert (roster.uncovered, roster.gaps[0].why) == (2, "der kan højst være 3 på arbejde")


def people(*names: str, **given) -> list[Employee]:
    return [Employee(name, **({"hours": 37.0} | given)) for name in names]


def worked(roster, name):
    return sorted((s.day, s.pattern) for s in roster.shifts if s.employee == name)


def test_after_a_late_shift_nobody_begins_early():
    wanted = needs({9: 1, 20: 1}, days=5)
    roster = plan_names(wanted, [EARLY, LATE], people("A", "B", hours=40), seconds=10)
    for name in "AB":
        rows = dict(worked(roster, name))
        for day, pattern in rows.items():
            following = rows.get(day + timedelta(days=1))
            rest = (
                24 * 60 - {"tidlig": 960, "sen": 1320}[pattern] + {"tidlig": 480, "sen": 840}.get(following or "", 9999)
            )
            assert rest >= REST
    assert roster.uncovered == 0


def test_nobody_works_more_than_their_hours_or_seven_days_in_a_row():
    roster = plan_names(needs({9: 1, 10: 1}, days=14), [EARLY], people("A", "B", hours=37), seconds=10)
    for name in "AB":
        days = [day for day, _ in worked(roster, name)]
        assert max(roster.hours.values()) <= 74
        assert not any({start + timedelta(days=k) for k in range(7)} <= set(days) for start in days)
    assert roster.status == "optimal"


def test_only_who_knows_the_competence_covers_it():
    team = [*people("A", competences=frozenset({"tax"})), *people("B")]
    roster = plan_names(needs({9: 1}, days=2, competence="tax"), [EARLY], team, seconds=10)
    assert {shift.employee for shift in roster.shifts} == {"A"}


@pytest.mark.parametrize(
    ("team", "why"),
    [
        (people("B"), "kun 0 kan tax"),
        (people("A", competences=frozenset({"tax"}), absent=frozenset({MONDAY})), "1 af de 1, der kan, er fraværende"),
        (
            people("A", competences=frozenset({"tax"}), hours=2.0),
            "de, der kan, har ikke flere timer, mangler hvile eller er optaget af andet",
        ),
    ],
)
def test_an_infeasible_need_is_explained(team, why):
    roster = plan_names(needs({9: 1}, competence="tax"), [EARLY], team, seconds=10)
    assert [gap.why for gap in roster.gaps] == [why]


def test_a_day_whose_shifts_take_more_people_than_are_there_says_so():
    """Two at nine and two at twenty are four people, for no shift covers both; one of the four is away."""
    team = [*people("A", "B", "C"), *people("D", absent=frozenset({MONDAY}))]
    roster = plan_names(needs({9: 2, 20: 2}), [EARLY, LATE], team, seconds=10)
    assert [gap.why for gap in roster.gaps] == ["dagen kræver mindst 4 på vagt, og kun 3 er der den dag"]


def test_a_wish_is_kept_where_it_can_be():
    team = [*people("A", wishes_free=frozenset({MONDAY})), *people("B")]
    roster = plan_names(needs({9: 1}), [EARLY], team, seconds=10)
    assert ({s.employee for s in roster.shifts}, roster.wishes_missed) == ({"B"}, ())


def test_planning_can_be_stopped_and_keeps_what_it_has():
    roster = plan_names(needs({9: 2, 14: 2}, days=5), [EARLY, LATE], people(*"ABCDE"), progress=lambda *_: False)
    assert roster.status in ("feasible", "optimal")


def test_one_person_does_one_thing_at_a_time():
    wanted = needs({9: 1}, competence="tax") + needs({9: 1}, competence="pass")
    both = people("A", competences=frozenset({"tax", "pass"}))
    roster = plan_names(wanted, [EARLY], both, seconds=10)
    assert roster.uncovered == 1 and "der er kun 1 medarbejdere" in roster.gaps[0].why
    two = [*both, *people("B", competences=frozenset({"pass"}))]
    assert plan_names(wanted, [EARLY], two, seconds=10).uncovered == 0


@pytest.mark.parametrize("seed", range(12))
def test_people_are_counted_as_they_can_really_be_shared_out(seed):
    """Held against every way to share people out, for small mixed teams."""
    draw = random.Random(seed)
    codes = ["a", "b", "c", ""]
    team = [
        Employee(f"P{number}", 37, competences=frozenset(code for code in "abc" if draw.random() < 0.5))
        for number in range(5)
    ]
    wanted = [Need(datetime.combine(MONDAY, time(9)), 60, draw.randint(0, 2), code) for code in codes]
    seats = [need.competence for need in wanted for _ in range(need.count)]
    most = max(
        sum(seat == "" or seat in person.competences for seat, person in zip(way, team, strict=True) if seat != "-")
        for way in permutations([*seats, *("-" for _ in team)], len(team))
    )
    assert plan_names(wanted, [EARLY], team, seconds=10).uncovered == len(seats) - most


def test_the_need_for_several_competences_is_one_need_of_shifts():
    wanted = needs({9: 1}, competence="tax") + needs({9: 2}, competence="pass")
    assert sum(shift.count for shift in plan_shifts(wanted, [EARLY]).shifts) == 3


def test_too_many_competences_at_once_are_refused():
    wanted = [need for number in range(7) for need in needs({9: 1}, competence=f"c{number}")]
    with pytest.raises(RosterTooLarge):
        plan_names(wanted, [EARLY], people("A"))


def test_part_time_is_not_full_time():
    team = [*people("Hel", hours=37), *people("Halv", hours=15)]
    roster = plan_names(needs({9: 2}, days=5), [EARLY], team, seconds=10)
    assert len(worked(roster, "Halv")) == 2 and len(worked(roster, "Hel")) == 4


def test_a_search_is_stopped_between_two_better_plans():
    """So large that it is not solved in the minutes it may take; nobody wants it once the search has begun."""
    draw = random.Random(1)
    days = [MONDAY + timedelta(days=number) for number in range(28)]
    wanted = [
        Need(datetime.combine(day, time(7)) + timedelta(minutes=30 * slot), 30, draw.randint(1, 6), code)
        for day in days
        for slot in range(26)
        for code in ("a", "b", "")
    ]
    patterns = [
        Pattern(f"{start}-{length}", start, start + length, start + length // 2, 30, draw.uniform(4, 9))
        for start in range(420, 781, 60)
        for length in (240, 360, 480)
    ]
    team = [
        Employee(
            f"P{number}",
            draw.choice([15, 20, 30, 37]),
            14,
            frozenset(code for code in "ab" if draw.random() < 0.6),
            frozenset(draw.choices(days, k=3)),
            frozenset(draw.choices(days, k=6)),
        )
        for number in range(50)
    ]
    begun, unwanted, ended = threading.Event(), threading.Event(), []

    def alive() -> None:
        if threading.current_thread().name == "roster-look":  # beside the search, not while the model is built
            begun.set()
        if unwanted.is_set():
            raise Stopped

    def work() -> None:
        try:
            plan_names(wanted, patterns, team, seconds=3600, alive=alive)
        except Stopped:
            ended.append("stopped")

    beside = threading.Thread(target=work, daemon=True)
    beside.start()
    assert begun.wait(300)
    unwanted.set()
    beside.join(300)
    assert ended == ["stopped"]


def test_a_plan_too_large_is_refused():
    with pytest.raises(RosterTooLarge):
        plan_names(needs({9: 1}, days=100), [EARLY, LATE], people(*map(str, range(3000))))


def test_csv_with_danish_separators_is_read():
    need = read_need("start;need;competence\n2026-03-02T09:00;3;tax\n2026-03-02T09:30;4;tax\n")
    assert (need[0].minutes, need[1].count, need[0].competence) == (30, 4, "tax")
    patterns = read_patterns("name,start,end,break_start,break_minutes,weekdays\ntidlig,08:00,16,12:00,30,12345\n")
    assert (patterns[0].working_minutes, len(patterns[0].weekdays)) == (450, 5)
    staff = read_employees("name,hours,competences,absent\nInvented One,37,tax pass,2026-03-02 2026-03-03\n")
    assert (staff[0].competences, len(staff[0].absent)) == ({"tax", "pass"}, 2)


@pytest.mark.parametrize(
    ("read", "text", "error"),
    [
        (read_need, "start,need\n2026-03-02T09:00,mange\n", RosterFaulty),
        (read_need, "start,need\n2026-03-02T09:00,-1\n", RosterFaulty),
        (read_need, "start,need\ni morgen,3\n", BadTime),
        (read_need, "start,need\n", RosterLacks),
        (read_need, "start\n2026-03-02T09:00\n", BadColumns),
        (read_patterns, "name,start,end\nx,16:00,08:00\n", RosterFaulty),
        (read_patterns, "name,start,end\nx,25:00,26:00\n", RosterFaulty),
        (read_patterns, "name,start,end,break_start,break_minutes\nx,08:00,16:00,17:00,30\n", RosterFaulty),
        (read_patterns, "name,start,end,weekdays\nx,08:00,16:00,man\n", RosterFaulty),
        (read_patterns, "name,start,end\nx,08:00,16:00\nx,09:00,17:00\n", RosterFaulty),
        (read_employees, "name,hours,absent\nx,37,tirsdag\n", RosterFaulty),
        (read_employees, "name,hours,absent\nx,37,2026-03-09..2026-03-02\n", RosterFaulty),
        (read_employees, "name,hours\nx,37\nx,20\n", RosterFaulty),
        (read_employees, "name,hours\nx,100\n", RosterFaulty),
        (read_employees, "name,hours,least_hours\nx,20,30\n", RosterFaulty),
        (read_employees, "name,hours,earliest,latest\nx,20,16:00,08:00\n", RosterFaulty),
    ],
)
def test_a_fault_in_a_file_is_named(read, text, error):
    with pytest.raises(error) as refused:
        read(text)
    assert refused.value.field


def test_an_employee_gets_a_calendar_in_local_time():
    roster = plan_names(needs({9: 1}, days=2), [EARLY], people("A"), seconds=10)
    calendar = Calendar.from_ical(calendar_of("A", roster.shifts, {"tidlig": EARLY}, datetime(2026, 3, 1, tzinfo=UTC)))
    events = calendar.walk("VEVENT")
    assert [minute_of(event["dtstart"].dt) for event in events] == [480, 480]
    assert len({str(event["uid"]) for event in events}) == 2
