"""The public page of a task, made from its guidance card; and what programs read."""

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from indgang.core.catalogue.testing import make_card, make_card_text, make_life_event, make_task
from indgang.core.organisation.testing import make_hours, make_unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
GUIDE = """
[[guide]]
id = "start"
ask = "Er du fyldt 18 år?"
help = ""

[[guide.answers]]
text = "Ja"
result = "entitled"
why = "Du kan selv melde flytningen."

[[guide.answers]]
text = "Nej"
result = "specialist"
why = "Dine forældre skal hjælpe dig."
"""


@pytest.fixture(autouse=True)
def move():
    make_task("T-076", title="Meld flytning", title_en="Report a move", life_situations=["housing"])


def text(client, address: str, **headers) -> str:
    response = client.get(address, **headers)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_what_the_card_says_to_citizens_and_nothing_that_is_for_staff(client):
    sections = {
        "Kort sagt": "Du er flyttet, og det skal vi vide. Det tager få minutter.",
        "Sådan gør du": "1. Slå op i CPR.\n2. Spørg efter navnet.\n3. Læs datoen højt.\n4. Skriv et notat.",
        "Sig til borgeren": "Du får svar med det samme.",
        "Det skal du have med": "- Lejekontrakten",
        "Klage": "Skriv til os inden fire uger.",
    }
    make_card(text=make_card_text(**sections), at=AT)

    page = text(client, "/opgaver/T-076")

    for shown in ("Du er flyttet, og det skal vi vide.", "Lejekontrakten", "Skriv til os inden fire uger."):
        assert shown in page
    for hidden in ("Slå op i CPR", "Du får svar med det samme"):
        assert hidden not in page


def test_what_the_municipality_has_not_filled_in_is_asked_about(client):
    make_card(text=make_card_text(**{"Gebyr og frister": "Det koster {{udfyld: gebyr i kroner}}."}), at=AT)

    page = text(client, "/opgaver/T-076")

    assert "udfyld" not in page
    assert "Spørg os." in page


@pytest.mark.req("ch.priority")
def test_the_ways_in_stand_in_the_order_net_phone_counter_whatever_suits_best(client):
    make_hours(make_unit("KC", phone="00 00 00 12"), "phone", weekdays=range(7))
    make_card(text=make_card_text(fields='best_channel = "phone"\nbest_channel_why = "Vi skal tale om det."'), at=AT)

    page = text(client, "/opgaver/T-076")

    ways = page[page.index('class="channels"') :]
    assert ways.index("På nettet") < ways.index("Telefon") < ways.index("Borgerservice")
    assert ways.index("Telefon") < ways.index("Vi skal tale om det.") < ways.index("Borgerservice")


def test_nobody_is_pushed_to_the_net(client):
    make_card(at=AT)

    assert "Kan eller vil du ikke bruge nettet, så ring eller kom." in text(client, "/opgaver/T-076")


@pytest.mark.req("po.beslutningsstøtte")
def test_the_questions_of_a_card_lead_a_citizen_to_an_answer_with_its_reason_without_scripts(client):
    make_card(text=make_card_text(tables=GUIDE), at=AT)

    assert "Er du fyldt 18 år?" in text(client, "/opgaver/T-076")
    answered = client.get("/opgaver/T-076/spoergsmaal?svar=1")

    assert answered.status_code == 302
    assert answered["Location"] == "/opgaver/T-076?svar=1#guide"
    page = text(client, "/opgaver/T-076?svar=1")
    assert "Det skal en fagperson vurdere" in page
    assert "Dine forældre skal hjælpe dig." in page


def test_the_next_question_alone_is_answered_to_the_page_that_asks_for_it(client):
    make_card(text=make_card_text(tables=GUIDE), at=AT)

    part = text(client, "/opgaver/T-076/spoergsmaal?svar=0", headers={"HX-Request": "true"})

    assert "Du kan selv melde flytningen." in part
    assert "<html" not in part


@pytest.mark.parametrize("given", ["7", "x", "-", "0-0-0", "9" * 400])
def test_answers_nobody_can_have_given_begin_again(client, given):
    make_card(text=make_card_text(tables=GUIDE), at=AT)

    assert "Er du fyldt 18 år?" in text(client, f"/opgaver/T-076?svar={given}")


def test_a_task_without_questions_has_none_to_answer(client):
    make_card(at=AT)

    assert client.get("/opgaver/T-076/spoergsmaal", headers={"HX-Request": "true"}).status_code == 404


def test_an_english_reader_is_told_that_the_card_is_danish(client):
    make_card(at=AT)

    page = text(client, "/opgaver/T-076", headers={"Accept-Language": "en"})

    assert "The text further down is in Danish." in page
    assert 'class="task-details" lang="da"' in page


def test_a_program_reads_the_service_as_schema_org_says(client):
    make_task("T-001", title="Se </script> BBR")
    make_hours(make_unit("KC", phone="00 00 00 12"), "phone", weekdays=range(7))

    page = text(client, "/opgaver/T-001")
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])

    assert facts["@type"] == "GovernmentService"
    assert facts["name"] == "Se </script> BBR"
    assert facts["availableChannel"][1]["servicePhone"]["telephone"] == "00 00 00 12"


def test_search_engines_find_every_public_page_and_no_other(client):
    root = ElementTree.fromstring(text(client, "/sitemap.xml"))
    places = [element.text for element in root.iter() if element.tag.endswith("loc")]

    assert "http://testserver/opgaver/T-076" in places
    assert "http://testserver/livssituationer/housing" in places
    for place in places:
        assert client.get(place).status_code == 200
    robots = text(client, "/robots.txt")
    assert "Disallow: /arbejdsplads" in robots
    assert "Sitemap: http://testserver/sitemap.xml" in robots


def test_a_life_situation_says_what_to_do_in_which_order_when_something_happens(client):
    make_task("T-022", title="Boligstøtte", life_situations=["housing"])
    make_life_event("moved", situation="housing", tasks=["T-076", "T-022"])

    page = text(client, "/livssituationer/housing")

    steps = page[page.index('class="event-steps"') : page.index("</ol>")]
    assert steps.index("Meld flytning") < steps.index("Boligstøtte")


def test_the_answers_in_the_address_are_no_other_page_to_a_search_engine(client):
    make_card(text=make_card_text(tables=GUIDE), at=AT)
    plain = '<link rel="canonical" href="http://testserver/opgaver/T-076">'
    assert plain in text(client, "/opgaver/T-076")
    assert plain in text(client, "/opgaver/T-076?svar=0")
