"""Who stands beside a citizen, what was given to others, and where the employee serves."""

from datetime import timedelta

import pytest

from indgang.core.citizens.testing import make_person, make_representation
from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import contact_row
from indgang.core.organisation.testing import viewer_of
from indgang.core.routing.testing import agent_row, make_point
from indgang.foundation.access import selectors as access
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def about_karla(taken, agnes):
    """The contact is Karla's; Viggo is somebody else."""
    client, contact, address = taken
    karla, viggo = make_person(name="Karla Kærgaard"), make_person(name="Viggo Værge")
    contacts.set_person(contact_id=contact.id, person_id=karla.id, viewer=viewer_of(agnes), at=clock.now())
    return client, contact, address, karla, viggo


def test_a_power_of_attorney_is_registered_with_its_tasks_and_ended_from_the_citizens_side(about_karla):
    client, contact, address, karla, viggo = about_karla
    facts = {"person": str(viggo.id), "direction": "for", "role": "attorney", "task": ["T-076"]}
    assert "Viggo Værge" in client.post(f"{address}/fuldmagt/personer", {"q": "Viggo"}).content.decode()
    assert client.post(f"{address}/fuldmagt", {**facts, "person": ""}, headers=HX).status_code == 422
    assert client.post(f"{address}/fuldmagt", facts).status_code == 302
    around = f"/arbejdsplads/henvendelser/{contact.id}/omkring/{karla.id}"
    shown = client.get(around).content.decode()
    assert "Viggo Værge" in shown and "kun Meld flytning" in shown
    assert client.post(f"{address}/taler-for", {"person": str(viggo.id)}).status_code == 302
    assert "Karla Kærgaard taler for Viggo Værge" in client.get(address).content.decode()
    number = shown.split("/fuldmagt/")[1].split("/")[0]
    asked = client.get(f"{address}/fuldmagt/{number}/slut", headers=HX).content.decode()
    assert "Karla Kærgaard kan fra nu af ikke tale for Viggo Værge" in asked and "Meld flytning" in asked
    assert "Viggo Værge" in client.get(around).content.decode(), "a question ends nothing"
    assert client.post(f"{address}/fuldmagt/{number}/slut", {"version": "1"}).status_code == 302
    assert "Viggo Værge" not in client.get(around).content.decode()


def test_the_right_of_others_is_not_ended_from_here(about_karla):
    client, _contact, address, _karla, viggo = about_karla
    strange = make_representation(viggo, make_person(name="Nanna Nabo"))
    assert client.post(f"{address}/fuldmagt/{strange.pk}/slut").status_code == 404


@pytest.mark.req("interpreter")
def test_an_interpreter_is_ordered_for_a_language_and_a_time_and_stands_on_top(about_karla):
    client, contact, address, _karla, _viggo = about_karla
    day = clock.today() + timedelta(days=2)
    facts = {
        "inquirer_kind": "citizen",
        "language": "ar",
        "interpreter": "ar",
        "interpreter_day": day.isoformat(),
        "version": contact_row(contact.id).version,
    }
    assert client.post(f"{address}/oplysninger", facts, headers=HX).status_code == 422
    assert client.post(f"{address}/oplysninger", {**facts, "interpreter_hour": "10:30"}).status_code == 302
    page = client.get(address).content.decode()
    assert "Tolk bestilt:" in page and "arabisk" in page and "10.30" in page


@pytest.mark.req("sec.need")
def test_what_is_given_to_others_names_receiver_task_ground_and_kind(about_karla):
    client, _contact, address, karla, _viggo = about_karla
    facts = {"receiver": "Skattestyrelsen", "task": "T-076", "ground": "forvaltningslovens § 28"}
    assert client.post(f"{address}/videregivelse", facts, headers=HX).status_code == 422
    facts["given"] = "adresse\nindflytningsdato"
    assert client.post(f"{address}/videregivelse", {**facts, "task": "T-999"}).status_code == 404
    assert client.post(f"{address}/videregivelse", facts).status_code == 302
    given = access.disclosures_of(karla.id)
    assert [(row.receiver, row.fields) for row in given] == [("Skattestyrelsen", ("adresse", "indflytningsdato"))]
    assert "Skattestyrelsen" in client.get(f"{address}/videregivelse", headers=HX).content.decode()


def test_nothing_is_given_to_others_while_nobody_knows_whose_it_is(taken):
    client, _contact, address = taken
    for place in ("videregivelse", "fuldmagt", "raadgiver"):
        assert client.get(f"{address}/{place}").status_code == 404


def test_an_employee_chooses_where_they_serve_and_finds_the_login_in_two_steps(taken, agnes):
    client, _contact, _address = taken
    make_point("nord", groups=["moving"])
    shown = client.get("/arbejdsplads/eget", headers=HX).content.decode()
    assert "/log-ind/to-trin" in shown and 'value="nord"' in shown
    assert client.post("/arbejdsplads/betjeningssted", {"point": "nord"}).status_code == 302
    assert agent_row(agnes.pk).service_point_id == "nord"
    assert client.post("/arbejdsplads/betjeningssted", {"point": ""}).status_code == 302
    assert agent_row(agnes.pk).service_point_id is None
    assert client.post("/arbejdsplads/betjeningssted", {"point": "findes-ikke"}, headers=HX).status_code >= 400
