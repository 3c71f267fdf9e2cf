"""A leader arranges what waits; targets are counted over days; capacity is read for many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee, make_group, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.errors import NotADeadline, NotWaiting, UnknownTarget
from indgang.core.routing.models import ServiceTarget
from indgang.core.routing.testing import item_row, make_available, make_item, offers_of
from indgang.foundation.access.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    make_group("tax")
    return make_employee("Lene Leder", roles=["manager"], groups={})


def test_a_leader_gives_what_waits_to_another_group_and_makes_it_urgent(now, leader):
    make_employee()
    item, viewer = make_item(at=now), viewer_of(leader)
    (row,) = selectors.arrangeable(viewer, now)
    services.arrange(item_id=item.id, to=replace(row.placing, group="tax", priority=2), viewer=viewer, at=now)
    there = item_row(item.id)
    assert (there.group, there.priority, there.version) == ("tax", 2, 2)


def test_what_a_leader_gives_by_name_is_offered_to_that_person(now, leader):
    bo = make_employee("Bo Byt", groups={"tax": (2, 1)})
    make_employee()
    item, viewer = make_item(at=now), viewer_of(leader)
    (row,) = selectors.arrangeable(viewer, now)
    services.arrange(item_id=item.id, to=replace(row.placing, employee=bo.pk), viewer=viewer, at=now)
    make_available(bo.pk, now)
    assert services.dispatch_once(now) == 1
    assert offers_of(item.id)[0].agent_id == bo.pk


def test_only_who_leads_people_for_it_arranges_it_and_only_while_it_waits(now, leader):
    agent = make_employee()
    elsewhere = make_employee("Lis Leder", roles=["manager"], groups={}, unit=make_unit("andet", kind="office"))
    item = make_item(at=now)
    to = selectors.placing(item.id)
    for stranger in (agent, elsewhere):
        with pytest.raises(NotFound):
            services.arrange(item_id=item.id, to=to, viewer=viewer_of(stranger), at=now)
    with pytest.raises(UnknownTarget):
        services.arrange(item_id=item.id, to=replace(to, group="nowhere"), viewer=viewer_of(leader), at=now)
    make_available(agent.pk, now)
    services.dispatch_once(now)
    with pytest.raises(NotWaiting):
        services.arrange(item_id=item.id, to=to, viewer=viewer_of(leader), at=now)
    assert selectors.placing(item.id) is None


@pytest.mark.parametrize("days", [-4000, 4000])
def test_a_deadline_the_policy_cannot_reckon_with_is_refused(now, leader, days):
    make_employee()
    item = make_item(at=now)
    to = replace(selectors.placing(item.id), due_at=now + timedelta(days=days))
    with pytest.raises(NotADeadline):
        services.arrange(item_id=item.id, to=to, viewer=viewer_of(leader), at=now)


def test_targets_are_counted_for_today_and_the_days_before(now):
    ServiceTarget.objects.create(medium="mail", share=0.8, valid_from=(now - timedelta(days=90)).date())
    for days, late in ((0, False), (0, True), (3, False), (20, False), (40, False)):
        done = now - timedelta(days=days)
        due = done - timedelta(hours=1) if late else done + timedelta(hours=1)
        make_item(at=done, state="done", done_at=done, due_at=due)
    (row,) = selectors.goals(now, (1, 7, 30))
    assert (row.group, row.medium, row.share, row.spans) == ("moving", "mail", 0.8, ((2, 1), (3, 2), (4, 3)))


def test_capacities_are_read_for_many(now, leader):
    one, other = make_employee(), make_employee("Bo Byt")
    services.set_capacity(employee_id=one.pk, capacity={"mail": 3}, viewer=viewer_of(leader), at=now)
    make_available(other.pk, now)
    assert selectors.capacities([one.pk, other.pk]) == {one.pk: {"mail": 3}}
