"""What is planned for people at work: published by their leader, read by themselves, held against what they do."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from indgang.core.organisation.testing import make_employee, make_manager, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.adherence import Doing, adherence
from indgang.core.routing.errors import PlanIsPast
from indgang.core.routing.testing import make_available, make_point
from indgang.core.routing.values import PlanKind, ShiftRow
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system
from indgang.foundation.journal.selectors import events_of_subject

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
EIGHT, FOUR = MONDAY.replace(hour=8), MONDAY.replace(hour=16)
BREAK = (MONDAY.replace(hour=11), MONDAY.replace(hour=12))
ROSTER = UUID(int=5)
HOUR = timedelta(hours=1)


def shift(employee: int = 1, start: datetime = EIGHT, end: datetime = FOUR, **more) -> ShiftRow:
    return ShiftRow(employee, start.date(), start, end, "Dag", *BREAK, **more)


@pytest.mark.parametrize(
    ("mode", "since", "at", "kind"),
    [
        ("busy", EIGHT, EIGHT + HOUR, "on_plan"),
        ("available", EIGHT, FOUR - HOUR, "on_plan"),
        ("pause", BREAK[0], BREAK[0], "on_break"),
        ("offline", BREAK[0], BREAK[0], "on_break"),
        ("busy", EIGHT, BREAK[0] + HOUR / 2, "works_break"),
        ("offline", None, EIGHT - HOUR, "awaited"),
        ("offline", EIGHT - 9 * HOUR, EIGHT + HOUR / 15, "awaited"),  # four minutes
        ("offline", EIGHT - 9 * HOUR, EIGHT + HOUR, "late"),
        ("offline", EIGHT + 3 * HOUR, FOUR - HOUR, "left"),
        ("pause", EIGHT + HOUR, EIGHT + 2 * HOUR, "paused"),
        ("unreachable", EIGHT + HOUR, EIGHT + 2 * HOUR, "silent"),
        ("available", EIGHT - HOUR, EIGHT - HOUR, "extra"),
        ("busy", EIGHT, FOUR, "extra"),
        ("offline", FOUR, FOUR + HOUR, "free"),
    ],
)
def test_what_somebody_does_is_held_against_their_plan(mode, since, at, kind):
    assert adherence(1, [shift()], Doing(mode, since), at).kind == kind


def test_who_serves_in_another_unit_than_planned_is_elsewhere():
    mine, doing = shift(unit=7), Doing("busy", EIGHT, "Skranken", 8)
    found = adherence(1, [mine], doing, EIGHT + HOUR)
    assert (found.kind, found.place) == (PlanKind.ELSEWHERE, "Skranken")
    assert adherence(1, [mine], Doing("busy", EIGHT, "Overalt", None), EIGHT + HOUR).kind == "on_plan"


def publish(leader, employees, shifts, at=EIGHT - 20 * HOUR):
    days = {"first": MONDAY.date(), "last": MONDAY.date() + timedelta(days=6)}
    return services.publish_shifts(roster=ROSTER, employees=employees, shifts=shifts, viewer=leader, at=at, **days)


@pytest.mark.django_db
def test_a_published_plan_is_seen_by_its_employee_and_their_leader_only():
    agent, leader = make_employee("Agnes Agent"), viewer_of(make_manager())
    colleague = viewer_of(make_employee("Bo Bedst"))
    other = viewer_of(make_manager(make_unit("valby", kind="centre")))
    assert publish(leader, [agent.pk], [shift(agent.pk)]) == 1
    day = MONDAY.date()
    assert [one.name for one in selectors.planned_shifts(viewer_of(agent), agent.pk, day, day)] == ["Dag"]
    assert len(selectors.planned_shifts(leader, agent.pk, day, day)) == 1
    for stranger in (colleague, other):
        with pytest.raises(NotFound):
            selectors.planned_shifts(stranger, agent.pk, day, day)
    assert selectors.adherences(other, [agent.pk], EIGHT + HOUR) == {}
    assert [event.verb for event in events_of_subject(f"routing.roster:{ROSTER}")] == ["agent.plan_published"]


@pytest.mark.django_db
def test_nobody_publishes_a_plan_for_people_they_do_not_lead():
    agent = make_employee()
    strangers = [viewer_of(agent), viewer_of(make_manager(make_unit("valby", kind="centre")))]
    strangers.append(viewer_of(make_employee("Dora Direktør", roles=["executive"], groups={})))
    for stranger in strangers:
        with pytest.raises(NotFound):
            publish(stranger, [agent.pk], [shift(agent.pk)])


@pytest.mark.django_db
def test_a_new_plan_takes_the_place_of_the_old_but_what_has_begun_stays():
    agent, leader = make_employee(), viewer_of(make_manager())
    tuesday = EIGHT + timedelta(days=1)
    publish(leader, [agent.pk], [shift(agent.pk), shift(agent.pk, tuesday, tuesday + 8 * HOUR)])
    late = shift(agent.pk, EIGHT + 4 * HOUR, FOUR + 2 * HOUR)
    assert publish(leader, [agent.pk], [late, shift(agent.pk, tuesday + HOUR, tuesday + 9 * HOUR)], EIGHT + HOUR) == 1
    starts = [
        one.starts_at
        for one in selectors.planned_shifts(leader, agent.pk, MONDAY.date(), tuesday.date())
    ]  # fmt: skip
    assert starts == [EIGHT, tuesday + HOUR]


@pytest.mark.django_db
def test_a_plan_of_days_gone_by_is_refused_and_changes_nothing():
    agent, leader = make_employee(), viewer_of(make_manager())
    publish(leader, [agent.pk], [shift(agent.pk)])
    with pytest.raises(PlanIsPast):
        publish(leader, [agent.pk], [shift(agent.pk)], FOUR)
    assert len(selectors.planned_shifts(leader, agent.pk, MONDAY.date(), MONDAY.date())) == 1


@pytest.mark.django_db
def test_a_plan_that_is_withdrawn_leaves_only_what_has_begun():
    agent, leader = make_employee(), viewer_of(make_manager())
    tuesday = EIGHT + timedelta(days=1)
    publish(leader, [agent.pk], [shift(agent.pk), shift(agent.pk, tuesday, tuesday + 8 * HOUR)])
    told = selectors.published(leader, ROSTER)
    assert told is not None and (told.shifts, told.people) == (2, 1)
    assert services.withdraw_shifts(roster=ROSTER, viewer=leader, at=EIGHT + HOUR) == 1
    with pytest.raises(NotFound):
        services.withdraw_shifts(roster=ROSTER, viewer=leader, at=EIGHT + HOUR)
    assert len(selectors.planned_shifts(leader, agent.pk, MONDAY.date(), tuesday.date())) == 1


@pytest.mark.django_db
def test_a_leader_sees_who_keeps_the_plan_and_who_has_none():
    leader = viewer_of(make_manager())
    here, gone, unplanned = make_employee("Agnes"), make_employee("Bo"), make_employee("Cleo")
    publish(leader, [here.pk, gone.pk], [shift(here.pk), shift(gone.pk)])
    make_available(here.pk, EIGHT)
    found = selectors.adherences(leader, [here.pk, gone.pk, unplanned.pk], EIGHT + HOUR)
    assert {key: one.kind for key, one in found.items()} == {here.pk: "on_plan", gone.pk: "late"}
    assert found[gone.pk].late_seconds == 3600


@pytest.mark.django_db
def test_a_service_point_of_another_unit_tells_elsewhere():
    leader, agent, valby = viewer_of(make_manager()), make_employee(), make_unit("valby", kind="centre")
    publish(leader, [agent.pk], [shift(agent.pk, unit=agent.unit_id)])
    make_available(agent.pk, EIGHT)
    point = make_point("skranke")
    point.unit = valby
    point.save()
    services.set_service_point(employee_ids=[agent.pk], service_point="skranke", viewer=system("test"), at=EIGHT)
    found = selectors.adherences(leader, [agent.pk], EIGHT + HOUR)[agent.pk]
    assert (found.kind, found.place) == ("elsewhere", "Skranke")
