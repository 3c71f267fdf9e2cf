"""The plan that is published, held against what people do, on the leader's live view."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.routing import services as work
from indgang.core.routing.testing import make_available
from indgang.core.routing.values import ShiftRow
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def page_of(employee) -> str:
    client = Client()
    client.force_login(employee.account)
    return client.get("/ledelse").content.decode()


@pytest.fixture
def leader():
    return make_employee("Lene Leder", roles=["manager"], groups={})


def planned(leader, *people) -> None:
    """At work from an hour ago, published yesterday."""
    at = clock.now()
    start = at - HOUR
    shifts = [ShiftRow(one.pk, clock.local(start).date(), start, at + 6 * HOUR, "Dag") for one in people]
    days = {"first": clock.local(start).date(), "last": clock.local(start).date()}
    work.publish_shifts(
        roster=UUID(int=5),
        employees=[p.pk for p in people],
        shifts=shifts,
        viewer=viewer_of(leader),
        at=at - 24 * HOUR,
        **days,
    )


@pytest.mark.req("org.chief")
def test_the_live_view_says_who_keeps_the_plan_who_is_late_and_who_is_elsewhere(leader):
    here, gone, paused = make_employee("Agnes Agent"), make_employee("Bo Bedst"), make_employee("Cleo Cool")
    planned(leader, here, gone, paused)
    make_available(here.pk, clock.now())
    make_available(paused.pk, clock.now())
    work.set_state(employee_id=paused.pk, mode="pause", reason="frokost", at=clock.now(), viewer=viewer_of(paused))
    page = page_of(leader)
    assert "Efter planen til kl." in page
    assert "Planlagt nu, men ikke her" in page and "<strong>Bo Bedst</strong>: For sent: skulle være mødt kl." in page
    assert "Et andet sted: holder pause" in page


def test_without_a_published_plan_the_live_view_says_nothing_of_one(leader):
    make_available(make_employee().pk, clock.now())
    page = page_of(leader)
    assert "Planen nu" not in page and "Ingen plan" not in page


def test_a_leader_of_another_unit_sees_nothing_of_the_plan(leader):
    planned(leader, make_employee("Bo Bedst"))
    other = make_employee("Vera Valby", roles=["manager"], groups={}, unit=make_unit("valby", kind="centre"))
    assert "Bo Bedst" not in page_of(other)
