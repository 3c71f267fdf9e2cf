"""The public pages: one field, life situations, whether we are open, and tasks in the citizen's words."""

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.organisation.testing import make_hours, make_unit
from indgang.entrances.site import showing
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def move():
    return make_task(
        "T-076",
        title="Meld flytning",
        title_en="Report a move",
        summary="Meld din nye adresse.",
        life_situations=["housing"],
    )


@pytest.fixture
def centre():
    unit = make_unit("KC", phone="00 00 00 12")
    make_hours(unit, "phone", weekdays=range(7))
    return unit


def text(client, address: str, **headers) -> str:
    response = client.get(address, **headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", ["/", "/opgaver", "/opgaver?q=flytte"])
def test_an_empty_town_still_answers(client, address):
    assert "Skriv til os" in text(client, address)


def test_the_front_page_asks_in_own_words_and_sends_them_to_the_form(client):
    page = text(client, "/")
    assert "Hvad har du brug for?" in page
    assert 'method="post" action="/kontakt"' in page
    assert 'name="tekst"' in page


def test_the_front_page_leads_to_the_life_situations(client, move):
    assert 'href="/livssituationer/housing"' in text(client, "/")
    assert "Meld flytning" in text(client, "/livssituationer/housing")


def test_the_front_page_says_whether_the_phone_is_answered_now(client, centre):
    page = text(client, "/")
    assert "00 00 00 12" in page
    assert showing.phone_opening(clock.now()).sentence in page


def test_a_task_says_the_answer_the_ways_in_and_what_happens_next(client, move, centre):
    page = text(client, "/opgaver/T-076")
    places = [
        page.index(words)
        for words in ("Meld din nye adresse.", "På nettet", "Telefon", "Borgerservice", "Det sker der så")
    ]
    assert places == sorted(places)
    assert "har du svar senest" in page


def test_a_task_of_the_past_says_so_and_offers_no_channels(client):
    make_task("T-009", title="Udsted bopælsattest", historic=True, replaced_by="Hent den selv på nettet.")
    page = text(client, "/opgaver/T-009")
    assert "Hent den selv på nettet." in page
    assert "På nettet</h3>" not in page


def test_search_says_why_a_task_was_found(client, move):
    page = text(client, "/opgaver?q=flytte")
    assert "Meld flytning" in page
    assert "flytte" in page.split("Meld flytning")[1]


def test_pages_are_english_for_who_chose_english(client, move):
    assert "What do you need?" in text(client, "/", HTTP_ACCEPT_LANGUAGE="en")
    assert "Report a move" in text(client, "/opgaver/T-076", HTTP_ACCEPT_LANGUAGE="en")


def test_unknown_tasks_and_situations_are_not_found(client):
    assert client.get("/opgaver/T-999").status_code == 404
    assert client.get("/livssituationer/ukendt").status_code == 404


def test_words_of_a_search_are_shown_as_text(client):
    page = text(client, "/opgaver?q=<script>alert(1)</script>")
    assert "<script>alert" not in page
