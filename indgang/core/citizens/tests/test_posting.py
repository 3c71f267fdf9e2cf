"""Where letters go: for the process that posts them only, and every look is logged."""

from datetime import UTC, date, datetime

import pytest

from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_specialist, viewer_of
from indgang.foundation.access import looking
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.access.values import Purpose, program, system

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
PURPOSE = Purpose("letter", "1")
pytestmark = pytest.mark.django_db(databases=["default", "accesslog"])


@pytest.fixture(autouse=True)
def _a_letter_is_a_purpose(monkeypatch):
    monkeypatch.setitem(looking._verifiers, "letter", lambda value, citizen, viewer: value == "1")


def test_a_process_gets_the_envelope_of_a_protected_person_and_the_look_is_logged():
    person = make_person(protected_until=date(2027, 1, 1), mail="bente@borger.example")
    found = citizens.reach(system("outbox"), person.id, purpose=PURPOSE, at=AT)
    assert found.lines == ("Bente Birkelund", "Lanternens Allé 4, 2. th", "2500 Valby")
    assert found.protected and found.mail == "bente@borger.example"
    assert [(look.actor, look.kind) for look in looks_at(person.id)] == [("system:outbox", "postal")]


def test_nobody_else_gets_it():
    person = make_person()
    for viewer in (viewer_of(make_specialist(), AT), program("kiosk")):
        with pytest.raises(NotFound):
            citizens.reach(viewer, person.id, purpose=PURPOSE, at=AT)


def test_a_person_without_an_address_has_no_envelope():
    person = make_person(street="", postcode="", city="", house="")
    found = citizens.reach(system("outbox"), person.id, purpose=PURPOSE, at=AT)
    assert (found.lines, found.name) == ((), "Bente Birkelund")
    assert not citizens.has_address(person.id) and citizens.has_address(make_person().id)
