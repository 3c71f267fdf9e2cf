"""What citizens send becomes work in the same transaction, once, and ends with its contact."""

from datetime import timedelta

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import make_contact
from indgang.core.contacts.values import Inquirer, NewMessage
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.routing import items, services
from indgang.core.routing.models import WorkItem
from indgang.core.routing.testing import agent_row, item_of, item_row, make_available
from indgang.core.routing.values import TransferTarget
from indgang.foundation.access.values import system
from indgang.foundation.journal.selectors import events_of_contact

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def agent(now, name="Agnes Agent", **facts):
    employee = make_employee(name, **facts)
    make_available(employee.pk, now)
    return employee


def writes_again(contact, at):
    return contacts.receive_message(
        contact_id=contact.id, message=NewMessage("En ting til", "mail"), viewer=system("mailroom"), at=at
    )


def take(employee, at):
    return services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=at)


@pytest.mark.req("kc.receive")
def test_a_new_contact_waits_for_the_competence_of_its_task(now):
    make_task("T-076", group="moving")
    contact = make_contact(tasks=["T-076"], at=now)
    item = item_of(contact.id)
    assert (item.state, item.group, item.level, item.task) == ("waiting", "moving", 1, "T-076")
    said = f"{contact.reference[:4]}-{contact.reference[4:]}"  # as everywhere else
    assert (item.reference, item.medium) == (said, "mail")
    assert item.due_at == contact.expected_answer_by


def test_an_unknown_need_goes_to_everybody_in_the_contact_centre(now):
    assert item_of(make_contact("Hvad gør jeg?", at=now).id).group == "general"


def test_what_was_settled_at_once_leaves_no_work(now):
    contact = make_contact(at=now)
    contacts.settle_at_once(contact_id=contact.id, outcome="informed", at=now)
    assert item_of(contact.id).state == "done"


def test_the_same_news_twice_makes_one_item(now):
    contact = make_contact(at=now)
    line = next(e for e in events_of_contact(contact.id) if e.verb == "contact.received")
    items.on_received(line)
    items.on_message(line)
    assert WorkItem.objects.filter(contact=contact.id).count() == 1


def test_accepting_makes_the_contact_mine_and_closing_it_frees_me(now):
    employee = agent(now, groups={"general": (3, 1)})
    contact = make_contact(at=now)
    services.dispatch_once(now)
    item = services.accept(item_id=item_of(contact.id).id, viewer=viewer_of(employee), at=now)
    contacts.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=viewer_of(employee), at=now)
    assert item_row(item.id).state == "done"
    assert agent_row(employee.pk).mode == "available"


def test_finishing_work_closes_its_contact(now):
    employee = agent(now, groups={"general": (3, 1)})
    contact = make_contact(at=now)
    item = take(employee, now)
    services.finish(item_id=item.id, viewer=viewer_of(employee), at=now)
    contact.refresh_from_db()
    assert (contact.state, contact.outcome) == ("closed", "informed")
    assert item_row(item.id).state == "done"


def test_a_reply_wakes_parked_work_first_for_who_knows_the_conversation(now):
    knows = agent(now, groups={"general": (1, 1)})
    contact = make_contact(at=now)
    item = take(knows, now)
    services.park(item_id=item.id, until=None, viewer=viewer_of(knows), at=now)
    agent(now, "Bo Bedst", groups={"general": (5, 1)})
    writes_again(contact, now + MINUTE)
    assert services.dispatch_once(now + MINUTE) == 1
    woken = item_row(item.id)
    assert (woken.agent_id, woken.waiting_since) == (knows.pk, now + MINUTE)


def test_a_reply_to_a_closed_contact_reaches_the_specialist_who_answered_it(now):
    agent(now, groups={"general": (5, 1)})
    origin = agent(now, "Bo Bedst", groups={"general": (3, 1)})
    specialist = agent(now, "Sofus Specialist", groups={}, unit=make_unit("skat", kind="office"))
    contact = make_contact(at=now)
    item = take(origin, now)
    services.transfer(
        item_id=item.id, to=TransferTarget(employee=specialist.pk), note="Skat", viewer=viewer_of(origin), at=now
    )
    services.dispatch_once(now)
    services.accept(item_id=item.id, viewer=viewer_of(specialist), at=now)
    services.finish(item_id=item.id, viewer=viewer_of(specialist), at=now)
    writes_again(contact, now + MINUTE)
    services.dispatch_once(now + MINUTE)
    assert item_of(contact.id).agent_id == specialist.pk
    assert WorkItem.objects.filter(contact=contact.id).count() == 2


def test_a_reply_while_somebody_works_on_it_stays_with_them(now):
    employee = agent(now, groups={"general": (1, 1)})
    contact = make_contact(at=now)
    item = take(employee, now)
    writes_again(contact, now + MINUTE)
    assert (item_row(item.id).state, item_row(item.id).agent_id) == ("active", employee.pk)


def test_saying_what_it_is_about_changes_the_competence_it_needs(now):
    from indgang.core.contacts.values import TaskChoice

    make_task("T-076", group="moving")
    contact = make_contact(at=now)
    contacts.set_tasks(contact_id=contact.id, tasks=[TaskChoice("T-076")], viewer=system("test"), at=now)
    assert item_of(contact.id).group == "moving"


def test_a_contact_opened_by_hand_is_in_the_hands_of_who_opened_it(now):
    employee = agent(now)
    contact = contacts.open_by_hand(
        channel="phone", inquirer=Inquirer(), subject="Spørgsmål", viewer=viewer_of(employee), at=now
    )
    assert (item_of(contact.id).state, item_of(contact.id).agent_id) == ("active", employee.pk)
    assert agent_row(employee.pk).mode == "busy"


def test_a_call_is_due_in_seconds_and_a_contact_for_a_unit_stays_there(now):
    make_unit("pladsanvisning", kind="office")
    call = item_of(make_contact(channel="phone", at=now).id)
    assert (call.due_at, call.interruptible) == (now + timedelta(seconds=25), False)
    assert item_of(make_contact(unit="pladsanvisning", at=now).id).unit.code == "pladsanvisning"
    assert item_of(make_contact(unit=make_unit().code, at=now).id).unit is None
