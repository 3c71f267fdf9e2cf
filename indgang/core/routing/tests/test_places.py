"""Service points, relief groups, substitutes and pauses: who gets what where."""

from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.routing import keeping, selectors, services
from indgang.core.routing.errors import AlreadyMoved, NotAFigure, PauseReasonMissing, UnknownPoint
from indgang.core.routing.models import PauseReason
from indgang.core.routing.testing import agent_row, item_row, make_available, make_item, make_point, offers_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
SETUP = system("test")


@pytest.fixture
def leader():
    return make_employee("Lene Leder", roles=["manager"], groups={})


def at_work(now, name="Agnes Agent", **facts):
    employee = make_employee(name, **facts)
    make_available(employee.pk, now)
    return employee


@pytest.mark.req("kc.flex")
def test_a_leader_moves_an_agent_between_counter_and_phone_and_the_log_shows_it(now, leader):
    agent = at_work(now)
    make_point("telefon", media=["phone"])
    make_point("skranke", media=["counter"])
    call = make_item(at=now, medium="phone")
    services.set_service_point(employee_ids=[agent.pk], service_point="skranke", viewer=viewer_of(leader), at=now)
    assert services.dispatch_once(now) == 0
    services.set_service_point(employee_ids=[agent.pk], service_point="telefon", viewer=viewer_of(leader), at=now)
    assert services.dispatch_once(now) == 1
    assert item_row(call.id).agent_id == agent.pk
    from indgang.foundation.journal.selectors import events_of_subject

    moves = [e.data for e in events_of_subject(f"organisation.employee:{agent.pk}") if e.verb == "agent.moved"]
    assert [(m["before"], m["service_point"]) for m in moves] == [(None, "skranke"), ("skranke", "telefon")]


def test_an_offer_that_no_longer_fits_goes_to_a_colleague_at_once(now, leader):
    agent = at_work(now, groups={"moving": (5, 1)})
    other = at_work(now, "Bo Bedst", groups={"moving": (2, 1)})
    make_point("skranke", media=["counter"])
    item = make_item(at=now)
    services.dispatch_once(now)
    services.set_service_point(employee_ids=[agent.pk], service_point="skranke", viewer=viewer_of(leader), at=now)
    assert agent_row(agent.pk).mode == "available"
    assert services.dispatch_once(now) == 1
    assert item_row(item.id).agent_id == other.pk


def test_the_second_of_two_leaders_learns_that_the_first_has_moved_somebody(now, leader):
    agent, other = at_work(now), at_work(now, "Bo Bedst")
    make_point("telefon", media=["phone"])
    make_point("skranke", media=["counter"])
    seen = {agent.pk: 1, other.pk: 1}
    move = services.set_service_point
    move(employee_ids=[agent.pk], service_point="telefon", viewer=viewer_of(leader), at=now, versions=seen)
    with pytest.raises(AlreadyMoved):
        move(employee_ids=[agent.pk, other.pk], service_point="skranke", viewer=SETUP, at=now, versions=seen)
    move(employee_ids=[agent.pk], service_point="telefon", viewer=SETUP, at=now, versions=seen)


def test_nobody_moves_people_of_another_unit_or_to_a_place_that_is_not_there(now, leader):
    stranger = make_employee("Frida Fremmed", unit=make_unit("ANDEN"))
    with pytest.raises(NotFound):
        services.set_service_point(employee_ids=[stranger.pk], service_point="", viewer=viewer_of(leader), at=now)
    with pytest.raises(UnknownPoint):
        services.set_service_point(employee_ids=[leader.pk], service_point="måne", viewer=viewer_of(leader), at=now)


@pytest.mark.req("kc.existingoverflow")
def test_a_unit_of_another_administration_can_be_a_relief_group(now):
    register = make_unit("REGISTER")
    own = at_work(now, groups={"moving": (5, 1)})
    relief = at_work(now, "Rie Register", unit=register, groups={"moving": (3, 1), "parking": (3, 1)})
    services.save_relief_group(
        code="register", name="Folkeregisteret", units=[register.pk], groups=["moving"], threshold=100,
        live_after=15, written_after=60, share=0.5, viewer=SETUP, at=now,
    )  # fmt: skip
    held = make_item(at=now)
    services.take_next(employee_id=own.pk, viewer=viewer_of(own), at=now)
    item, strange = make_item(at=now), make_item("parking", at=now)
    assert services.dispatch_once(now) == 0
    assert services.dispatch_once(now + 60 * SECOND) == 1
    assert (item_row(held.id).agent_id, item_row(item.id).agent_id) == (own.pk, relief.pk)
    assert item_row(strange.id).state == "waiting"
    assert [row.why for row in selectors.stuck(now)] == ["relief"]


def test_an_item_for_an_absent_person_by_name_goes_to_the_substitute(now):
    from indgang.core.organisation.services import set_substitute

    named, stand_in = make_employee("Nanna Navngivet"), at_work(now, "Stig Stedfortræder", groups={"parking": (1, 1)})
    day = now.date()
    set_substitute(employee_id=named.pk, substitute_id=stand_in.pk, valid_from=day, valid_to=None, viewer=SETUP, at=now)
    item = make_item(at=now, employee_id=named.pk)
    assert services.dispatch_once(now) == 1
    (offer,) = offers_of(item.id)
    assert (offer.agent_id, offer.explanation["step"]) == (stand_in.pk, "substitute")
    make_available(named.pk, now)
    services.decline(item_id=item.id, reason="busy", viewer=viewer_of(stand_in), at=now)
    assert services.dispatch_once(now) == 1
    assert item_row(item.id).agent_id == named.pk


def test_a_pause_needs_a_reason_of_the_list(now):
    agent = at_work(now)
    PauseReason.objects.create(code="frokost", title="Frokost", title_en="Lunch")
    keeping.forget()
    with pytest.raises(PauseReasonMissing):
        services.set_state(employee_id=agent.pk, mode="pause", reason="keder mig", at=now, viewer=viewer_of(agent))
    services.set_state(employee_id=agent.pk, mode="pause", reason="frokost", at=now, viewer=viewer_of(agent))
    state = selectors.my_work(agent.pk, now).state
    assert (state.reason, state.reason_name) == ("frokost", "Frokost")


def test_a_leader_says_how_much_somebody_can_have_in_hand(now, leader):
    agent = at_work(now)
    services.set_capacity(employee_id=agent.pk, capacity={"written": 2}, viewer=viewer_of(leader), at=now)
    for _ in range(2):
        make_item(at=now)
        assert services.dispatch_once(now) == 1
        services.take_next(employee_id=agent.pk, viewer=viewer_of(agent), at=now)
    make_item(at=now)
    assert services.dispatch_once(now) == 0
    with pytest.raises(NotAFigure):
        services.set_capacity(employee_id=agent.pk, capacity={"mail": 0}, viewer=viewer_of(leader), at=now)
    with pytest.raises(NotFound):
        services.set_capacity(employee_id=agent.pk, capacity={"mail": 2}, viewer=viewer_of(agent), at=now)
