"""The demo's page steers the simulated registers; outside a demo there is no such page."""

import pytest

from indgang.foundation.registers.testing import BENTE, free_port

pytestmark = pytest.mark.django_db
PAGE = "/demo/registre"


def test_a_register_is_made_slow_and_back(client, cpr, income) -> None:
    assert "Lige nu: svarer, som det skal" in client.get(PAGE).content.decode()
    answer = client.post(f"{PAGE}/cpr/opfoersel", {"cpr-mode": "slow", "cpr-seconds": "1.5"})
    assert answer.status_code == 302
    assert (cpr.call("GET", "/behaviour")["mode"], cpr.call("GET", "/behaviour")["seconds"]) == ("slow", 1.5)
    assert "Lige nu: svarer langsomt" in client.get(PAGE).content.decode()


def test_somebody_moves_and_somebodys_income_changes(client, cpr, income) -> None:
    told = {"cpr-sker-cpr": f"{BENTE[:6]}-{BENTE[6:]}", "cpr-sker-kind": "renamed", "cpr-sker-name": "Bente Bøgeholm"}
    assert client.post(f"{PAGE}/cpr/haendelse", told).status_code == 302
    assert cpr.call("POST", "/people", {"personnummer": BENTE})["name"] == "Bente Bøgeholm"
    told = {"income-sker-cpr": BENTE, "income-sker-year": 2026, "income-sker-field": "salary"}
    assert client.post(f"{PAGE}/income/haendelse", {**told, "income-sker-amount": 123_000}).status_code == 302
    years = income.call("POST", "/people", {"personnummer": BENTE})["years"]
    assert years == {"2026": {"loenindkomst": 123_000}}


@pytest.mark.parametrize(
    ("path", "told", "said"),
    [
        ("cpr/opfoersel", {"cpr-mode": "sur"}, "form-error"),
        ("cpr/haendelse", {"cpr-sker-cpr": "0101991234", "cpr-sker-kind": "died"}, "personnummeret er ukendt"),
        ("cpr/haendelse", {"cpr-sker-cpr": BENTE, "cpr-sker-kind": "renamed"}, "skriv et navn"),
        ("income/haendelse", {"income-sker-cpr": BENTE}, "form-error"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, cpr, income, path, told, said) -> None:
    answer = client.post(f"{PAGE}/{path}", told)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert all(typed in answer.content.decode() for typed in told.values() if typed.isdigit())


def test_a_simulator_that_is_down_is_said(client, settings) -> None:
    settings.REGISTERS = {name: {"url": f"http://127.0.0.1:{free_port()}"} for name in ("cpr", "income")}
    assert "processen er nede" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}/cpr/opfoersel", {"cpr-mode": "ok", "cpr-seconds": "1"}).status_code == 503


def test_outside_a_demo_there_is_no_such_page(client, settings) -> None:
    settings.INDGANG_DEMO = False
    assert [client.get(PAGE).status_code, client.post(f"{PAGE}/cpr/opfoersel").status_code] == [404, 404]
