"""An employee takes work, answers it, hands it on and closes it, all from one screen."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.contacts.testing import contact_row, make_contact, messages_of, tasks_of
from indgang.core.contacts.values import Upload
from indgang.core.organisation.testing import make_employee, make_group, make_unit
from indgang.core.routing import services as routing
from indgang.core.routing.testing import item_of, make_available
from indgang.entrances.mail.testing import receive
from indgang.foundation.access.services import looks_at
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def moving():
    make_group("general")
    make_task("T-080", title="Ind- og udrejse", group="moving", words=["udlandet"])
    return make_task("T-076", title="Meld flytning", group="moving")


@pytest.fixture
def agnes(moving):
    return make_employee("Agnes Agent", groups={"moving": (3, 1)})


@pytest.fixture
def tax_specialist(moving):
    return make_employee("Torben Toldskat", unit=make_unit("SKAT", kind="office"), groups={"tax": (5, 3)})


def at_desk(employee) -> Client:
    client = Client()
    client.force_login(employee.account)
    return client


def taken(employee, contact) -> tuple[Client, str]:
    """The employee has the contact's item in hand; their browser and the item's address."""
    make_available(employee.pk, clock.now())
    client = at_desk(employee)
    answer = client.post("/arbejdsplads/naeste")
    address = f"/arbejdsplads/{item_of(contact.id).id}"
    assert answer.url == address
    return client, address


def version(contact) -> int:
    return contact_row(contact.id).version


def test_a_stranger_is_asked_to_log_in(moving):
    contact = make_contact(tasks=["T-076"])
    for address in ("/arbejdsplads", f"/arbejdsplads/{item_of(contact.id).id}", "/arbejdsplads/arbejde"):
        assert Client().get(address).url.startswith("/log-ind")


def test_the_desk_says_that_there_is_nothing_to_do(agnes):
    page = at_desk(agnes).get("/arbejdsplads").content.decode()
    assert "Ingen henvendelse er åben" in page
    assert "Tag næste" in page


def test_what_is_taken_shows_what_the_citizen_wrote_and_what_one_may_do(agnes):
    contact = make_contact(
        "Jeg flytter til Valby", tasks=["T-076"], uploads=[Upload("brev.pdf", "application/pdf", b"x")]
    )
    client, address = taken(agnes, contact)
    page = client.get(address).content.decode()
    assert "Jeg flytter til Valby" in page
    assert "Meld flytning" in page
    assert "Du må vejlede" in page
    assert "brev.pdf" in page


def test_an_item_of_somebody_else_is_neither_shown_nor_changed(agnes, tax_specialist):
    contact = make_contact(tasks=["T-076"])
    _, address = taken(agnes, contact)
    stranger = at_desk(tax_specialist)
    assert stranger.get(address).status_code == 404
    for verb in ("svar", "note", "opgave", "overdrag", "afslut", "kladde", "borger", "vent"):
        facts = {"body": "x", "version": 1, "to": "group:tax", "outcome": "informed", "field": "reply"}
        assert stranger.post(f"{address}/{verb}", facts).status_code in {404, 409}, verb


def test_what_is_typed_is_there_again_on_another_machine(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    saved = client.post(f"{address}/kladde", {"field": "reply", "body": "Kære Bente, du"})
    assert "gemt" in saved.content.decode()
    assert "Kære Bente, du</textarea>" in at_desk(agnes).get(address).content.decode()


def test_a_cpr_number_in_an_answer_is_warned_of_while_typing(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    saved = client.post(f"{address}/kladde", {"field": "reply", "body": "Dit nummer er 010190-1234"})
    assert "CPR-nummer" in saved.content.decode()


@pytest.mark.req("kc.mailanswer")
def test_an_answer_is_sent_and_the_contact_closed(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    client.post(f"{address}/svar", {"body": "Meld flytning på nettet.", "version": version(contact)})
    answer = client.post(f"{address}/afslut", {"outcome": "informed", "level-T-076": "1", "version": version(contact)})
    assert answer.status_code == 302, answer.content.decode()
    row = contact_row(contact.id)
    assert (row.state, row.outcome) == ("closed", "informed")
    assert [m.body for m in messages_of(contact.id) if m.direction == "out"] == ["Meld flytning på nettet."]


def test_an_answer_written_on_an_old_page_is_kept_and_not_sent(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    answer = client.post(f"{address}/svar", {"body": "Et svar", "version": version(contact) - 1})
    assert answer.status_code == 409
    assert [m for m in messages_of(contact.id) if m.direction == "out"] == []
    assert "Et svar</textarea>" in client.get(address).content.decode()


def test_an_empty_answer_is_asked_for(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    answer = client.post(f"{address}/svar", {"body": " ", "version": 1}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "Skriv svaret" in answer.content.decode()


@pytest.mark.req("kc.transfer")
def test_who_is_handed_the_contact_sees_everything_that_was_said(agnes, tax_specialist):
    contact = make_contact("Jeg flytter. Og hvad med min skat?", tasks=["T-076"])
    client, address = taken(agnes, contact)
    client.post(f"{address}/svar", {"body": "Flytning melder du her.", "version": version(contact)})
    facts = {"to": f"employee:{tax_specialist.pk}", "body": "Flytningen er besvaret; skatten mangler."}
    assert client.post(f"{address}/overdrag", facts).url.startswith("/arbejdsplads?givet=")
    receiver, again = taken(tax_specialist, contact)
    page = receiver.get(again).content.decode()
    for said in ("Og hvad med min skat?", "Flytning melder du her.", "Flytningen er besvaret; skatten mangler."):
        assert said in page


def test_a_transfer_without_a_note_is_asked_for_one(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    answer = client.post(f"{address}/overdrag", {"to": "group:moving", "body": ""})
    assert answer.status_code == 422
    assert "intet skal fortælles igen" in answer.content.decode()


def test_tasks_are_added_and_taken_off(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    client.post(f"{address}/opgave", {"add": "T-080"})
    assert tasks_of(contact.id) == ["T-076", "T-080"]
    client.post(f"{address}/opgave", {"remove": "T-076"})
    assert tasks_of(contact.id) == ["T-080"]


def test_tasks_are_found_by_everyday_words(agnes):
    contact = make_contact()
    facts = {"q": "ny adresse", "item": str(item_of(contact.id).id)}
    assert "Meld flytning" in at_desk(agnes).get("/arbejdsplads/opgaver", facts).content.decode()
    assert at_desk(agnes).get("/arbejdsplads/opgaver", {**facts, "item": "x"}).status_code == 404


def test_the_citizen_is_found_and_their_timeline_shown(agnes):
    person = make_person(name="Bente Birkelund")
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    found = client.post(f"{address}/borgere", {"q": "Bente"}).content.decode()
    assert "Bente Birkelund" in found
    client.post(f"{address}/borger", {"person": str(person.id)})
    page = client.get(address).content.decode()
    assert "Tidligere henvendelser" in page
    assert "Ikke bekræftet" in page


def test_an_offer_is_accepted_or_declined_with_a_reason(agnes):
    contact = make_contact(tasks=["T-076"])
    make_available(agnes.pk, clock.now())
    routing.dispatch_once(clock.now())
    client = at_desk(agnes)
    assert "Tilbudt til dig" in client.get("/arbejdsplads").content.decode()
    address = f"/arbejdsplads/{item_of(contact.id).id}"
    assert client.post(f"{address}/afvis", {"reason": "andet ord"}).status_code == 422
    assert client.post(f"{address}/tag").url == address


def test_own_state_is_changed(agnes):
    client = at_desk(agnes)
    client.post("/arbejdsplads/tilstand", {"mode": "available"})
    assert "Klar" in client.get("/arbejdsplads").content.decode()
    client.post("/arbejdsplads/tilstand", {"mode": "pause", "reason": "Frokost"})
    assert "Pause" in client.get("/arbejdsplads").content.decode()
    assert client.post("/arbejdsplads/tilstand", {"mode": "sovende"}).status_code == 422


def test_a_mails_own_layout_runs_nothing(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    message = messages_of(contact.id)[0]
    message.html = "<p>Hej</p>"
    message.save()
    frame = client.get(f"{address}/mail/{message.id}")
    assert "sandbox" in frame["Content-Security-Policy"]
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert client.get(f"{address}/mail/{UUID(int=1)}").status_code == 404


def test_an_autosave_that_comes_after_the_sending_is_no_draft(agnes):
    contact = make_contact(tasks=["T-076"])
    client, address = taken(agnes, contact)
    client.post(f"{address}/svar", {"body": "Meld flytning på nettet.", "version": version(contact)})
    client.post(f"{address}/kladde", {"field": "reply", "body": "Meld flytning på nettet."})
    assert "Meld flytning på nettet.</textarea>" not in client.get(address).content.decode()


@pytest.mark.parametrize("to", ["unit:²", "employee:" + "9" * 5000, "employee:x", "unit:-1", "group:" + "x" * 100])
def test_a_receiver_that_is_not_on_the_list_is_asked_for_again(agnes, to):
    client, address = taken(agnes, make_contact(tasks=["T-076"]))
    assert client.post(f"{address}/overdrag", {"to": to, "body": "x"}).status_code == 422


def test_what_a_citizen_wrote_stands_in_no_title_and_what_is_searched_for_in_no_address(agnes):
    contact = make_contact("Min mor er syg, 020290-1234", tasks=["T-076"])
    client, address = taken(agnes, contact)
    title = client.get(address).content.decode().partition("<title>")[2].partition("</title>")[0]
    assert "Meld flytning" in title and "mor" not in title
    assert client.get(f"{address}/borgere", {"q": "020290-1234"}).status_code == 405


@pytest.mark.req("wp.fewhands")
@pytest.mark.parametrize("centre", ["VANLOESE", "AMAGER"])
def test_a_back_office_goes_on_with_what_came_in_at_any_centre(moving, centre):
    make_group("general")
    office = make_unit("BAGKONTOR", kind="office", name="Fælles bagkontor")
    berta = make_employee("Berta Bagkontor", unit=office, groups={"moving": (5, 1)})
    there = make_employee("Viggo Vagt", unit=make_unit(centre, kind="centre"), groups={"moving": (3, 1)})
    contact = make_contact("Jeg flytter", tasks=["T-076"], channel="counter", unit=centre)
    client, item = taken(there, contact)
    facts = {"to": "group:moving", "body": "Papirerne er set ved skranken."}
    assert client.post(f"{item}/overdrag", facts).status_code == 302
    back_office, same = taken(berta, contact)
    assert same == item and "set ved skranken" in back_office.get(same).content.decode()


def test_the_number_of_mails_to_see_looks_at_nobody(agnes):
    unreadable = receive(bytes(range(256)) * 4, at=clock.now())
    assert " (1)" in at_desk(agnes).get("/arbejdsplads/antal").content.decode()
    assert not looks_at(unreadable.id)


def test_the_list_says_until_when_and_on_whom_it_waits(agnes):
    client, item = taken(agnes, make_contact("Jeg flytter", tasks=["T-076"], mail="karla@borger.example"))
    day = clock.today() + timedelta(days=3)
    assert client.post(f"{item}/vent", {"day": day.isoformat()}).status_code == 302
    shown = client.get("/arbejdsplads/mine").content.decode()
    assert "venter på borgeren til" in shown and f"{day.day}. " in shown and "08.00" in shown
