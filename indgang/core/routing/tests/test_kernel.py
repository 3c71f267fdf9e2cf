"""Many real processes at once, killed at the worst places: nothing twice, nothing lost, nobody idle beside work."""

import os
import signal
import threading
from collections import Counter
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.core.routing import policy, services
from indgang.core.routing.errors import OfferGone
from indgang.core.routing.models import AgentState, Offer, WorkItem
from indgang.core.routing.testing import item_row, make_available, make_item, offers_of
from indgang.core.routing.tests.crew import CREW, crew, dispatchers, heard, leader, until
from indgang.core.routing.tests.watching import DOUBLES, IDLE_PASSES, watched
from indgang.foundation.runtime import clock

pytestmark = [pytest.mark.kernel, pytest.mark.django_db(transaction=True)]
GROUPS = ["moving", "parking", "tax"]
LONG_AGO = timedelta(minutes=2)  # every step is open
AT_ONCE = 2  # passes: the one that matches, and one that read the floor while the change was being committed


def crowd(number: int) -> list[int]:
    """Employees who each know two of three fields, differently well."""
    return [
        make_employee(f"Agent {n}", groups={GROUPS[n % 3]: (1 + n % 5, 1), GROUPS[(n + 1) % 3]: (1 + n % 4, 1)}).pk
        for n in range(number)
    ]


def pile(number: int) -> None:
    at = clock.now() - LONG_AGO
    with transaction.atomic():
        for n in range(number):
            make_item(GROUPS[n % 3], at=at, due_minutes=n % 50)


def left() -> int:
    return WorkItem.objects.exclude(state="done").count()


def check_offers() -> None:
    """Every offer is the policy's own choice on its stored facts, and no item was accepted twice."""
    offers = list(Offer.objects.all())
    assert [policy.replay(o.explanation) for o in offers] == [(o.item_id, o.agent_id) for o in offers]
    accepted = Counter(o.item_id for o in offers if o.result == "accepted")
    assert set(accepted.values()) == {1}


def test_sixteen_agents_finish_fifteen_hundred_items_without_a_wrong_assignment():
    with watched() as history, crew() as team:
        pile(750)
        team.dispatcher()
        team.agents(crowd(16))
        pile(750)
        until(lambda: left() == 0, "all work is done")
        assert history.execute(DOUBLES).fetchone()[0] == 0
        assert history.execute(IDLE_PASSES).fetchone()[0] <= AT_ONCE
    assert WorkItem.objects.filter(state="done").count() == 1500
    check_offers()
    assert Offer.objects.filter(result="accepted").count() == 1500


def test_two_dispatchers_at_once_never_assign_twice_and_the_second_takes_over_when_the_leader_dies():
    with watched() as history, crew() as team:
        dispatchers = [team.dispatcher(), team.dispatcher()]
        team.agents(crowd(4))
        until(lambda: leader() is not None, "one leads")
        pile(60)
        until(lambda: left() < 40, "work is done")
        first = leader()
        os.kill(first, signal.SIGKILL)
        until(lambda: leader() not in (None, first), "the other leads")
        pile(60)
        until(lambda: left() == 0, "all work is done")
        assert history.execute(DOUBLES).fetchone()[0] == 0
        assert [d.poll() is None for d in dispatchers].count(True) == 1
    check_offers()


def test_two_dispatchers_that_both_believe_they_lead_never_assign_twice():
    employees = crowd(6)
    for employee in employees:
        make_available(employee, clock.now())
    pile(30)
    start = threading.Barrier(4)

    def believe() -> None:
        start.wait()
        for _ in range(5):
            services.dispatch_once(clock.now())
        connection.close()

    threads = [threading.Thread(target=believe) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    live = Offer.objects.filter(result="")
    assert live.count() == 6
    assert len(set(live.values_list("item_id", flat=True))) == len(set(live.values_list("agent_id", flat=True))) == 6


def test_an_agent_killed_between_offer_and_answer_loses_nothing():
    victim, other = make_employee("Viktor", groups={"moving": (5, 1)}).pk, make_employee("Bo Bedst").pk
    with crew() as team:
        team.dispatcher()
        silent = team.agent(victim, "--silent")
        assert heard(silent) == "ready"
        item = make_item(at=clock.now())
        assert heard(silent) == "offered"
        silent.kill()
        team.agents([other])
        clock.move(timedelta(seconds=25))
        clock.forget()
        until(lambda: left() == 0, "a colleague does it")
    clock.forget()
    assert [(o.agent_id, o.result) for o in offers_of(item.id)] == [(victim, "expired"), (other, "accepted")]


def test_of_many_who_accept_at_once_exactly_the_right_one_has_it():
    mine, stranger = make_employee(), make_employee("Frida Fremmed")
    make_available(mine.pk, clock.now())
    item = make_item(at=clock.now())
    services.dispatch_once(clock.now())
    viewers = [viewer_of(mine), viewer_of(stranger)] * 4
    start, said = threading.Barrier(len(viewers)), []

    def answer(viewer) -> None:
        start.wait()
        try:
            services.accept(item_id=item.id, viewer=viewer, at=clock.now())
            said.append((viewer.actor.employee, "has it"))
        except OfferGone:
            said.append((viewer.actor.employee, "gone"))
        connection.close()

    threads = [threading.Thread(target=answer, args=[viewer]) for viewer in viewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(said) == {(mine.pk, "has it"): 4, (stranger.pk, "gone"): 4}
    assert item_row(item.id).agent_id == mine.pk
    assert len(offers_of(item.id)) == 1


def test_two_agents_who_take_the_next_at_once_never_get_the_same():
    agents = [make_employee(f"Agent {n}") for n in range(6)]
    items = [make_item(at=clock.now() - LONG_AGO) for _ in range(6)]
    start, got = threading.Barrier(6), []

    def take(employee) -> None:
        start.wait()
        item = services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=clock.now())
        got.append(item.id if item else None)
        connection.close()

    threads = [threading.Thread(target=take, args=[employee]) for employee in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(item.id for item in items)
    check_offers()


def test_the_dispatcher_survives_a_database_that_goes_away():
    with crew() as team:
        dispatcher = team.dispatcher()
        until(lambda: leader() is not None, "it leads")
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as killer:
            for _ in range(20):
                killer.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND (application_name = %s OR application_name LIKE %s)",
                    [CREW, "dispatcher %"],
                )
                killer.execute("SELECT pg_sleep(0.1)")
        assert dispatcher.poll() is None
        make_available(make_employee().pk, clock.now())
        item = make_item(at=clock.now())
        until(lambda: item_row(item.id).state == "offered", "it offers again")
        assert AgentState.objects.get().mode == "reserved"


def test_the_dispatcher_ends_when_told_to():
    with crew() as team:
        standing_by = [team.dispatcher(), team.dispatcher()]
        until(lambda: leader() is not None and dispatchers() == 2, "one leads, one stands by")
        for process in standing_by:
            process.terminate()
        assert [process.wait(30) for process in standing_by] == [0, 0]
