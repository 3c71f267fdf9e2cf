"""The card of a task stands beside the contact, and the agent says whether it answered."""

import pytest

from indgang.core.catalogue.testing import make_card, make_card_text, make_task
from indgang.core.organisation.testing import make_employee
from indgang.foundation.journal import selectors as journal

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
GUIDE = """
[[guide]]
id = "start"
ask = "Er du over 18 år?"
help = ""
[[guide.answers]]
text = "Ja"
result = "entitled"
why = "Voksne melder selv."
[[guide.answers]]
text = "Nej"
result = "not_entitled"
why = "En forælder melder flytningen."
"""


def test_the_card_beside_the_contact_keeps_its_ticks_for_that_contact(taken):
    client, contact, address = taken
    make_card("T-076")
    assert f"{address}/kort/T-076" in client.get(address).content.decode()
    card = client.get(f"{address}/kort/T-076", headers=HX).content.decode()
    assert f'data-ticks="{contact.id}:T-076"' in card
    assert 'id="T-076-klage"' in card


def test_the_guided_questions_are_asked_one_at_a_time_beside_the_contact(taken):
    client, _contact, address = taken
    make_card("T-076", text=make_card_text("T-076", tables=GUIDE))
    part = client.get(f"{address}/kort/T-076?svar=1", headers=HX).content.decode()
    assert "En forælder melder flytningen." in part and "data-ticks" not in part
    assert "Er du over 18 år?" in client.get(f"{address}/kort/T-076?svar=9", headers=HX).content.decode()
    assert client.get(f"{address}/kort/T-076?svar={'9' * 5000}", headers=HX).status_code == 200


def test_whether_the_card_answered_is_told_with_the_contact(taken):
    client, contact, address = taken
    thanks = client.post(f"{address}/kort/T-076/svarede", {"svarede": "0"}, headers=HX)
    assert "Skriv, hvad der mangler" in thanks.content.decode()
    told = [line for line in journal.events_of_contact(contact.id) if line.verb == "contact.card_used"]
    assert [line.data for line in told] == [{"task": "T-076", "answered": False}]


def test_a_task_without_a_card_says_so_beside_the_contact(taken):
    client, _contact, address = taken
    make_task("T-077", title="Flytte til udlandet")
    assert "ikke skrevet et kort" in client.get(f"{address}/kort/T-077", headers=HX).content.decode()


def test_a_card_is_not_noted_for_somebody_elses_contact(taken, client):
    _mine, contact, address = taken
    assert client.post(f"{address}/kort/T-076/svarede", {"svarede": "1"}).status_code == 302  # to the login
    client.force_login(make_employee("Bo Byt").account)
    assert client.post(f"{address}/kort/T-076/svarede", {"svarede": "1"}).status_code == 404
    assert client.get(f"{address}/kort/T-076").status_code == 404
    assert not [line for line in journal.events_of_contact(contact.id) if line.verb == "contact.card_used"]
