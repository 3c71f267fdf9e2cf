"""What was promised for later: calls that are tried again, and hand-overs nobody acted on in time."""

from datetime import timedelta

import pytest

from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import contact_row, make_contact
from indgang.core.organisation import services as organisation
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.testing import agent_row, item_of, item_row, make_available, make_item, offers_of
from indgang.core.routing.values import TransferTarget
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SETUP = system("test")


@pytest.fixture
def giver():
    return make_employee(groups={"general": (3, 1)})


@pytest.fixture
def contact(giver, now):
    """A contact the giver has in hand."""
    made = make_contact(phone="00 00 00 12", at=now)
    assert services.take_next(employee_id=giver.pk, viewer=viewer_of(giver), at=now)
    return made


def asked_to_call(contact, employee, now):
    contacts.request_call_back(
        contact_id=contact.id, not_before=now + HOUR, not_after=now + 2 * HOUR, viewer=viewer_of(employee), at=now
    )


def handed_over(contact, giver, now):
    item = item_of(contact.id)
    services.transfer(
        item_id=item.id, to=TransferTarget(unit=make_unit("FAG", kind="office").pk), note="Til jer", knowingly=True,
        by_when=now + HOUR, viewer=viewer_of(giver), at=now,
    )  # fmt: skip


def referred(contact, giver, now):
    contacts.refer(
        contact_id=contact.id, authority="Skatteetaten", note="Sendt videre", by_when=now + HOUR,
        viewer=viewer_of(giver), at=now,
    )  # fmt: skip


def complained(contact, giver, now):
    contacts.take_in_complaint(
        contact_id=contact.id, kind="complaint", about_unit=make_unit("VEJ", kind="office").pk, text="Hul i vejen",
        follow_up_by=now + HOUR, viewer=viewer_of(giver), at=now,
    )  # fmt: skip
    contacts.close(contact_id=contact.id, outcome="suggestion", tasks=(), viewer=viewer_of(giver), at=now)


@pytest.mark.parametrize("promise", [handed_over, referred, complained])
def test_what_nobody_went_on_with_is_again_with_who_handed_it_on_and_nobody_else(giver, contact, now, promise):
    promise(contact, giver, now)
    assert agent_row(giver.pk).mode != "busy"
    other = make_employee("Bo Bedst", groups={"general": (5, 1)})
    for employee in (giver, other):
        make_available(employee.pk, now)
    assert services.dispatch_once(now) == 0
    later = now + 2 * HOUR
    assert contacts.keep_promises(later) == 1
    row = item_of(contact.id)
    assert (row.state, row.employee_id, row.unit_id, row.excluded) == ("waiting", giver.pk, None, [])
    assert contact_row(contact.id).state == "open" or promise is referred
    assert services.take_next(employee_id=other.pk, viewer=viewer_of(other), at=later) is None
    assert services.dispatch_once(later) == 1
    services.accept(item_id=row.id, viewer=viewer_of(giver), at=later)
    assert item_row(row.id).agent_id == giver.pk


def test_a_promise_of_somebody_who_has_left_comes_back_to_everybody(giver, contact, now):
    handed_over(contact, giver, now)
    organisation.record_leave(
        employee_id=giver.pk, last_day=now.date() - timedelta(days=1), viewer=SETUP, at=now + MINUTE
    )
    assert contacts.keep_promises(now + 2 * HOUR) == 1
    row = item_of(contact.id)
    assert (row.state, row.employee_id, row.unit_id) == ("waiting", None, None)
    other = make_employee("Bo Bedst", groups={"general": (5, 1)})
    taken = services.take_next(employee_id=other.pk, viewer=viewer_of(other), at=now + 2 * HOUR)
    assert taken is not None and taken.id == row.id


@pytest.mark.req("kc.callback")
def test_a_call_nobody_answered_is_tried_again_at_its_time_and_keeps_its_place(giver, contact, now):
    asked_to_call(contact, giver, now)
    begins = now + HOUR
    assert services.take_next(employee_id=giver.pk, viewer=viewer_of(giver), at=begins) is not None
    tries_again = begins + 30 * MINUTE
    contacts.record_call_back(
        contact_id=contact.id, result="no_answer", next_try=tries_again, viewer=viewer_of(giver), at=begins
    )
    row = item_of(contact.id)
    assert (row.state, row.medium, row.not_before) == ("waiting", "call_back", tries_again)
    assert (row.waiting_since, row.agent_id) == (now, None)
    assert agent_row(giver.pk).mode != "busy"
    make_available(giver.pk, begins + MINUTE)
    assert services.dispatch_once(tries_again - MINUTE) == 0
    assert services.dispatch_once(tries_again) == 1


def test_a_call_that_was_answered_stays_in_hand_and_leaves_room_for_others(giver, contact, now):
    asked_to_call(contact, giver, now)
    make_available(giver.pk, now + HOUR)
    services.take_next(employee_id=giver.pk, viewer=viewer_of(giver), at=now + HOUR)
    contacts.record_call_back(contact_id=contact.id, result="reached", viewer=viewer_of(giver), at=now + HOUR)
    row = item_of(contact.id)
    assert (row.state, row.agent_id, row.interruptible) == ("active", giver.pk, True)
    make_contact(channel="phone", at=now + HOUR)
    assert services.dispatch_once(now + HOUR) == 1


def test_a_call_given_up_while_it_waits_is_no_call_any_more(giver, contact, now):
    asked_to_call(contact, giver, now)
    contacts.record_call_back(contact_id=contact.id, result="gave_up", viewer=viewer_of(giver), at=now + MINUTE)
    row = item_of(contact.id)
    assert (row.state, row.interruptible, row.preferred_id) == ("waiting", True, giver.pk)
    assert row.not_before == now + MINUTE


def test_who_writes_again_after_a_call_is_not_called_again(giver, contact, now):
    from indgang.core.contacts.values import NewMessage

    asked_to_call(contact, giver, now)
    services.take_next(employee_id=giver.pk, viewer=viewer_of(giver), at=now + HOUR)
    contacts.record_call_back(contact_id=contact.id, result="reached", viewer=viewer_of(giver), at=now + HOUR)
    contacts.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=viewer_of(giver), at=now + HOUR)
    contacts.receive_message(
        contact_id=contact.id, message=NewMessage("En ting til", "mail"), viewer=SETUP, at=now + 2 * HOUR
    )
    assert (item_of(contact.id).medium, item_of(contact.id).preferred_id) == ("mail", giver.pk)
    assert not offers_of(item_of(contact.id).id)


def test_who_one_hands_to_is_shown_free_busy_or_away_and_units_open_or_closed(giver, contact, now):
    free, busy = make_employee("Ole Olsen"), make_employee("Ole Ovesen")
    make_employee("Ole Orlov")
    make_unit("OLEUNIT", name="Ole-enheden", kind="office")
    make_available(free.pk, now), make_available(busy.pk, now)
    make_item(at=now)
    services.take_next(employee_id=busy.pk, viewer=viewer_of(busy), at=now)
    found = {row.name: row for row in selectors.transfer_choices(viewer_of(giver), "Ole", now)}
    said = {name: (row.kind, row.presence) for name, row in found.items()}
    assert said == {
        "Ole Olsen": ("employee", "free"), "Ole Ovesen": ("employee", "busy"), "Ole Orlov": ("employee", "away"),
        "Ole-enheden": ("unit", ""),
    }  # fmt: skip
    assert found["Ole-enheden"].open is None  # nobody has said its hours
