"""How many statements work costs; a further one is paid at every assignment of every day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.core.routing import services
from indgang.core.routing.pool import Memory
from indgang.core.routing.testing import make_available, make_item
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
SAVEPOINT = 2  # a service inside the test's own transaction begins and ends one


@pytest.fixture
def agent():
    found = make_employee("Agnes Agent", groups={"moving": (3, 1)})
    make_available(found.pk, clock.now())
    return found


def offered(agent, number: int = 1):
    """The item the agent is offered, with further ones behind it."""
    at = clock.now()
    items = [make_item(at=at - timedelta(minutes=2), due_minutes=n) for n in range(number)]
    assert services.dispatch_once(at) == 1
    return items[0]


def cost(work) -> int:
    with CaptureQueriesContext(connection) as statements:
        work()
    return len(statements)


@pytest.mark.parametrize("waiting", [1, 40])
def test_accepting_and_finishing(agent, waiting, django_assert_max_num_queries):
    item, viewer = offered(agent, waiting), viewer_of(agent)
    with django_assert_max_num_queries(7 + SAVEPOINT):
        services.accept(item_id=item.id, viewer=viewer, at=clock.now())
    with django_assert_max_num_queries(7 + SAVEPOINT):
        services.finish(item_id=item.id, viewer=viewer, at=clock.now())


def test_taking_the_next_by_hand_costs_the_same_however_many_wait(agent):
    viewer, counts = viewer_of(agent), []
    for waiting in (1, 1, 40):
        for n in range(waiting):
            make_item(at=clock.now(), due_minutes=n)
        counts.append(cost(lambda: services.take_next(employee_id=agent.pk, viewer=viewer, at=clock.now())))
    assert counts[1] == counts[2] <= 20 and counts[0] <= 20 + SAVEPOINT


def test_asking_for_the_next_where_nothing_waits_is_one_statement(agent, django_assert_num_queries):
    make_item("tax", at=clock.now())
    viewer = viewer_of(agent)
    with django_assert_num_queries(1):
        assert services.take_next(employee_id=agent.pk, viewer=viewer, at=clock.now()) is None


def test_a_pass_costs_one_statement_more_for_each_further_offer():
    memory, counts = Memory(60), []
    for number in (1, 1, 5):
        for n in range(number):
            make_available(make_employee(f"Agent {number} {n}", groups={"moving": (3, 1)}).pk, clock.now())
            make_item(at=clock.now() - timedelta(minutes=2))
        counts.append(cost(lambda: services.dispatch_once(clock.now(), memory)))
    assert counts[2] - counts[1] == 4 and counts[1] <= 12 + SAVEPOINT
