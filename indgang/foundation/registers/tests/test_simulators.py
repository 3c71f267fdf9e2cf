"""The simulated registers refuse what real ones refuse, keep what happened over a kill, and give it out in order."""

import json
import threading
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from indgang.foundation.registers.testing import ALMA, BENTE, ELMER, HIDDEN, registers

KEY = {"Authorization": "Bearer noegle-til-proeven"}


@pytest.fixture
def town(tmp_path: Path):
    with registers(tmp_path) as running:
        yield running


def ask(process, path: str, body: dict | None = None, **headers: str) -> tuple[int, object]:
    content = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(process.url + path, content, {**KEY, **headers}), timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as refused:
        return refused.code, json.loads(refused.read())


def feed(process, after: int = 0) -> list[tuple[int, str, str]]:
    found = ask(process, f"/changes?after={after}")[1]
    return [(one["nummer"], one["haendelse"], one["personnummer"]) for one in found["aendringer"]]


def test_without_the_key_nothing_is_told(town) -> None:
    for system, path in (("cpr", "/personbasedata"), ("income", "/forskudsopgoerelse"), ("cpr", "/changes")):
        status, said = ask(town[system], path, {"personnummer": BENTE}, Authorization="Bearer gættet".encode().hex())
        assert (status, said) == (401, {"fejlkode": "INGEN_ADGANG"})


def test_the_feed_begins_after_a_number_and_goes_on_after_a_kill(town) -> None:
    cpr = town["cpr"]
    cpr.happen(personnummer=BENTE, haendelse="renamed", navn="Bente Bøgeholm")
    cpr.happen(personnummer=ELMER, haendelse="died")
    cpr.kill()
    cpr.start()
    cpr.happen(personnummer=ALMA, haendelse="moved")
    told = [(1, "renamed", BENTE), (2, "died", ELMER), (3, "moved", ALMA)]
    assert (feed(cpr), feed(cpr, 2), feed(cpr, 3)) == (told, told[2:], [])
    left = ask(cpr, "/personbasedata", {"personnummer": BENTE})[1]["persondata"]
    assert (left["navn"], left["civilstand"]["civilstandskode"]) == ("Bente Bøgeholm", "E")


def test_behaviour_outlives_a_kill(town) -> None:
    town["cpr"].behave("fail")
    town["cpr"].kill()
    town["cpr"].start()
    assert ask(town["cpr"], "/personbasedata", {"personnummer": BENTE})[0] == 500


def test_many_things_at_once_have_each_their_number(town) -> None:
    def move() -> None:
        for _ in range(5):
            town["cpr"].happen(
                personnummer=BENTE, haendelse="moved", vej="Vejen", hus="1", postnummer="2500", by="Valby"
            )

    threads = [threading.Thread(target=move) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [number for number, _, _ in feed(town["cpr"])] == list(range(1, 31))


@pytest.mark.parametrize(
    "wrong",
    [
        {"haendelse": "forsvundet"}, {"haendelse": "renamed"}, {"haendelse": "moved", "vej": "Vejen"},
        {"haendelse": "married", "aegtefaelle": HIDDEN}, {"haendelse": "died", "personnummer": "0101991234"},
    ],
)  # fmt: skip
def test_what_cannot_happen_is_refused_and_nothing_is_told(town, wrong) -> None:
    assert ask(town["cpr"], "/happenings", {"personnummer": BENTE, **wrong})[0] == 422
    assert feed(town["cpr"]) == []


def test_the_protected_and_the_guarded_are_said_to_be_so(town) -> None:
    hidden = ask(town["cpr"], "/personbasedata", {"personnummer": HIDDEN})[1]["persondata"]["adressebeskyttelse"]
    assert (hidden["beskyttet"], hidden["slutdato"]) == (True, "2099-01-01")
    guarded = ask(town["cpr"], "/personbasedata", {"personnummer": ELMER})[1]
    assert guarded["relationer"]["vaerge"] == {"personnummer": HIDDEN} and guarded["persondata"]["umyndiggoerelse"]


def change(amount: int = 200_000, field: str = "loenindkomst", cpr: str = BENTE) -> dict:
    return {"personnummer": cpr, "indkomstaar": 2026, "aendringer": [{"felt": field, "beloeb": amount}]}


def test_a_report_is_taken_once_per_key_also_over_a_kill(town) -> None:
    income, key = town["income"], {"Idempotency-Key": "k-1"}
    status, receipt = ask(income, "/aendringer", change(), **key)
    income.kill()
    income.start()
    assert (status, ask(income, "/aendringer", change(), **key)) == (202, (202, receipt))
    assert ask(income, "/aendringer", change(1), **key)[0] == 422  # another content under the same key
    assert len(feed(income)) == len(income.call("GET", "/reports")) == 1
    shown = ask(income, "/forskudsopgoerelse", {"personnummer": BENTE, "indkomstaar": 2026})[1]
    assert shown["loenindkomst"] == 200_000


@pytest.mark.parametrize(
    "wrong", [change(-1), change(10**9), change(field="hobby"), {**change(), "aendringer": []}, {"personnummer": BENTE}]
)
def test_a_report_that_cannot_be_right_is_refused(town, wrong) -> None:
    assert ask(town["income"], "/aendringer", wrong, **{"Idempotency-Key": "k-2"})[0] in (400, 422)
    assert ask(town["income"], "/aendringer", change())[0] == 422  # no key
    assert ask(town["income"], "/aendringer", change(cpr="0101991234"), **{"Idempotency-Key": "k-3"})[0] == 404
    assert feed(town["income"]) == []


def test_the_same_person_earns_the_same_every_time(town) -> None:
    asked = {"personnummer": BENTE, "fra": "2025-09", "til": "2026-02"}
    first = ask(town["income"], "/indkomster", asked)
    town["income"].kill()
    town["income"].start()
    assert ask(town["income"], "/indkomster", asked) == first
