"""An offer: made, accepted, declined, expired, taken back."""

from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.core.routing import policy, selectors, services
from indgang.core.routing.errors import OfferGone, RefusalMissing, UnknownMode
from indgang.core.routing.testing import agent_row, item_row, make_available, make_item, offers_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def agent(now, name="Agnes Agent", **facts):
    employee = make_employee(name, **facts)
    make_available(employee.pk, now)
    return employee


@pytest.mark.req("goal.competent")
def test_the_free_employee_with_the_greatest_competence_is_offered_the_work(now):
    agent(now, groups={"moving": (2, 1)})
    best = agent(now, "Bo Bedst", groups={"moving": (5, 1)})
    item = make_item(at=now)
    assert services.dispatch_once(now) == 1
    (offer,) = offers_of(item.id)
    assert offer.agent_id == best.pk
    assert policy.replay(offer.explanation) == (item.id, best.pk)
    assert agent_row(best.pk).mode == "reserved"


def test_an_accepted_item_is_in_hand_and_a_second_click_changes_nothing(now):
    employee = agent(now)
    item = make_item(at=now)
    services.dispatch_once(now)
    for _ in range(2):
        services.accept(item_id=item.id, viewer=viewer_of(employee), at=now)
    assert item_row(item.id).state == "active"
    assert agent_row(employee.pk).mode == "busy"
    assert [o.result for o in offers_of(item.id)] == ["accepted"]


def test_only_the_one_it_was_offered_to_can_accept(now):
    agent(now)
    stranger = make_employee("Frida Fremmed")
    item = make_item(at=now)
    services.dispatch_once(now)
    with pytest.raises(OfferGone):
        services.accept(item_id=item.id, viewer=viewer_of(stranger), at=now)


def test_a_declined_item_goes_to_a_colleague_and_comes_back_later(now):
    best = agent(now, groups={"moving": (5, 1)})
    other = agent(now, "Bo Bedst", groups={"moving": (2, 1)})
    item = make_item(at=now)
    services.dispatch_once(now)
    services.decline(item_id=item.id, reason="busy", viewer=viewer_of(best), at=now)
    assert services.dispatch_once(now) == 1
    assert item_row(item.id).agent_id == other.pk
    for reason in ("", "nonsense"):
        with pytest.raises(RefusalMissing):
            services.decline(item_id=item.id, reason=reason, viewer=viewer_of(other), at=now)
    services.decline(item_id=item.id, reason="other", viewer=viewer_of(other), at=now)
    assert services.dispatch_once(now) == 0
    assert services.dispatch_once(now + 301 * SECOND) == 1
    assert [o.reason for o in offers_of(item.id)] == ["busy", "other", ""]


def test_an_offer_nobody_answers_goes_to_a_colleague_and_the_item_rests_a_second(now):
    best = agent(now, groups={"moving": (5, 1)})
    other = agent(now, "Bo Bedst", groups={"moving": (2, 1)})
    item = make_item(at=now)
    services.dispatch_once(now)
    late = now + 20 * SECOND
    assert services.expire_offers(late) == 1
    assert services.expire_offers(late) == 0
    assert services.dispatch_once(late) == 0
    assert services.dispatch_once(late + SECOND) == 1
    assert item_row(item.id).agent_id == other.pk
    assert item_row(item.id).waiting_since == now
    assert agent_row(best.pk).mode == "available"


def test_two_missed_offers_in_a_row_make_an_agent_unreachable_until_they_say_otherwise(now):
    employee = agent(now)
    for number in range(2):
        at = now + 100 * number * SECOND
        make_item(at=at)
        assert services.dispatch_once(at) == 1
        services.expire_offers(at + 20 * SECOND)
    assert (agent_row(employee.pk).mode, agent_row(employee.pk).reason) == ("unreachable", "missed")
    services.seen(employee.pk, now + 200 * SECOND)
    assert agent_row(employee.pk).mode == "unreachable"
    make_available(employee.pk, now + 300 * SECOND)
    assert services.dispatch_once(now + 300 * SECOND) == 1


def test_a_failed_item_never_spins(now):
    item = make_item(at=now)
    agent(now)
    rests = []
    at = now
    for _ in range(4):
        make_available(item_owner(), at)
        assert services.dispatch_once(at) == 1
        at += 20 * SECOND
        services.expire_offers(at)
        rests.append((item_row(item.id).not_before - at).total_seconds())
        at += 100 * SECOND
    assert rests == [1, 2, 4, 8]


def item_owner() -> int:
    from indgang.core.routing.models import AgentState

    return AgentState.objects.get().pk


def test_an_agent_who_leaves_gives_the_offer_back_at_once(now):
    leaver = agent(now, groups={"moving": (5, 1)})
    other = agent(now, "Bo Bedst", groups={"moving": (2, 1)})
    item = make_item(at=now)
    services.dispatch_once(now)
    services.set_state(employee_id=leaver.pk, mode="pause", reason="frokost", at=now, viewer=viewer_of(leaver))
    assert services.dispatch_once(now) == 1
    assert [o.result for o in offers_of(item.id)] == ["withdrawn", ""]
    assert item_row(item.id).agent_id == other.pk


def test_a_silent_browser_makes_unreachable_and_work_in_hand_stays_listed(now):
    employee = agent(now)
    held = make_item(at=now)
    services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=now)
    late = now + 91 * SECOND
    assert services.find_away(late) == 1
    assert agent_row(employee.pk).mode == "unreachable"
    assert item_row(held.id).agent_id == employee.pk
    assert [row.id for row in selectors.unattended(late)] == [held.id]
    services.seen(employee.pk, late + SECOND)
    assert agent_row(employee.pk).mode == "busy"


def test_the_offer_of_a_silent_browser_goes_to_a_colleague(now):
    silent = agent(now, groups={"moving": (5, 1)})
    other = make_employee("Bo Bedst", groups={"moving": (2, 1)})
    item = make_item(at=now + 80 * SECOND)
    services.dispatch_once(now + 80 * SECOND)
    assert item_row(item.id).agent_id == silent.pk
    make_available(other.pk, now + 85 * SECOND)
    services.find_away(now + 91 * SECOND)
    services.dispatch_once(now + 91 * SECOND)
    assert item_row(item.id).agent_id == other.pk


def test_after_a_call_comes_wrap_up_and_then_idle_time_begins(now):
    employee = agent(now)
    call = make_item(at=now, medium="phone")
    services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=now)
    services.finish(item_id=call.id, viewer=viewer_of(employee), at=now + SECOND)
    assert agent_row(employee.pk).mode == "wrap_up"
    assert services.end_wrap_ups(now + 30 * SECOND) == 0
    assert services.end_wrap_ups(now + 31 * SECOND) == 1
    assert agent_row(employee.pk).idle_since == now + 31 * SECOND


def test_a_lost_claim_changes_nothing(now):
    from indgang.core.routing import offering
    from indgang.core.routing.pool import Memory, read
    from indgang.core.routing.rules import figures

    employee = agent(now)
    item = make_item(at=now)
    pool = read(now, Memory())
    choices = policy.choose(pool.items, pool.agents, now, figures(now))
    services.set_state(employee_id=employee.pk, mode="pause", at=now, viewer=system("test"))
    make_available(employee.pk, now)
    assert offering.claim(choices, pool, now) == 0
    assert (item_row(item.id).state, offers_of(item.id)) == ("waiting", [])


def test_a_long_running_dispatcher_notices_that_a_rest_is_over(now):
    from indgang.core.routing.pool import Memory

    employee = agent(now)
    memory = Memory(3600)
    item = make_item(at=now)
    services.dispatch_once(now, memory)
    services.decline(item_id=item.id, reason="busy", viewer=viewer_of(employee), at=now)
    assert [services.dispatch_once(now + s * SECOND, memory) for s in (0, 299, 300)] == [0, 0, 1]


def test_a_mode_nobody_can_choose_is_refused(now):
    employee = agent(now)
    with pytest.raises(UnknownMode):
        services.set_state(employee_id=employee.pk, mode="reserved", at=now, viewer=viewer_of(employee))


@pytest.mark.req("kc.flex")
def test_the_leader_of_the_unit_moves_an_agent_and_nobody_else_does(now):
    from indgang.core.organisation.testing import make_manager, make_stranger

    employee = agent(now)
    services.set_state(employee_id=employee.pk, mode="pause", at=now, viewer=viewer_of(make_manager()))
    assert agent_row(employee.pk).mode == "pause"
    with pytest.raises(NotFound):
        services.set_state(employee_id=employee.pk, mode="available", at=now, viewer=viewer_of(make_stranger()))
