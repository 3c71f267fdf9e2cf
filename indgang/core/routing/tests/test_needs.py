"""What the citizen needs decides who is asked: the own adviser, the language, the specialists of the special need."""

from datetime import timedelta

import pytest

from indgang.core.citizens import services as citizens
from indgang.core.citizens.testing import make_person, make_special_group
from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.testing import item_of, item_row, make_available, make_item, offers_of
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
SETUP = system("test")
GENERAL = {"general": (3, 1)}


def at_work(now, name="Agnes Agent", **facts):
    employee = make_employee(name, **{"groups": GENERAL, **facts})
    make_available(employee.pk, now)
    return employee


@pytest.mark.req("seg.special")
def test_the_personal_adviser_is_asked_first_and_others_when_the_adviser_is_away(now):
    best = at_work(now, groups={"general": (5, 1)})
    rosa = at_work(now, "Rosa Rådgiver", groups={}, roles=["adviser"], unit=make_unit("RAADGIV", kind="office"))
    person = make_person(adviser=rosa.pk)
    first = item_of(make_contact(person=person.id, at=now).id)
    assert services.dispatch_once(now) == 1
    (offer,) = offers_of(first.id)
    assert (offer.agent_id, offer.explanation["step"]) == (rosa.pk, "preferred")
    services.set_state(employee_id=rosa.pk, mode="offline", at=now, viewer=viewer_of(rosa))
    assert services.dispatch_once(now) == 1
    assert item_row(first.id).agent_id == best.pk


def test_an_adviser_named_later_is_asked_first_about_the_next_contact(now):
    rosa = at_work(now, "Rosa Rådgiver", groups={})
    person = make_person()
    citizens.set_adviser(person_id=person.id, employee_id=rosa.pk, viewer=SETUP, at=now)
    assert item_of(make_contact(person=person.id, at=now).id).preferred_id == rosa.pk


def test_one_sees_whether_the_adviser_can_be_reached_and_who_stands_in(now):
    from indgang.core.organisation.testing import make_substitute

    asking, rosa, stand_in = make_employee(), make_employee("Rosa Rådgiver"), make_employee("Stig Stedfortræder")
    make_substitute(rosa, stand_in)
    viewer = viewer_of(asking)
    state = selectors.adviser_state(viewer, rosa.pk, now)
    assert (state.name, state.mode, state.free, state.present) == ("Rosa Rådgiver", "offline", False, False)
    assert state.substitutes == (stand_in.pk,)
    make_available(rosa.pk, now)
    assert selectors.adviser_state(viewer, rosa.pk, now).free
    make_item(at=now)
    services.take_next(employee_id=rosa.pk, viewer=viewer_of(rosa), at=now)
    state = selectors.adviser_state(viewer, rosa.pk, now)
    assert (state.mode, state.free, state.present) == ("busy", False, True)


def test_an_english_item_never_goes_to_somebody_without_english(now):
    at_work(now, groups={"general": (5, 1)})
    item = item_of(make_contact(language="en", at=now).id)
    assert services.dispatch_once(now + timedelta(hours=5)) == 0
    assert [(row.item.id, row.why) for row in selectors.stuck(now)] == [(item.id, "language")]
    speaks = at_work(now, "Ellen Engelsk", groups={"general": (1, 1)}, languages=["da", "en"])
    assert selectors.stuck(now) == []
    assert services.dispatch_once(now + timedelta(hours=5)) == 1
    assert item_row(item.id).agent_id == speaks.pk


def test_not_even_to_the_adviser_of_the_citizen(now):
    rosa = at_work(now, "Rosa Rådgiver", groups={})
    speaks = at_work(now, "Ellen Engelsk", languages=["da", "en"])
    person = make_person(language="en", adviser=rosa.pk)
    item = item_of(make_contact(person=person.id, at=now).id)
    assert (item.language, item.preferred_id) == ("en", rosa.pk)
    assert selectors.waiting_for(rosa.pk, now) == 0
    assert services.take_next(employee_id=rosa.pk, viewer=viewer_of(rosa), at=now) is None
    assert services.dispatch_once(now) == 1
    assert item_row(item.id).agent_id == speaks.pk


def test_with_an_interpreter_the_language_is_nobodys_need(now):
    person = make_person(language="ar", interpreter="ar")
    assert item_of(make_contact(person=person.id, at=now).id).language == "da"


@pytest.mark.req("seg.speciallist")
def test_a_special_need_leads_to_the_specialists_unit_and_stays_there(now):
    make_special_group("homeless", unit="RAADGIV")
    at_work(now, groups={"general": (5, 1)})
    person = make_person(special_group="homeless")
    item = item_of(make_contact(person=person.id, at=now).id)
    assert item.unit.code == "RAADGIV"
    assert services.dispatch_once(now + timedelta(hours=5)) == 0
    specialist = at_work(now, "Sofus Specialist", unit=make_unit("RAADGIV"), groups={"homelessness": (4, 1)})
    marked = make_contact(at=now)
    contacts.set_tags(contact_id=marked.id, special_group="homeless", viewer=SETUP, at=now)
    later = item_of(marked.id)
    assert (later.unit.code, later.group) == ("RAADGIV", "homelessness")
    assert services.dispatch_once(now + timedelta(hours=5)) == 1
    assert item_row(later.id).agent_id == specialist.pk
