"""The reader's own centre on the front page: found by address, remembered on a button, forgotten on another."""

import pytest

from indgang.core.organisation.testing import make_hours, make_street, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def valby():
    for code, district in (("BS-VALBY", "Valby"), ("BS-SUNDBY", "Sundby")):
        unit = make_unit(code, kind="centre", district=district, address=f"{district} Torv 6")
        make_hours(unit, "counter", weekdays=range(7))
    make_unit("JC-VEST", kind="job_centre", district="Valby")
    make_street("Spurvens Vej", road="0001", district="Valby")
    make_street("Ræven", road="0002", district="Nordhavn")


def front(client, query: str = "") -> str:
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode()


def own_part(page: str) -> str:
    return page[page.index('id="mit-center"') : page.index("</section>")]


@pytest.mark.req("wish.hours", "goal.near")
def test_an_address_on_the_front_page_gives_the_hours_of_its_centre_at_once(client):
    part = own_part(front(client, "?adresse=Spurvens+Vej+12"))

    assert "Valby Torv 6" in part and "08.00–18.00" in part
    assert "Sundby Torv 6" not in part
    assert "hører til Valby" in part


def test_without_an_address_all_centres_are_told_in_short(client):
    part = own_part(front(client))

    assert "2 centre har" in part or "Alle centre har lukket nu." in part
    assert "08.00–18.00" not in part


def test_several_addresses_are_offered_and_lead_back_to_the_front_page(client):
    make_street("Spurvens Vænge", road="0003", district="Valby")

    part = own_part(front(client, "?adresse=spurvens+v"))

    assert 'href="/?id=09990003#mit-center"' in part
    assert "Valby Torv 6" in own_part(front(client, "?id=09990003"))


def test_suggestions_while_one_writes_lead_where_the_field_stands(client):
    assert "/?id=" in client.get("/borgerservice/adresser?adresse=spurv&til=forside").content.decode()
    assert "/borgerservice?id=" in client.get("/borgerservice/adresser?adresse=spurv").content.decode()


@pytest.mark.parametrize(
    ("written", "said"),
    [("Qqvej+3", "Vi kender ikke adressen"), ("Ræven+2", "Der er ikke noget borgerservicecenter for adressen")],
)
def test_an_address_without_a_centre_says_what_to_do(client, written, said):
    assert said in own_part(front(client, f"?adresse={written}"))


def test_a_centre_is_remembered_only_when_its_button_is_pressed(client):
    assert "indgang_center" not in client.get("/?adresse=Spurvens+Vej+12").cookies

    answer = client.post("/borgerservice/mit-center", {"centre": "BS-VALBY"})

    cookie = answer.cookies["indgang_center"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("BS-VALBY", True, "Lax")
    assert answer["Location"] == "/#mit-center"
    part = own_part(front(client))
    assert "Valby Torv 6" in part and "08.00–18.00" in part
    assert "Din browser husker, at det er dit center." in client.get("/enheder/BS-VALBY").content.decode()
    assert "Husk det som mit center" in client.get("/enheder/BS-SUNDBY").content.decode()


def test_another_address_is_answered_although_a_centre_is_remembered(client):
    client.post("/borgerservice/mit-center", {"centre": "BS-SUNDBY"})
    assert "Valby Torv 6" in own_part(front(client, "?adresse=Spurvens+Vej+12"))
    assert "Vi kender ikke adressen" in own_part(front(client, "?adresse=Qqvej"))


def test_a_remembered_centre_is_forgotten_on_its_button(client):
    client.post("/borgerservice/mit-center", {"centre": "BS-VALBY"})
    client.post("/borgerservice/mit-center", {"centre": ""})
    assert "Valby Torv 6" not in own_part(front(client))


@pytest.mark.parametrize("code", ["JC-VEST", "findes-ikke", "<script>", "x" * 4000])
def test_only_a_centre_is_remembered(client, code):
    assert "indgang_center" not in client.post("/borgerservice/mit-center", {"centre": code}).cookies
    client.cookies["indgang_center"] = code[:200].replace("<", "").replace(">", "")
    assert "08.00–18.00" not in own_part(front(client))


def test_it_is_chosen_by_a_form_and_never_by_a_link(client):
    assert client.get("/borgerservice/mit-center").status_code == 405


def test_the_front_page_with_a_centre_stays_at_few_statements(client, django_assert_max_num_queries):
    client.post("/borgerservice/mit-center", {"centre": "BS-VALBY"})
    with django_assert_max_num_queries(18):
        client.get("/")
