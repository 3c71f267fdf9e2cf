"""Work goes to somebody else: who can be reached is seen before, and a promise says by when."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.citizens import services as citizens
from indgang.core.citizens.testing import make_person
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contacts_services
from indgang.core.contacts.testing import contact_row
from indgang.core.organisation.testing import make_employee, make_hours, make_substitute, make_unit, viewer_of
from indgang.core.routing.testing import item_of, make_available
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def closed_unit():
    """A unit whose telephone and post are open on another day of the week only."""
    unit = make_unit("BOLIG", kind="office", name="Boliganvisningen")
    other_day = (clock.today().weekday() + 2) % 7
    for channel in ("phone", "mail"):
        make_hours(unit, channel, weekdays=[other_day])
    return unit


@pytest.mark.req("kc.integratedswitch")
def test_a_closed_unit_says_when_it_opens_and_gets_work_only_knowingly(taken, closed_unit):
    client, contact, address = taken
    found = client.get(f"{address}/overdrag?q=bolig", headers=HX).content.decode()
    assert "Boliganvisningen" in found and "Lukket. Åbner" in found and "data-closed" in found
    facts = {"to": f"unit:{closed_unit.pk}", "body": "Vil gerne på venteliste."}
    refused = client.post(f"{address}/overdrag", facts, headers=HX)
    assert refused.status_code == 409
    assert "Lukket. Åbner" in refused.content.decode()
    assert not contact_row(contact.id).handed_over
    assert client.post(f"{address}/overdrag", {**facts, "knowingly": "1"}).status_code == 302
    assert contact_row(contact.id).handed_over


def test_whom_one_hands_to_is_free_busy_or_away_and_never_oneself(taken):
    client, _contact, address = taken
    bente = make_employee("Bente Bistand", groups={"moving": (3, 1)})
    make_employee("Bodil Borte", groups={"moving": (3, 1)})
    make_available(bente.pk, clock.now())
    assert "Ledig" in client.get(f"{address}/overdrag?q=bente", headers=HX).content.decode()
    assert "Ikke på arbejde" in client.get(f"{address}/overdrag?q=bodil", headers=HX).content.decode()
    assert "Agnes Agent" not in client.get(f"{address}/overdrag?q=agnes", headers=HX).content.decode()


def test_who_hands_on_says_by_when_and_gets_it_back_if_nothing_happens(taken, agnes):
    client, contact, address = taken
    day = clock.today() + timedelta(days=3)
    facts = {"to": "group:tax", "body": "Det er skat.", "day": day.isoformat(), "hour": "12:00"}
    assert client.post(f"{address}/overdrag", facts).status_code == 302
    promise = contacts.contact(viewer_of(agnes), contact.id, clock.now()).promise
    assert clock.local(promise.by_when).date() == day
    assert promise.back_to == agnes.pk


def test_the_moment_to_go_on_by_is_the_one_the_citizen_was_told(taken):
    client, contact, address = taken
    due = contact_row(contact.id).expected_answer_by
    page = client.get(f"{address}/overdrag", headers=HX).content.decode()
    assert f'value="{clock.local(due):%Y-%m-%d}"' in page if due else 'id="senest-dag"' in page


def test_a_moment_that_has_passed_is_no_promise(taken):
    client, contact, address = taken
    facts = {"to": "group:tax", "body": "Det er skat.", "day": "2020-01-01"}
    assert client.post(f"{address}/overdrag", facts, headers=HX).status_code == 422
    assert not contact_row(contact.id).handed_over


@pytest.mark.req("one.phone.direct")
def test_the_citizens_own_adviser_is_proposed_first_with_number_and_whether_they_are_free(taken, agnes):
    client, contact, address = taken
    agneta = make_employee("Rasmus Rådgiver", groups={"moving": (3, 1)})
    agneta.phone = "00000031"
    agneta.save(update_fields=["phone"])
    viewer, person = viewer_of(agnes), make_person().id
    citizens.set_adviser(person_id=person, employee_id=agneta.pk, viewer=viewer, at=clock.now())
    contacts_services.set_person(contact_id=contact.id, person_id=person, viewer=viewer, at=clock.now())
    page = client.get(address).content.decode()
    assert "Rasmus Rådgiver" in page and "Ikke på arbejde" in page and "tel:00000031" in page
    make_available(agneta.pk, clock.now())
    assert "Ledig" in client.get(address).content.decode()
    offered = client.get(f"{address}/overdrag", headers=HX).content.decode()
    assert offered.index("Rasmus Rådgiver") < offered.index("den bedste ledige")


def test_the_adviser_is_chosen_and_taken_off_where_one_works_with_the_citizen(taken, agnes):
    client, contact, address = taken
    rasmus = make_employee("Rasmus Rådgiver", groups={"moving": (3, 1)})
    person = make_person().id
    contacts_services.set_person(contact_id=contact.id, person_id=person, viewer=viewer_of(agnes), at=clock.now())
    found = client.get(f"{address}/raadgiver?q=rasmus", headers=HX).content.decode()
    assert "Rasmus Rådgiver" in found
    assert client.post(f"{address}/raadgiver", {"employee": rasmus.pk}).status_code == 302
    assert "Rasmus Rådgiver" in client.get(address).content.decode()
    assert client.post(f"{address}/raadgiver", {"employee": ""}).status_code == 302
    assert "Rasmus Rådgiver" not in client.get(address).content.decode()


def test_work_with_the_citizen_that_ends_by_a_day_comes_back(taken):
    client, contact, address = taken
    assert client.post(f"{address}/vent", {"day": "2020-01-01"}, headers=HX).status_code == 422
    day = clock.today() + timedelta(days=9)
    assert client.post(f"{address}/vent", {"day": day.isoformat()}).status_code == 302
    row = contact_row(contact.id)
    assert clock.local(row.wait_until).date() == day
    assert item_of(contact.id).state == "parked"
    woken = contacts_services.wake_due(row.wait_until + timedelta(minutes=1))
    item = item_of(contact.id)
    assert woken and item.state == "waiting" and item.preferred_id == row.handler_id


def test_a_substitute_answers_what_an_absent_colleague_has_in_hand(taken, agnes):
    client, contact, address = taken
    sten = make_employee("Sten Stand-in", groups={})
    make_substitute(agnes, sten)
    his = Client()
    his.force_login(sten.account)
    assert "for Agnes Agent" not in his.get("/arbejdsplads/mine").content.decode()
    assert his.post(f"{address}/overtag").status_code == 404
    client.post("/arbejdsplads/tilstand", {"mode": "offline"})
    page = his.get("/arbejdsplads/mine").content.decode()
    assert "for Agnes Agent" in page and "Overtag og svar" in page
    assert his.post(f"{address}/overtag").url == address
    sent = his.post(
        f"{address}/svar", {"body": "Meld det senest fem dage efter.", "version": contact_row(contact.id).version}
    )
    assert sent.status_code in {200, 302}
    assert contact_row(contact.id).handler_id == sten.pk


REFERRED = {"authority": "Udbetaling Danmark", "body": "Bedt dem finde udbetalingen; de har fået sagens nummer."}


@pytest.mark.req("law.noblank")
def test_another_authority_goes_on_and_the_citizen_is_told(taken):
    client, contact, address = taken
    asked = client.get(f"{address}/henvis", headers=HX).content.decode()
    assert "Udbetaling Danmark" in asked and "Sendes til karla@borger.example" in asked
    for missing in REFERRED:
        assert client.post(f"{address}/henvis", {**REFERRED, missing: "", "version": 2}, headers=HX).status_code == 422
    version = contact_row(contact.id).version
    facts = {**REFERRED, "told": "Udbetaling Danmark går videre.", "version": version}
    day = (clock.today() + timedelta(days=9)).isoformat()
    assert client.post(f"{address}/henvis", {**facts, "day": day}).url == "/arbejdsplads?venter=1"

    assert contact_row(contact.id).state == "waiting" and item_of(contact.id).state == "parked"
    assert (
        "Anden myndighed bedt om at gå videre"
        in client.get(f"/arbejdsplads/henvendelser/{contact.id}/historik").content.decode()
    )
    page = client.get(address).content.decode()
    assert "Udbetaling Danmark går videre senest" in page and "sagens nummer" in page
    assert "Udbetaling Danmark" in client.get(f"/status/{contact_row(contact.id).secret}").content.decode()


def test_what_the_citizen_is_told_is_refused_with_a_cpr_number_and_nothing_is_sent_on(taken):
    client, contact, address = taken
    version = contact_row(contact.id).version
    facts = {**REFERRED, "told": "Om 010190-1234", "version": version}
    refused = client.post(f"{address}/henvis", facts, headers=HX)
    assert refused.status_code == 422 and "CPR" in refused.content.decode()
    assert contact_row(contact.id).version == version
    assert client.post(f"{address}/henvis", {**facts, "confirmed": "1"}, headers=HX).status_code == 200


def test_the_answer_being_written_stays_a_draft_when_another_authority_is_asked(taken):
    client, contact, address = taken
    client.post(f"{address}/kladde", {"field": "reply", "body": "Kære Karla, om det andet:"})
    facts = {**REFERRED, "told": "Vi følger op.", "version": contact_row(contact.id).version}
    assert client.post(f"{address}/henvis", facts, headers=HX).status_code == 200
    assert "om det andet" in client.get(address).content.decode()
