"""Taking, handing on, putting aside and finishing work; and what the lists show."""

from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee, make_group, make_stranger, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.errors import NobodyThere, NotYours, ReasonMissing, ToYourself, UnknownTarget
from indgang.core.routing.testing import agent_row, item_row, make_available, make_item
from indgang.core.routing.values import TransferTarget
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def hand_on(item, origin, now, note="Se bilaget", **to):
    return services.transfer(item_id=item.id, to=TransferTarget(**to), note=note, viewer=viewer_of(origin), at=now)


def in_hand(now, **facts):
    employee = make_employee(groups={"moving": (3, 1), "tax": (1, 1)})
    make_available(employee.pk, now)
    item = make_item(at=now, **facts)
    assert services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=now).id == item.id
    return employee, item


def test_take_next_gives_the_most_urgent_and_counts_down(now):
    employee = make_employee()
    later, first = make_item(at=now, due_minutes=60), make_item(at=now, due_minutes=5)
    make_item("parking", at=now)
    assert selectors.waiting_for(employee.pk, now) == 2
    taken = [services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=now) for _ in range(3)]
    assert [item and item.id for item in taken] == [first.id, later.id, None]
    assert selectors.waiting_for(employee.pk, now) == 0


def test_take_next_takes_what_is_offered_to_me(now):
    employee = make_employee()
    make_available(employee.pk, now)
    item = make_item(at=now)
    services.dispatch_once(now)
    make_item(at=now, due_minutes=1)
    assert services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=now).id == item.id


@pytest.mark.req("kc.transfer")
def test_handed_on_work_keeps_its_place_and_does_not_come_back(now):
    origin, item = in_hand(now)
    before = item_row(item.id)
    later = now + HOUR
    make_group("tax")
    hand_on(item, origin, later, group="tax")
    after = item_row(item.id)
    assert (after.waiting_since, after.due_at, after.hops) == (before.waiting_since, before.due_at, 1)
    assert services.dispatch_once(later) == 0
    specialist = make_employee("Sofus Specialist", groups={"tax": (5, 3)})
    make_available(specialist.pk, later)
    assert services.dispatch_once(later) == 1
    assert item_row(item.id).agent_id == specialist.pk
    assert agent_row(origin.pk).mode == "available"


def test_work_handed_to_a_colleague_by_name_waits_for_that_colleague(now):
    origin, item = in_hand(now)
    colleague = make_employee("Sofus Specialist", groups={})
    make_available(make_employee("Bo Bedst").pk, now)
    hand_on(item, origin, now, employee=colleague.pk)
    assert services.dispatch_once(now + HOUR) == 0
    make_available(colleague.pk, now + HOUR)
    services.dispatch_once(now + HOUR)
    assert item_row(item.id).agent_id == colleague.pk
    services.accept(item_id=item.id, viewer=viewer_of(colleague), at=now + HOUR)
    hand_on(item, colleague, now + HOUR, employee=origin.pk)
    services.dispatch_once(now + HOUR)
    assert item_row(item.id).agent_id == origin.pk


def test_work_handed_to_a_unit_stays_in_that_unit(now):
    origin, item = in_hand(now)
    office = make_unit("folkeregister", kind="office")
    make_available(make_employee("Bo Bedst").pk, now)
    hand_on(item, origin, now, unit="folkeregister")
    assert services.dispatch_once(now + HOUR) == 0
    clerk = make_employee("Karla Kontor", unit=office)
    make_available(clerk.pk, now + HOUR)
    services.dispatch_once(now + HOUR)
    assert item_row(item.id).agent_id == clerk.pk


@pytest.mark.parametrize(
    ("to", "note", "error"),
    [
        ({}, "x", NobodyThere),
        ({"group": "tax", "unit": "kontaktcenter"}, "x", NobodyThere),
        ({"group": "unknown"}, "x", UnknownTarget),
        ({"unit": "unknown"}, "x", UnknownTarget),
        ({"employee": 999_999}, "x", UnknownTarget),
        ({"group": "tax"}, " ", ReasonMissing),
    ],
)
def test_a_hand_over_needs_one_known_receiver_and_a_note(now, to, note, error):
    make_group("tax")
    origin, item = in_hand(now)
    with pytest.raises(error):
        hand_on(item, origin, now, note=note, **to)
    assert item_row(item.id).state == "active"


def test_nobody_hands_work_to_themselves_or_work_they_do_not_have(now):
    origin, item = in_hand(now)
    with pytest.raises(ToYourself):
        hand_on(item, origin, now, employee=origin.pk)
    with pytest.raises(NotYours):
        hand_on(item, make_employee("Bo Bedst"), now, employee=origin.pk)


def test_work_put_aside_wakes_for_the_one_who_put_it_aside(now):
    origin, item = in_hand(now)
    make_available(make_employee("Bo Bedst", groups={"moving": (5, 1)}).pk, now)
    services.park(item_id=item.id, until=now + HOUR, viewer=viewer_of(origin), at=now)
    assert [row.state for row in selectors.my_work(origin.pk, now).items] == ["parked"]
    assert services.wake_parked(now) == 0
    assert services.wake_parked(now + HOUR) == 1
    services.dispatch_once(now + HOUR)
    assert item_row(item.id).agent_id == origin.pk


def test_finishing_again_changes_nothing(now):
    origin, item = in_hand(now)
    for _ in range(2):
        services.finish(item_id=item.id, viewer=viewer_of(origin), at=now)
    assert item_row(item.id).state == "done"
    assert agent_row(origin.pk).mode == "available"


def test_my_work_shows_state_offer_and_items(now):
    employee, item = in_hand(now)
    call = make_item(at=now, medium="phone")
    services.dispatch_once(now)
    mine = selectors.my_work(employee.pk, now)
    assert (mine.state.mode, mine.offer.item.id, mine.offer.step) == ("reserved", call.id, "best")
    assert [row.id for row in mine.items] == [item.id]


def test_the_queue_shows_what_the_viewer_may_act_on_page_by_page(now):
    employee = make_employee(groups={"moving": (3, 1)})
    ids = [make_item(at=now, due_minutes=m).id for m in (1, 2, 3)]
    make_item("parking", at=now)
    make_item(at=now, level=2)
    viewer = viewer_of(employee)
    first = selectors.queue(viewer, 2, at=now)
    rest = selectors.queue(viewer, 2, selectors.cursor_of(first[-1]), at=now)
    assert [row.id for row in first + rest] == ids
    assert len(selectors.queue(system("test"), at=now)) == 5
    assert selectors.queue(viewer_of(make_stranger()), at=now) == []


def test_an_item_nobody_can_ever_take_is_visible(now):
    make_employee(groups={"moving": (3, 1)})
    make_item(at=now)
    assert selectors.stuck_probe() == ""
    impossible = {
        make_item("alchemy", at=now).id: "competence",
        make_item(at=now, level=3).id: "level",
        make_item(at=now, language="fo").id: "language",
    }
    assert {s.item.id: s.why for s in selectors.stuck(now)} == impossible
    assert selectors.stuck_probe() == "3 henvendelser venter på en kompetence, som ingen har."


def test_everybody_hears_of_their_own_work_only(now):
    one, other = make_employee(), make_employee("Bo Bedst")
    assert selectors.may_hear_agent(one.account_id, f"agent:{one.pk}")
    assert not selectors.may_hear_agent(one.account_id, f"agent:{other.pk}")
    assert selectors.may_hear_queue(one.account_id, "queue")
    assert not selectors.may_hear_queue(999_999, "queue")
