"""Where letters go: for the process that posts them only, and every look is logged."""

from datetime import date

import pytest

from indgang.core.cases.testing import make_case
from indgang.core.cases.tests.decisions_around import AT
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.testing import make_person
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.access.values import Purpose, program, system

pytestmark = pytest.mark.django_db
POSTMAN = system("outbox")


def envelope(person, viewer=POSTMAN, number=""):
    number = number or make_case(person=person.id, at=AT).number
    return citizens.reach(viewer, person.id, purpose=Purpose("case", number), at=AT)


def test_a_process_gets_the_envelope_of_a_protected_person_and_the_look_is_logged():
    person = make_person(protected_until=date(2027, 1, 1), mail="bente@borger.example")
    found = envelope(person)
    assert found.lines == ("Bente Birkelund", "Lanternens Allé 4, 2. th", "2500 Valby")
    assert found.protected and found.mail == "bente@borger.example"
    assert [(look.actor, look.kind) for look in looks_at(person.id)] == [("system:outbox", "postal")]


def test_nobody_else_gets_it(filippa, seen_by):
    for viewer in (seen_by(filippa, AT), program("kiosk")):
        with pytest.raises(NotFound):
            envelope(make_person(), viewer)


def test_a_case_of_somebody_else_is_no_purpose():
    person, other = make_person(), make_case(at=AT)
    with pytest.raises(NotFound):
        envelope(person, number=other.number)
    assert [look.outcome for look in looks_at(person.id)] == ["refused"]


def test_a_person_without_an_address_has_no_envelope():
    person = make_person(street="", postcode="", city="", house="")
    found = envelope(person)
    assert (found.lines, found.name) == ((), "Bente Birkelund")
    assert not citizens.has_address(person.id) and citizens.has_address(make_person().id)
