"""Two hands at the same thing in the same moment: one of them wins, nothing hangs in between."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from indgang.core.organisation import services as organisation
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.core.routing import policy, services
from indgang.core.routing.errors import AlreadyMoved, NotYours, OfferGone
from indgang.core.routing.models import AgentState, Offer, WorkItem
from indgang.core.routing.testing import agent_row, item_row, make_available, make_item, make_point, offers_of
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

pytestmark = [pytest.mark.kernel, pytest.mark.django_db(transaction=True)]
SETUP = system("test")
ROUNDS = 6


def at_once(*works: Callable[[], object]) -> list[object]:
    """Everything at the same moment; what each gave, or the refusal it met."""
    start, said = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        start.wait()
        try:
            said[number] = work()
        except (DomainError, DatabaseError) as refusal:
            said[number] = refusal
        connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def settle() -> None:
    """What the dispatcher does each second."""
    services.find_away(clock.now())


def nothing_hangs(employee: int) -> None:
    """An employee who is gone has nothing in hand and nothing held out."""
    assert agent_row(employee).mode == "offline"
    assert not WorkItem.objects.filter(agent=employee, state__in=("offered", "active")).exists()
    assert not Offer.objects.filter(agent=employee, result="").exists()


def test_of_two_leaders_who_move_the_same_person_one_does_and_one_is_told_where_they_are():
    leaders = [viewer_of(make_employee(f"Leder {n}", roles=["manager"], groups={})) for n in range(2)]
    agent = make_employee()
    make_available(agent.pk, clock.now())
    points = [make_point(code, media=[medium]).code for code, medium in (("telefon", "phone"), ("skranke", "counter"))]

    def moves(leader, point):
        return lambda: services.set_service_point(
            employee_ids=[agent.pk], service_point=point, viewer=leader, at=clock.now(), versions={agent.pk: 1}
        )

    said = at_once(*(moves(leader, point) for leader, point in zip(leaders, points, strict=True)))
    won = [point for point, answer in zip(points, said, strict=True) if isinstance(answer, list)]
    assert [type(answer) for answer in said].count(AlreadyMoved) == 1
    assert [agent_row(agent.pk).service_point_id] == won
    assert agent_row(agent.pk).point_version == 2


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_sign_off_while_an_offer_is_made_or_taken_leaves_nothing_in_the_hands_of_who_left(number):
    leader, agent = viewer_of(make_employee("Lene Leder", roles=["manager"], groups={})), make_employee()
    make_available(agent.pk, clock.now())
    item = make_item(at=clock.now())

    def signs_off():
        return services.sign_off(employee_id=agent.pk, viewer=leader, at=clock.now())

    def accepts():
        return services.accept(item_id=item.id, viewer=viewer_of(agent), at=clock.now())

    def offers():
        return services.dispatch_once(clock.now())

    if number % 2:
        offers()
    said = at_once(signs_off, accepts if number % 2 else offers)
    assert all(isinstance(answer, int | WorkItem | OfferGone) for answer in said), said
    settle()
    nothing_hangs(agent.pk)
    assert item_row(item.id).state == "waiting"


@pytest.mark.parametrize("number", range(ROUNDS // 2))
def test_who_leaves_the_house_while_finishing_work_keeps_nothing(number):
    agent = make_employee(f"Agent {number}")
    make_available(agent.pk, clock.now())
    viewer, item = viewer_of(agent), make_item(at=clock.now())
    services.take_next(employee_id=agent.pk, viewer=viewer, at=clock.now())

    def leaves():
        yesterday = clock.today() - timedelta(days=1)
        return organisation.record_leave(employee_id=agent.pk, last_day=yesterday, viewer=SETUP, at=clock.now())

    def finishes():
        return services.finish(item_id=item.id, viewer=viewer, at=clock.now())

    said = at_once(leaves, finishes)
    assert not [one for one in said if isinstance(one, Exception) and not isinstance(one, NotYours)], said
    settle()
    nothing_hangs(agent.pk)
    row = item_row(item.id)
    assert row.state == "done" or (row.state, row.returned_from) == ("waiting", agent.pk)


def test_figures_read_again_while_work_is_given_out_change_no_choice_that_was_made():
    agents = [make_employee(f"Agent {n}").pk for n in range(6)]
    for employee in agents:
        make_available(employee, clock.now())
    for _ in range(30):
        make_item(at=clock.now() - timedelta(minutes=2))

    def reloads() -> None:
        for seconds in (5, 60, 9, 30):
            said = {"code": "routing.steps.written.lower", "value": float(seconds)}
            services.load_profile({"settings": [said]}, at=clock.now())

    def works() -> None:
        for _ in range(6):
            services.dispatch_once(clock.now())
            for offer in Offer.objects.filter(result="", agent__in=agents).select_related("agent"):
                services.accept(item_id=offer.item_id, viewer=viewer_of(offer.agent), at=clock.now())
                services.finish(item_id=offer.item_id, viewer=viewer_of(offer.agent), at=clock.now())

    assert at_once(reloads, works) == [None, None]
    offers = list(Offer.objects.all())
    assert len(offers) >= len(agents)
    assert [policy.replay(o.explanation) for o in offers] == [(o.item_id, o.agent_id) for o in offers]
    items = WorkItem.objects.filter(state="done").count()
    assert items == Offer.objects.filter(result="accepted").count()


def test_an_offer_made_in_the_moment_somebody_left_goes_to_others_within_a_second():
    agent = make_employee()
    make_available(agent.pk, clock.now())
    item = make_item(at=clock.now())
    services.dispatch_once(clock.now())
    AgentState.objects.filter(pk=agent.pk).update(mode="offline")
    settle()
    nothing_hangs(agent.pk)
    assert [offer.result for offer in offers_of(item.id)] == ["withdrawn"]
    assert item_row(item.id).state == "waiting"
