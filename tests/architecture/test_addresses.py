"""Every page needs a login unless it stands on the short public list; a change needs a proof."""

import pytest
from django.test import Client

from indgang.assembly.api import api
from tests.architecture.address_table import UNSAFE, addresses, example

PUBLIC = {
    "",
    "opgaver",
    "opgaver/<str:code>",
    "opgaver/<str:code>/spoergsmaal",
    "sitemap.xml",
    "robots.txt",
    "livssituationer/<str:code>",
    "borgerservice",
    "borgerservice/adresser",
    "borgerservice/mit-center",
    "enheder/<str:code>",
    "aabningstider",
    "tilgaengelighed",
    "was",
    "was/",
    "velkommen/<str:token>",
    "sprog",
    "log-ind",
    "log-ud",
    "log-ind/faelles",  # leads to the employees' common login
    "log-ind/faelles/svar",
    "status/<str:secret>",  # the secret is the key
    "min-vagtplan/kalender/<str:secret>.ics",  # the secret is the key
    "healthz",
    "readyz",
    "metrics",
    "kontakt",
    "kontakt/forslag",
    "kontakt/<str:token>/emne",
    "kontakt/<str:token>/spoergsmaal",
    "kontakt/<str:token>/svar",
    "kontakt/<str:token>/kontaktoplysninger",
    "kontakt/<str:token>/se-igennem",
    "kontakt/<str:token>/kvittering",
    "demo/postkasse",  # what invented people received; not there outside the demo
    "demo/postkasse/skriv",
    "demo/postkasse/<str:mail_id>",
    "demo/postkasse/<str:mail_id>/html",
    "demo/ur",
    "demo/registre",  # how the simulated registers behave; not there outside the demo
    "demo/registre/<str:system>/opfoersel",
    "demo/registre/<str:system>/haendelse",
}
OPEN_OPERATIONS = {"GET /catalogue/tasks", "GET /catalogue/tasks/{task_id}", "POST /triage"}


def operations() -> list[tuple[str, str]]:
    """("POST", "/contacts") of the JSON interface."""
    schema = api.get_openapi_schema(path_prefix="")
    return [(method.upper(), path) for path, methods in schema["paths"].items() for method in methods]


def test_the_public_list_holds_no_address_that_is_gone():
    assert {address.route for address in addresses()} >= PUBLIC


@pytest.mark.django_db
def test_every_page_outside_the_public_list_is_closed_to_strangers():
    client, let_in = Client(), []
    for address in addresses():
        if address.route in PUBLIC:
            continue
        for answer in (client.get(address.path), client.post(address.path)):
            to_login = answer.status_code == 302 and answer.headers["Location"].startswith("/log-ind")
            if not to_login and answer.status_code not in {404, 405}:
                let_in.append(f"{address.route}: {answer.status_code}")
    assert let_in == []


@pytest.mark.django_db
def test_no_page_takes_a_form_that_did_not_come_from_a_page_of_ours():
    client, taken = Client(enforce_csrf_checks=True), []
    for address in addresses():
        for method in UNSAFE:
            answer = getattr(client, method)(address.path)
            if answer.status_code not in {403, 405}:
                taken.append(f"{method} {address.route}: {answer.status_code}")
    assert taken == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "indgang_wrong"])
def test_the_json_interface_is_closed_without_a_key(key: str | None):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    client, let_in = Client(headers=headers), []
    for method, path in operations():
        address = "/api/v1" + path.replace("{item_id}", "00000000-0000-0000-0000-000000000007")
        answer = client.generic(method, address.replace("{", "").replace("}", ""), b"{}", "application/json")
        if f"{method} {path}" not in OPEN_OPERATIONS and answer.status_code != 401:
            let_in.append(f"{method} {path}: {answer.status_code}")
    assert let_in == []
    assert set(OPEN_OPERATIONS) <= {f"{method} {path}" for method, path in operations()}


@pytest.mark.django_db
def test_a_closed_page_and_a_page_that_is_not_there_look_alike_to_a_stranger():
    client = Client()
    closed, missing = client.get("/henvendelser/filer/7"), client.get("/findes-ikke")
    assert closed.status_code == missing.status_code == 404
    assert "W404" in missing.content.decode()


def test_an_example_is_made_from_a_route():
    assert example("arbejdsplads/<uuid:item_id>/tag") == "/arbejdsplads/00000000-0000-0000-0000-000000000007/tag"
