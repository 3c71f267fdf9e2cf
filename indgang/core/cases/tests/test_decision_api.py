"""POST /cases/{number}/decisions: what a script with a personal key can decide, and what it is told."""

import json

import pytest

from indgang.core.cases.models import CaseLetter, Decision
from indgang.core.cases.testing import case_row
from indgang.core.cases.tests.decisions_around import heard, ready_case
from indgang.foundation.access.services import make_key
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
GRANT = {
    "result": "granted",
    "summary": "Du får 1.234,50 kr. om måneden.",
    "legal_basis": "Boligstøtteloven § 21",
    "amounts": [{"label": "Boligsikring", "amount": "1234.50", "period": "month"}],
}
REFUSAL = {
    "result": "refused",
    "reasons": "Indkomsten er over grænsen.",
    "legal_basis": "Boligstøtteloven § 21",
    "appeal_body": "Ankestyrelsen",
    "appeal_weeks": 4,
    "appeal_rule": "Boligstøtteloven § 81",
}


@pytest.fixture
def case(office, filippa):
    return ready_case(office, filippa, at=clock.now())


@pytest.fixture
def key(filippa):
    return make_key("personal", filippa.name, filippa.account_id, clock.now())


@pytest.fixture
def post(client, case, key):
    def send(body, *, token=key, **headers):
        return client.post(
            f"/api/v1/cases/{case.number}/decisions", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {token}", **headers},
        )  # fmt: skip

    return send


def test_a_decision_is_made_with_its_letter(post, case):
    answer = post(GRANT)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["state"], made["result"], made["decided_by"]) == ("decided", "granted", "Filippa Falk")
    assert made["amounts"] == [{"label": "Boligsikring", "amount": "1234.50", "period": "month"}]
    assert [letter["state"] for letter in made["letters"]] == ["waiting"]
    assert case_row(case.id).progress == "decided"


def test_the_same_request_twice_is_one_decision_and_one_letter(post, case):
    first = post(GRANT, **{"Idempotency-Key": "k-1"})
    again = post(GRANT, **{"Idempotency-Key": "k-1"})
    assert first.json() == again.json() and CaseLetter.objects.count() == 1


def test_open_gates_are_told_and_the_draft_is_kept(post, case, client, key):
    answer = post(REFUSAL)
    assert answer.status_code == 409 and "Send en partshøring" in answer.json()["detail"]
    assert Decision.objects.get(case=case).reasons == REFUSAL["reasons"]
    read = client.get(f"/api/v1/cases/{case.number}/decisions", headers={"Authorization": f"Bearer {key}"}).json()
    assert read["draft"]["result"] == "refused"
    assert [gate["code"] for gate in read["gates"] if not gate["met"]] == ["hearing"]


def test_a_draft_alone_decides_nothing(post, case, filippa, seen_by):
    made = post(REFUSAL | {"draft": True}).json()
    assert made["state"] == "draft" and case_row(case.id).progress == "opened"
    heard(case, seen_by(filippa), clock.now())
    assert post(REFUSAL | {"version": made["version"]}).status_code == 201


def test_an_old_version_is_told_apart(post, case):
    version = post(REFUSAL | {"draft": True}).json()["version"]
    assert post(GRANT | {"draft": True, "version": version - 1}).status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"result": "måske"}, "result"),
        ({"amounts": [{"label": "", "amount": 1}]}, "amounts"),
        ({"amounts": [{"label": "Ydelse", "amount": "en masse"}]}, "amount"),
        ({"amounts": [{"label": "Ydelse", "amount": "1.234"}]}, "amounts"),
        ({"amounts": [{"label": "Ydelse", "amount": 1, "period": "tit"}]}, "amounts"),
        ({"level": 1}, "level"),
        ({"appeal_by": "2020-01-01"}, "appeal_by"),
        ({"way": "due"}, "way"),
        ({"reasons": "x" * 20_001}, "reasons"),
    ],
)
def test_bad_input_names_the_field(post, case, change, field):
    answer = post(GRANT | change)
    assert answer.status_code == 422 and field in answer.content.decode(), answer.content
    assert case_row(case.id).progress == "opened"


def test_a_program_with_a_key_of_the_municipality_decides_nothing(post, case):
    answer = post(GRANT, token=make_key("system", "robot", None, clock.now()))
    assert answer.status_code == 403 and "medarbejder" in answer.json()["detail"]


def test_who_may_not_see_the_case_finds_nothing(post, case, stranger):
    key = make_key("personal", stranger.name, stranger.account_id, clock.now())
    assert post(GRANT, token=key).status_code == 404


def test_without_a_key_nothing_is_said(post, case):
    assert post(GRANT, token="forkert").status_code == 401
