"""What is done with a contact in its dialogs: each opens over the page, says what is missing, and does its work."""

import pytest
from django.test import Client

from indgang.core.contacts.testing import contact_row, make_contact, messages_of
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.core.routing.testing import item_of

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def version(contact) -> int:
    return contact_row(contact.id).version


@pytest.mark.parametrize(
    ("verb", "shown"),
    [
        ("afslut", "Meld flytning"),
        ("overdrag", "Hvad skal modtageren vide?"),
        ("udskyd", "i morgen kl. 8"),
        ("opkald", "Telefonnummer"),
        ("materiale", "materiale"),
        ("klage", "Hvad siger borgeren?"),
        ("oplysninger", "Livsbegivenhed"),
        ("standardsvar", "Find et standardsvar"),
        ("ny-borger", "foreløbig"),
    ],
)
def test_a_dialog_is_a_part_for_a_page_that_stands_and_a_page_for_everybody_else(taken, verb, shown):
    client, _contact, address = taken
    part = client.get(f"{address}/{verb}", headers=HX).content.decode()
    page = client.get(f"{address}/{verb}").content.decode()
    assert shown in part and "<html" not in part and "dialog-messages" in part
    assert shown in page and page.count("<h1") == 1


def test_a_form_of_a_dialog_leads_on_by_the_address_it_is_given(taken):
    client, contact, address = taken
    facts = {"result-T-076": "informed:1", "version": version(contact)}
    answer = client.post(f"{address}/afslut", facts, headers=HX)
    assert answer["HX-Redirect"] == "/arbejdsplads"


def test_each_task_ends_with_its_own_result_and_the_contact_with_the_weightiest(taken):
    client, contact, address = taken
    client.post(f"{address}/opgave", {"add": "T-080"})
    facts = {"result-T-076": "decided:2", "result-T-080": "self_service:1", "version": version(contact)}
    assert client.post(f"{address}/afslut", facts).status_code == 302
    assert contact_row(contact.id).outcome == "decided"


def test_closing_takes_the_next_one_along(taken):
    client, contact, address = taken
    following = make_contact("Og jeg flytter også", tasks=["T-076"])
    facts = {"result-T-076": "informed:1", "next": "1", "version": version(contact)}
    assert client.post(f"{address}/afslut", facts).url == f"/arbejdsplads/{item_of(following.id).id}"


def test_a_contact_without_task_or_outcome_is_not_closed(taken):
    client, contact, address = taken
    client.post(f"{address}/opgave", {"remove": "T-076"})
    answer = client.post(f"{address}/afslut", {"version": version(contact)}, headers=HX)
    assert answer.status_code == 422
    assert "hvordan henvendelsen endte" in answer.content.decode()


def test_an_answer_can_be_taken_back_and_is_the_draft_again(taken):
    client, contact, address = taken
    client.post(f"{address}/svar", {"body": "Du melder det på nettet.", "version": version(contact)})
    page = client.get(address).content.decode()
    assert "Svaret sendes om" in page
    sent = next(m for m in messages_of(contact.id) if m.direction == "out")
    assert client.post(f"{address}/fortryd/{sent.id}").status_code == 302
    assert "Du melder det på nettet.</textarea>" in client.get(address).content.decode()
    assert [m for m in messages_of(contact.id) if m.direction == "out"] == []


def test_a_cpr_number_is_sent_only_when_that_is_confirmed(taken):
    client, contact, address = taken
    facts = {"body": "Dit nummer er 010190-1234", "version": version(contact)}
    assert client.post(f"{address}/svar", facts, headers=HX).status_code == 422
    assert client.post(f"{address}/svar", {**facts, "version": version(contact), "confirmed": "1"}).status_code == 302


def test_a_contact_is_put_off_until_a_moment_that_has_not_passed(taken):
    client, _contact, address = taken
    past = {"until": "own", "day": "2020-01-01", "hour": "10:00"}
    assert client.post(f"{address}/udskyd", past, headers=HX).status_code == 422
    assert client.post(f"{address}/udskyd", {"until": "own"}, headers=HX).status_code == 422
    assert client.post(f"{address}/udskyd", {"until": "tomorrow"}).status_code == 302
    page = client.get("/arbejdsplads/mine").content.decode()
    assert "udskudt til" in page


def test_who_opens_a_contact_by_hand_has_it_at_once(agnes):
    client = Client()
    client.force_login(agnes.account)
    answer = client.post("/arbejdsplads/ny", {"channel": "phone"})
    page = client.get(answer.url).content.decode()
    assert 'id="svar"' in page
    assert client.post("/arbejdsplads/ny", {"channel": "mail"}).status_code == 422


def test_what_nobody_has_taken_yet_is_taken_back(taken):
    client, contact, address = taken
    client.post(f"{address}/overdrag", {"to": "group:tax", "body": "Det er skat."})
    page = client.get(f"/arbejdsplads?givet={item_of(contact.id).id}").content.decode()
    assert "Tag den tilbage" in page
    assert client.post(f"{address}/tag-tilbage").url == address
    assert client.get(address).status_code == 200


@pytest.mark.req("kc.callback")
def test_a_call_is_promised_tried_and_reached(taken, agnes):
    client, contact, address = taken
    assert client.post(f"{address}/opkald", {"when": "now"}, headers=HX).status_code == 422
    assert client.post(f"{address}/opkald", {"when": "now", "phone": "00 00 00 17"}).status_code == 302
    if item_of(contact.id).agent_id != agnes.pk:
        client.post("/arbejdsplads/naeste")
    page = client.get(address).content.decode()
    assert "Borgeren vil ringes op" in page
    assert client.post(f"{address}/ringet", {"result": "reached", "note": "Talte om flytning."}).status_code == 302
    assert any("Talte om flytning." in m.body for m in messages_of(contact.id))


def test_a_complaint_is_taken_in_and_stands_on_the_list_until_it_is_answered(taken):
    client, _contact, address = taken
    unit = make_unit("CENTER", kind="office", name="Center Nord")
    assert client.post(f"{address}/klage", {"kind": "complaint", "text": "For lang kø"}, headers=HX).status_code == 422
    facts = {"kind": "complaint", "unit": str(unit.pk), "text": "For lang kø"}
    assert client.post(f"{address}/klage", facts).status_code == 302
    page = client.get("/arbejdsplads/forslag-og-klager").content.decode()
    assert "For lang kø" in page and "Center Nord" in page


def test_the_list_of_contacts_keeps_its_filter_in_the_address(taken):
    client, _contact, _address = taken
    page = client.get("/arbejdsplads/henvendelser?tilstand=open&kanal=mail").content.decode()
    assert "Jeg flytter til Valby" in page and "(1)" in page
    assert "Ingen henvendelser passer på det" in client.get("/arbejdsplads/henvendelser?q=qqxzy").content.decode()
    assert "Noget i filteret kan ikke læses" in client.get("/arbejdsplads/henvendelser?fra_dag=x").content.decode()


def test_a_contact_in_hand_found_in_a_list_opens_where_one_works_on_it(taken):
    client, contact, address = taken
    assert client.get(f"/arbejdsplads/henvendelser/{contact.id}").url == address


def test_a_colleagues_contact_is_read_only_and_says_who_has_it(taken):
    _client, contact, _address = taken
    bente = make_employee("Bente Bistand", groups={"moving": (3, 1)})
    reader = Client()
    reader.force_login(bente.account)
    page = reader.get(f"/arbejdsplads/henvendelser/{contact.id}").content.decode()
    assert "Agnes Agent har den" in page
    assert 'id="svar"' not in page


def test_another_agent_on_the_same_contact_is_seen(taken):
    client, contact, address = taken
    bente = make_employee("Bente Bistand", groups={"moving": (3, 1)})
    reader = Client()
    reader.force_login(bente.account)
    assert reader.post("/arbejdsplads/her", {"contact": str(contact.id), "typing": "1"}).status_code == 204
    assert "Bente Bistand skriver her" in client.get(f"{address}/samtale").content.decode()


def test_the_one_search_finds_contacts_tasks_and_colleagues(taken):
    client, contact, _address = taken
    reference = contact_row(contact.id).reference
    assert "Jeg flytter til Valby" in client.get("/arbejdsplads/soeg", {"q": reference}, headers=HX).content.decode()
    assert "Agnes Agent" in client.get("/arbejdsplads/soeg", {"q": "agnes"}, headers=HX).content.decode()
    assert "Intet passer på det" in client.get("/arbejdsplads/soeg", {"q": "qqxzy"}, headers=HX).content.decode()


def test_a_number_beside_take_next_is_read_by_itself(taken):
    client, _contact, _address = taken
    make_contact("En til", tasks=["T-076"])
    assert "(1)" in client.get("/arbejdsplads/antal").content.decode()
