"""Work that comes back: from leavers, by a leader's hand, to who handed it on, and when a promise is not kept."""

from datetime import date, timedelta

import pytest

from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation import services as organisation
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.organisation.values import WeeklyHours
from indgang.core.routing import selectors, services
from indgang.core.routing.errors import TooLateToTakeBack, UnitClosed
from indgang.core.routing.testing import agent_row, item_of, item_row, make_available, make_item
from indgang.core.routing.values import TransferTarget
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system
from indgang.foundation.journal.selectors import events_of_subject

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SETUP = system("test")


def taken(employee, at):
    return services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=at)


def test_forty_open_contacts_of_a_leaver_wait_again_at_their_old_place(now):
    leader = make_employee("Lene Leder", roles=["manager"], groups={})
    leaver = make_employee("Lars Lukket", groups={"moving": (3, 1)})
    held = [make_item(at=now - n * HOUR, state="active", agent_id=leaver.pk) for n in range(40)]
    named = make_item(at=now, employee_id=leaver.pk)
    aside = make_item(at=now, state="parked", preferred_id=leaver.pk)
    later = now + timedelta(days=1)
    organisation.record_leave(employee_id=leaver.pk, last_day=now.date() - timedelta(days=1), viewer=SETUP, at=later)
    for n, before in enumerate(held):
        row = item_row(before.id)
        assert (row.state, row.waiting_since, row.due_at) == ("waiting", now - n * HOUR, before.due_at)
    assert item_row(named.id).employee_id is None
    assert item_row(aside.id).preferred_id is None
    told = [e for e in events_of_subject(f"organisation.employee:{leaver.pk}") if e.verb == "agent.work_returned"]
    assert [e.data["items"] for e in told] == [41]
    make_employee("Agnes Agent", groups={"moving": (3, 1)})
    (row,) = selectors.live(viewer_of(leader), later).returned
    assert (row.name, row.waiting) == ("Lars Lukket", 41)


def test_a_leader_signs_somebody_off_and_the_work_goes_on(now):
    leader = make_employee("Lene Leder", roles=["manager"], groups={})
    agent, other = make_employee(), make_employee("Bo Bedst")
    item = make_item(at=now)
    make_available(agent.pk, now)
    taken(agent, now)
    assert services.sign_off(employee_id=agent.pk, viewer=viewer_of(leader), at=now) == 1
    assert (agent_row(agent.pk).mode, agent_row(agent.pk).reason) == ("offline", "signed_off")
    assert taken(other, now).id == item.id
    with pytest.raises(NotFound):
        services.sign_off(employee_id=other.pk, viewer=viewer_of(agent), at=now)


def test_what_was_handed_on_can_be_taken_back_until_somebody_has_it(now):
    knows = {"general": (3, 1)}
    giver, taker = make_employee(groups=knows), make_employee("Bo Bedst", groups=knows)
    contact = make_contact(tasks=[], at=now)
    item = item_of(contact.id)
    services.take_next(employee_id=giver.pk, viewer=viewer_of(giver), at=now)
    to = TransferTarget(employee=taker.pk)
    services.transfer(item_id=item.id, to=to, note="Se her", viewer=viewer_of(giver), at=now)
    make_available(taker.pk, now)
    assert services.dispatch_once(now) == 1
    services.take_back(item_id=item.id, viewer=viewer_of(giver), at=now)
    row = item_row(item.id)
    assert (row.state, row.agent_id, row.employee_id, row.excluded) == ("active", giver.pk, None, [])
    assert agent_row(taker.pk).mode == "available"
    services.transfer(item_id=item.id, to=to, note="Nu", viewer=viewer_of(giver), at=now)
    taken(taker, now)
    with pytest.raises(TooLateToTakeBack):
        services.take_back(item_id=item.id, viewer=viewer_of(giver), at=now)
    with pytest.raises(NotFound):
        services.take_back(item_id=item.id, viewer=viewer_of(taker), at=now)


def test_a_closed_unit_is_handed_work_only_knowingly(now):
    giver = make_employee()
    unit = make_unit("LUKKET")
    hours = [WeeklyHours(3, now.time().replace(hour=9), now.time().replace(hour=15))]
    organisation.set_week(unit=unit.code, channel="mail", rows=hours, valid_from=date(2026, 1, 1), viewer=SETUP, at=now)
    item = make_item(at=now)
    taken(giver, now)
    to = TransferTarget(unit=unit.pk)
    with pytest.raises(UnitClosed, match="torsdag"):
        services.transfer(item_id=item.id, to=to, note="Til jer", viewer=viewer_of(giver), at=now)
    services.transfer(item_id=item.id, to=to, note="Til jer", viewer=viewer_of(giver), at=now, knowingly=True)
    assert item_row(item.id).unit_id == unit.pk


@pytest.mark.req("kc.callback")
def test_a_call_back_waits_for_its_window_at_the_right_unit_and_keeps_its_place(now):
    agent = make_employee(groups={"general": (3, 1)})
    centre = make_unit("BS-VALBY", kind="centre")
    make_employee("Vera Valby", unit=centre, groups={"moving": (3, 1)})
    contact = make_contact(tasks=[], at=now)
    services.take_next(employee_id=agent.pk, viewer=viewer_of(agent), at=now)
    contacts.request_call_back(
        contact_id=contact.id, phone="00 00 00 11", not_before=now + HOUR, not_after=now + 2 * HOUR, unit=centre.pk,
        viewer=viewer_of(agent), at=now + 60 * timedelta(seconds=1),
    )  # fmt: skip
    row = item_of(contact.id)
    assert (row.medium, row.state, row.unit_id, row.group) == ("call_back", "waiting", centre.pk, "moving")
    assert (row.not_before, row.due_at, row.waiting_since) == (now + HOUR, now + 2 * HOUR, now)


@pytest.mark.req("avoid.despec")
def test_a_level_three_task_is_passed_to_the_specialists_of_its_unit(now):
    from indgang.core.catalogue.services import set_interface
    from indgang.core.catalogue.testing import make_task

    specialists = make_unit("FAG", kind="office")
    make_employee("Sofie Specialist", unit=specialists, groups={"moving": (5, 3)})
    make_task("T-031", group="moving", level=3)
    set_interface(task="T-031", level=3, group="moving", unit="FAG", viewer=SETUP, at=now)
    agent = make_employee()
    item = make_item(at=now, task="T-031")
    taken(agent, now)
    to = TransferTarget(level=3)
    services.transfer(item_id=item.id, to=to, note="Kræver skøn", viewer=viewer_of(agent), at=now, knowingly=True)
    row = item_row(item.id)
    assert (row.level, row.unit_id, row.hops) == (3, specialists.pk, 1)
