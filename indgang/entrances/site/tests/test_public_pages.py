"""The public pages: one field, life situations, whether we are open, and tasks in the citizen's words."""

from datetime import time

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.organisation.testing import make_closing_days, make_hours, make_street, make_unit
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


@pytest.fixture
def valby():
    unit = make_unit(
        "BS-VALBY",
        kind="centre",
        district="Valby",
        address="Demogade 6",
        facilities="kørestolsadgang; samtalerum; kundepc",
    )
    make_hours(unit, "counter", weekdays=range(7))
    make_unit("JC-VEST", kind="job_centre")
    make_street("Spurvens Vej", road="0001", district="Valby")
    make_street("Spurvens Vænge", road="0002", district="Valby", postcode="2700", city="Brønshøj")
    return unit


@pytest.mark.req("goal.near")
def test_an_address_is_written_and_the_centre_of_the_district_is_found_without_javascript(client, valby):
    page = text(client, "/borgerservice?adresse=spurvens+v")
    assert "/borgerservice?id=09990002" in page
    assert "Spurvens Vænge, 2700 Brønshøj hører til Valby." in text(client, "/borgerservice?id=09990002")
    page = text(client, "/borgerservice?adresse=Spurvens+Vej+12")
    assert "Spurvens Vej 12, 2500 Valby hører til Valby." in page and "Demogade 6" in page
    assert "hører til Valby" in text(client, "/borgerservice?id=09990001__12")
    assert text(client, "/borgerservice/adresser?adresse=spurvens").count("<li>") == 2


@pytest.mark.parametrize("written", ["adresse=Qqvej+3", "id=09990001_999", "id=x", "adresse=1"])
def test_an_unknown_address_says_what_to_do(client, valby, written):
    assert "Vi kender ikke adressen" in text(client, f"/borgerservice?{written}")


def test_a_street_of_two_districts_asks_for_the_number(client, valby):
    make_street("Spurvens Vej", road="0001", first=200, last=300, district="Sundby")
    page = text(client, "/borgerservice?id=09990001")
    assert "Skriv også husnummeret" in page and 'value="Spurvens Vej "' in page


@pytest.mark.req("goal.rooms")
def test_a_unit_tells_of_its_rooms_and_hours(client, valby):
    page = text(client, "/enheder/BS-VALBY")
    assert "Kørestolsadgang" in page and "Samtalerum" in page and "08.00–18.00" in page
    assert "70" in page and "timer i en almindelig uge" in page
    assert "Wheelchair access" in text(client, "/enheder/BS-VALBY", HTTP_ACCEPT_LANGUAGE="en")
    assert client.get("/enheder/findes-ikke").status_code == 404


@pytest.mark.req("org.jobcentre")
def test_a_job_centre_has_a_design_of_its_own_and_is_no_counter_of_the_municipality(client, valby):
    assert "site/job_centre.css" in text(client, "/enheder/JC-VEST")
    assert "site/job_centre.css" not in text(client, "/enheder/BS-VALBY")
    assert "Jc-vest" not in text(client, "/borgerservice") and "Jc-vest" in text(client, "/aabningstider")


@pytest.mark.req("wish.hours")
def test_opening_hours_are_shown_for_any_week(client, valby):
    valby_hours = text(client, "/aabningstider?dag=2026-03-03")
    assert "08.00–18.00" in valby_hours
    make_closing_days()
    assert "(Juleaftensdag)" in text(client, "/aabningstider?dag=2026-12-24")
    for wrong in ("i+morgen", "9999-99-99", "1500-01-01"):
        assert "Datoen kan ikke læses" in text(client, f"/aabningstider?dag={wrong}")


@pytest.mark.req("kc.uniformhours")
def test_a_closed_phone_offers_writing_and_to_be_called(client):
    make_hours(make_unit("KC"), "phone", weekdays=range(7), opens=time(0), closes=time(0, 1))
    assert "Skriv til os nu, eller bed os ringe dig op" in text(client, "/")


def test_the_front_page_asks_for_all_hours_in_few_statements(client, valby, django_assert_max_num_queries):
    for number in range(20):
        make_hours(make_unit(f"BS-{number}", kind="centre"), "counter")
    with django_assert_max_num_queries(14):
        client.get("/")
