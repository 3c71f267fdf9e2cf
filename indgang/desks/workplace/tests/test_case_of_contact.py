"""From a contact to its cases: opened of its tasks, joined to one that is there, and seen beside the citizen."""

import pytest
from django.test import Client

from indgang.core.cases import selectors
from indgang.core.cases.testing import case_row, entries_of, make_case
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_employee, make_group, viewer_of
from indgang.core.routing.testing import item_of, make_available
from indgang.desks.workplace.tests.case_people import HX, caseworker, the_office
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def esben():
    """An agent who informs about housing benefit."""
    the_office()
    make_group("general")
    make_task("T-022", title="Boligsikring", group="housing_benefit", administration="FAF", decision=True)
    make_task("T-023", title="Boligydelse", group="housing_benefit", administration="FAF", decision=True)
    return make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)})


def text_of(answer) -> str:
    return answer.content.decode()


def taken(employee, **facts):
    """The contact in hand: their browser, the contact, and the address of the item."""
    contact = make_contact("Min indkomst er ændret", **{"tasks": ["T-022"], "person": make_person().id, **facts})
    make_available(employee.pk, clock.now())
    client = Client()
    client.force_login(employee.account)
    while item_of(contact.id).agent_id != employee.pk:
        assert "tom" not in client.post("/arbejdsplads/naeste").url
    return client, contact, f"/arbejdsplads/{item_of(contact.id).id}"


def cases_of(employee, contact):
    return selectors.cases_of_contact(contact.id) if employee else ()


def test_a_case_is_opened_of_the_contacts_task_and_goes_to_who_decides_it(esben):
    client, contact, address = taken(esben)
    assert "Boligsikring" in text_of(client.get(f"{address}/sag", headers=HX))
    answer = client.post(f"{address}/sag", {"task": "T-022", "raised_by": "application"}, headers=HX)
    number = answer["HX-Redirect"].rsplit("/", 1)[1]
    case = case_row(selectors.reached(viewer_of(esben), number, clock.now()).id)
    assert (case.contact, case.person_id, case.handler_id) == (contact.id, contact.person_id, None)
    page = text_of(client.get(answer["HX-Redirect"]))
    assert "Se henvendelsen" in page and "Min indkomst er ændret" in page


def test_several_tasks_become_several_cases_at_once(esben):
    client, contact, address = taken(esben, tasks=["T-022", "T-023"])
    client.post(f"{address}/sag", {"task": ["T-022", "T-023"], "raised_by": "application"})
    assert len(cases_of(esben, contact)) == 2


def test_pressed_twice_there_is_one_case(esben):
    client, contact, address = taken(esben)
    for _ in range(2):
        client.post(f"{address}/sag", {"task": "T-022", "raised_by": "application"})
    assert len(cases_of(esben, contact)) == 1


def test_nothing_chosen_is_said(esben):
    client, contact, address = taken(esben)
    refused = client.post(f"{address}/sag", {"raised_by": "application"}, headers=HX)
    assert refused.status_code == 422 and "Vælg mindst en opgave" in text_of(refused)
    assert client.post(f"{address}/sag", {"task": "T-999", "raised_by": "application"}, headers=HX).status_code == 422
    assert not cases_of(esben, contact)


def test_a_contact_without_task_or_citizen_says_what_comes_first(esben):
    client, _contact, address = taken(esben, person=None)
    client.post(f"{address}/opgave", {"remove": "T-022"})
    said = text_of(client.get(f"{address}/sag", headers=HX))
    assert "Vælg opgaven først" in said and "hvilken borger" in said


def test_a_contact_is_joined_to_a_case_of_the_citizen(esben):
    client, contact, address = taken(esben)
    case = make_case(person=contact.person_id, title="Boligsikring fra i fjor")
    dialog = text_of(client.get(f"{address}/knyt", headers=HX))
    assert "Boligsikring fra i fjor" in dialog
    answer = client.post(f"{address}/knyt", {"chosen": case.number}, headers=HX)
    assert answer["HX-Redirect"] == f"/arbejdsplads/sag/{case.number}"
    assert [row.contact for row in entries_of(case.id)] == [contact.id]
    assert client.get(answer["HX-Redirect"]).status_code == 200


def test_a_number_typed_wrong_is_said(esben):
    client, _contact, address = taken(esben)
    for number, status in (("2026-1", 422), ("", 422), ("2026-000001-2", 422)):
        assert client.post(f"{address}/knyt", {"number": number}, headers=HX).status_code == status


def test_beside_the_citizen_stand_their_cases_and_that_there_are_others(esben):
    client, contact, _address = taken(esben)
    make_case(person=contact.person_id, title="Boligsikring fra i fjor")
    hidden = make_case(
        "T-900", person=contact.person_id, title="Noget fortroligt", group="secret", administration="SOF"
    )
    page = text_of(client.get(f"/arbejdsplads/henvendelser/{contact.id}/sager/{contact.person_id}"))
    assert "Boligsikring fra i fjor" in page and f"henvendelse={contact.id}" in page
    assert "Noget fortroligt" not in page and hidden.number not in page and "En sag i SOF" in page


def test_the_contact_is_the_purpose_of_opening_the_citizens_case(esben):
    client, contact, _address = taken(esben)
    case = make_case(person=contact.person_id, title="Boligsikring fra i fjor")
    address = f"/arbejdsplads/sag/{case.number}"
    assert client.get(address).status_code == 403
    assert client.get(f"{address}?henvendelse={contact.id}").status_code == 200
    assert client.get(address).status_code == 200
    other = make_case(title="En fremmeds sag")
    assert client.get(f"/arbejdsplads/sag/{other.number}?henvendelse={contact.id}").status_code == 403


def test_the_search_over_everything_leads_to_a_case_by_its_number(esben):
    case = make_case(title="Boligsikring fra i fjor")
    client = Client()
    client.force_login(esben.account)
    assert case.number in text_of(client.get(f"/arbejdsplads/soeg?q={case.number}"))


def test_a_step_taken_from_the_queue_opens_its_case():
    ylva = caseworker()
    case = make_case(unit=the_office(), title="Boligsikring efter flytning")
    make_available(ylva.pk, clock.now())
    client = Client()
    client.force_login(ylva.account)
    client.post("/arbejdsplads/naeste")
    page = text_of(client.get("/arbejdsplads/mine"))
    assert "Sag" in page and "Boligsikring efter flytning" in page
    item = page.split('<a href="/arbejdsplads/')[1].split('"')[0]
    assert case_row(case.id).handler_id == ylva.pk, item
