"""The citizen's side of the desk: who they are, who speaks for them, what they need, and merges that can be undone."""

from datetime import date

import pytest
from django.test import Client

from indgang.core.catalogue.testing import make_task
from indgang.core.citizens import services as citizens
from indgang.core.citizens.testing import make_person
from indgang.core.contacts.testing import contact_row, make_contact
from indgang.core.organisation.testing import make_employee, make_group
from indgang.core.routing.testing import item_of, make_available
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def agnes():
    make_group("general")
    make_task("T-076", title="Meld flytning", group="moving")
    return make_employee("Agnes Agent", groups={"moving": (3, 1)})


def taken(agnes, **facts) -> tuple[Client, object, str]:
    contact = make_contact("Jeg flytter", tasks=["T-076"], **facts)
    make_available(agnes.pk, clock.now())
    client = Client()
    client.force_login(agnes.account)
    while item_of(contact.id).agent_id != agnes.pk:
        assert "tom" not in client.post("/arbejdsplads/naeste").url
    return client, contact, f"/arbejdsplads/{item_of(contact.id).id}"


@pytest.mark.req("kc.personaladviser", "seg.special")
def test_to_the_adviser_is_the_first_thing_proposed(agnes):
    person = make_person(name="Bente Birkelund")
    rosa = make_employee("Rosa Raadgiver", roles=["adviser"])
    client, contact, address = taken(agnes, person=person.id)
    citizens.set_adviser(person_id=person.id, employee_id=rosa.pk, viewer=system("test"), at=clock.now())
    page = client.get(address).content.decode()
    assert "Stil om til rådgiver" in page and "Rosa Raadgiver" in page
    receivers = client.get(f"{address}/overdrag", headers=HX).content.decode()
    first = receivers[receivers.index('name="to"') :]
    assert first.index("Rosa Raadgiver") < first.index("</div>")
    facts = {"to": f"employee:{rosa.pk}", "body": "Bente vil tale med dig om sin plan."}
    assert client.post(f"{address}/overdrag", facts).status_code == 302
    assert item_of(contact.id).employee_id == rosa.pk


def test_a_person_nobody_knows_is_provisional_and_merged_with_the_real_one(agnes):
    client, contact, address = taken(agnes)
    assert client.post(f"{address}/ny-borger", {"name": ""}, headers=HX).status_code == 422
    assert client.post(f"{address}/ny-borger", {"name": "Karla K"}).status_code == 302
    assert "Foreløbig" in client.get(address).content.decode()
    real = make_person(name="Karla Kunstig")
    found = client.post(f"{address}/borgere", {"q": "Karla Kunstig", "provisional": "1"}).content.decode()
    assert "/sammenlaeg" in found
    assert client.post(f"{address}/sammenlaeg", {"person": str(real.id)}).status_code == 302
    assert contact_row(contact.id).person_id == real.id
    around = client.get(f"/arbejdsplads/henvendelser/{contact.id}/omkring/{real.id}").content.decode()
    assert "Fortryd sammenlægningen" in around


def test_a_wrong_merge_is_undone_from_the_same_place(agnes):
    client, contact, address = taken(agnes)
    client.post(f"{address}/ny-borger", {"name": "Karla K"})
    before = contact_row(contact.id).person_id
    real = make_person(name="Karla Kunstig")
    client.post(f"{address}/sammenlaeg", {"person": str(real.id)})
    around = client.get(f"/arbejdsplads/henvendelser/{contact.id}/omkring/{real.id}").content.decode()
    merge = around.split('name="merge" value="')[1].split('"')[0]
    assert client.post(f"{address}/skil-igen", {"merge": merge}).status_code == 302
    assert contact_row(contact.id).person_id == before


def test_a_protected_address_stays_masked(agnes):
    person = make_person(name="Hemmelig Hansen", street="Skjulvej", protected_until=date(2099, 1, 1))
    client, _contact, address = taken(agnes, person=person.id)
    page = client.get(address).content.decode()
    assert "Beskyttet" in page
    assert "Skjulvej" not in page and "Hemmelig Hansen" not in page


def test_language_and_needs_are_saved_and_shown(agnes):
    person = make_person(name="Bente Birkelund")
    client, _contact, address = taken(agnes, person=person.id)
    assert "Borgerens behov" in client.get(f"{address}/behov").content.decode()
    facts = {"language": "en", "interpreter": "en", "special_group": "", "version": 1}
    assert client.post(f"{address}/behov", facts).status_code == 302
    assert "Engelsk" in client.get(address).content.decode()


def test_earlier_contacts_and_history_are_read_when_they_are_unfolded(agnes):
    person = make_person(name="Bente Birkelund")
    make_contact("En tidligere sag", tasks=["T-076"], person=person.id)
    client, contact, address = taken(agnes, person=person.id)
    assert client.get(address).status_code == 200
    place = f"/arbejdsplads/henvendelser/{contact_row(contact.id).id}"
    assert "Henvendelse modtaget" in client.get(f"{place}/tidslinje/{person.id}").content.decode()
    assert "Modtaget" in client.get(f"{place}/historik").content.decode()


@pytest.mark.parametrize("part", ["omkring", "tidslinje"])
def test_a_part_about_the_citizen_before_says_that_another_was_chosen(agnes, part):
    before, after = make_person(name="Bente Birkelund"), make_person(name="Birger Birkelund")
    client, contact, address = taken(agnes, person=before.id)
    client.post(f"{address}/borger", {"person": str(after.id)})
    told = client.get(f"/arbejdsplads/henvendelser/{contact.id}/{part}/{before.id}")
    assert told.status_code == 200 and "en anden borger" in told.content.decode()
    assert client.get(f"/arbejdsplads/henvendelser/{contact.id}/{part}/{after.id}").status_code == 200


def test_who_may_not_read_a_contact_gets_nothing_around_it(agnes):
    person = make_person(name="Bente Birkelund")
    _client, contact, _address = taken(agnes, person=person.id)
    stranger = Client()
    stranger.force_login(make_employee("Torben Toldskat", groups={"tax": (3, 1)}).account)
    place = f"/arbejdsplads/henvendelser/{contact.id}"
    for part in ("", "/historik", f"/tidslinje/{person.id}", f"/omkring/{person.id}"):
        assert stranger.get(place + part).status_code == 404, part
