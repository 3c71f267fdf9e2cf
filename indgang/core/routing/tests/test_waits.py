"""How long one waits is measured by what was taken, and never invented."""

from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee
from indgang.core.routing import keeping, selectors, services
from indgang.core.routing.models import WorkItem
from indgang.core.routing.testing import make_item, make_taken, make_target

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _read_anew():
    keeping.forget()


def taken(at, waits, **facts):
    """Calls that began at that moment and were taken after so many seconds."""
    agent = make_employee("Agnes Agent")
    for seconds in waits:
        make_taken(agent.pk, at=at, waited=seconds, **facts)


@pytest.mark.req("ch.priority")
def test_twenty_calls_at_this_time_of_the_week_say_how_long_one_waits(now):
    taken(now - WEEK, range(1, 11))
    taken(now - 2 * WEEK, range(11, 21))
    assert services.measure_waits(now) == 2  # of the group, and of all

    (wait,) = selectors.expected_waits("T-076", "moving", now + timedelta(minutes=20)).values()

    assert (wait.medium, wait.counted, wait.median, wait.most, wait.promised) == ("phone", 20, 10, 16, None)


def test_fewer_say_nothing_and_what_is_promised_is_told(now):
    make_target("phone", seconds=30)
    taken(now - WEEK, range(1, 20))
    services.measure_waits(now)

    (wait,) = selectors.expected_waits("T-076", "moving", now).values()

    assert (wait.median, wait.most, wait.promised, wait.share) == (None, None, 30, 0.8)


def test_neither_measured_nor_promised_is_not_there(now):
    services.measure_waits(now)
    assert selectors.expected_waits("T-076", "moving", now) == {}


def test_too_few_of_one_kind_are_told_with_all_others(now):
    taken(now - WEEK, [10] * 15)
    taken(now - WEEK, [100] * 15, group="tax")
    services.measure_waits(now)
    assert selectors.expected_waits("T-076", "moving", now)["phone"].counted == 30


def test_another_half_hour_another_weekday_and_older_weeks_do_not_count(now):
    taken(now - timedelta(minutes=30), [5] * 20)
    taken(now - timedelta(days=1), [5] * 20)
    taken(now - 5 * WEEK, [5] * 20)
    services.measure_waits(now)
    assert selectors.expected_waits("T-076", "moving", now) == {}


def test_the_hour_is_that_of_the_town_in_summer_and_winter(now):
    """The clock goes forward on 29 March 2026: nine o'clock stays nine o'clock."""
    summer = now + 4 * WEEK - timedelta(hours=1)
    taken(summer - 3 * WEEK + timedelta(hours=1), [5] * 20)
    services.measure_waits(summer)
    assert selectors.expected_waits("T-076", "moving", summer)["phone"].median == 5


def test_a_call_handed_on_counts_with_its_first_taking_alone(now):
    taken(now - WEEK, [5] * 20)
    second = make_employee("Torben Toldskat")
    for item in WorkItem.objects.all():
        make_taken(second.pk, at=now - WEEK, waited=600, item=item)
    services.measure_waits(now)
    assert selectors.expected_waits("T-076", "moving", now)["phone"].most == 5


def test_mails_and_what_is_opened_with_the_citizen_present_are_no_waits(now):
    taken(now - WEEK, [5] * 20, medium="mail")
    for _ in range(20):
        make_item(at=now - WEEK, medium="counter", state="active")
    services.measure_waits(now)
    assert selectors.expected_waits("T-076", "moving", now, ["phone", "counter", "mail"]) == {}


def test_counting_anew_replaces_what_was_counted(now):
    taken(now - WEEK, [5] * 20)
    services.measure_waits(now)
    services.measure_waits(now)
    services.measure_waits(now + 4 * WEEK)
    assert selectors.expected_waits("T-076", "moving", now) == {}


def test_the_page_of_a_task_asks_for_them_in_one_statement(now, django_assert_num_queries):
    make_target("phone", seconds=30)
    selectors.expected_waits("T-076", "moving", now)
    with django_assert_num_queries(1):
        selectors.expected_waits("T-076", "moving", now)
