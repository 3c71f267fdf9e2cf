"""What other programs rely on: names of fields, problems in two languages, one answer per Idempotency-Key."""

import json
import urllib.request
from email.message import Message
from typing import Any
from urllib.error import HTTPError
from uuid import uuid4

import pytest

from tests.journeys.system import System

Answer = tuple[int, dict[str, Any], Message]
CONTACT = {"channel": "mail", "text": "Jeg vil gerne vide, hvor jeg kan parkere.", "tasks": ["T-003"]}


def call(town: System, method: str, path: str, body: Any = None, *, key: str | None = "", **headers: str) -> Answer:
    """Status, body and headers; the system's key unless another, or None, is given."""
    request = urllib.request.Request(f"{town.url}/api/v1{path}", method=method)
    if key is not None:
        request.add_header("Authorization", f"Bearer {key or town.demo['api_key']}")
    for name, value in {"Content_Type": "application/json", **headers}.items():
        request.add_header(name.replace("_", "-"), value)
    data = json.dumps(body).encode() if body is not None else None
    try:
        answer = urllib.request.urlopen(request, data)
    except HTTPError as refused:
        answer = refused
    with answer:
        text = answer.read()
        return answer.status, json.loads(text) if text else {}, answer.headers


def test_triage_answers_in_the_agreed_names(town: System):
    status, answer, _ = call(town, "POST", "/triage", {"text": "jeg flytter til Valby på lørdag"}, key=None)
    assert status == 200
    assert {"decision", "suggestions", "questions"} <= set(answer)
    assert answer["decision"] in {"suggest", "ask", "none"}
    assert {"task_id", "title", "score", "why"} <= set(answer["suggestions"][0])
    assert answer["suggestions"][0]["task_id"] == "T-076"
    scores = [one["score"] for one in answer["suggestions"]]
    assert len(scores) <= 5 and scores == sorted(scores, reverse=True) and 0 <= scores[-1] <= scores[0] <= 1


def test_the_catalogue_is_paged_and_shows_staff_more(town: System):
    status, first, _ = call(town, "GET", "/catalogue/tasks?limit=2", key=None)
    assert (status, len(first["items"])) == (200, 2)
    _, second, _ = call(town, "GET", f"/catalogue/tasks?limit=2&cursor={first['cursor']}", key=None)
    assert first["items"][-1]["task_id"] < second["items"][0]["task_id"]
    assert "staff" not in call(town, "GET", "/catalogue/tasks/T-076", key=None)[1]
    assert "staff" in call(town, "GET", "/catalogue/tasks/T-076", key=town.login("agnes.agent")["api_key"])[1]
    assert call(town, "GET", "/catalogue/tasks?limit=201", key=None)[0] == 422


def test_a_contact_is_made_read_answered_and_closed_under_one_reference(town: System):
    status, made, _ = call(town, "POST", "/contacts", CONTACT)
    assert status == 201
    assert {"reference", "state", "tasks", "expected_answer_by"} <= set(made)
    reference = made["reference"]
    waiting = [row for row in call(town, "GET", "/work/queue?limit=200")[1]["items"] if row["reference"] == reference]
    wanted = {"id", "reference", "medium", "subject", "task_id", "state", "due_at", "waiting_seconds", "agent"}
    assert len(waiting) == 1 and wanted <= set(waiting[0])
    said = {"direction": "note", "medium": "phone", "body": "Ringet op, tog ikke telefonen."}
    assert call(town, "POST", f"/contacts/{reference}/messages", said)[0] == 201
    assert call(town, "GET", f"/contacts/{reference}")[1]["messages"][-1]["body"] == said["body"]
    ending = {"outcome": "informed", "tasks": [{"task_id": "T-003", "level": 1}], "note": "Vejledt"}
    status, closed, _ = call(town, "POST", f"/contacts/{reference}/close", ending)
    assert (status, closed["state"]) == (200, "closed")
    assert reference not in [row["reference"] for row in call(town, "GET", "/work/queue?limit=200")[1]["items"]]


def test_the_same_key_and_body_gives_one_contact_and_the_same_answer(town: System):
    key = uuid4().hex
    first = call(town, "POST", "/contacts", CONTACT, Idempotency_Key=key)
    again = call(town, "POST", "/contacts", CONTACT, Idempotency_Key=key)
    assert first[:2] == again[:2]
    other = call(town, "POST", "/contacts", {**CONTACT, "text": "Noget andet."}, Idempotency_Key=key)
    assert other[0] == 409
    another = call(town, "POST", "/contacts", CONTACT, Idempotency_Key=uuid4().hex)
    assert another[1]["reference"] != first[1]["reference"]
    for reference in (first[1]["reference"], another[1]["reference"]):
        call(town, "POST", f"/contacts/{reference}/close", {"outcome": "informed"})


def test_a_refused_request_may_be_corrected_under_the_same_key(town: System):
    key = uuid4().hex
    assert call(town, "POST", "/contacts", {**CONTACT, "channel": "røgsignal"}, Idempotency_Key=key)[0] == 422
    status, made, _ = call(town, "POST", "/contacts", CONTACT, Idempotency_Key=key)
    assert status == 201
    call(town, "POST", f"/contacts/{made['reference']}/close", {"outcome": "informed"})


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/contacts", {"channel": "mail", "text": " "}, 422),
        ("POST", "/contacts", {"text": "hej"}, 422),
        ("POST", "/contacts", {**CONTACT, "tasks": ["T-999"]}, 422),
        ("POST", "/contacts", {**CONTACT, "inquirer": {"email": "ingen adresse"}}, 422),
        ("GET", "/contacts/FINDES-IKKE", None, 404),
        ("GET", "/catalogue/tasks/T-999", None, 404),
        ("PUT", "/work/state", {"state": "available"}, 401),  # a system is nobody's
        ("GET", "/work/queue?cursor=x", None, 422),
    ],
)
def test_a_refusal_is_a_problem_in_danish_and_in_english(town: System, method: str, path: str, body: Any, status: int):
    danish = call(town, method, path, body, Accept_Language="da")
    english = call(town, method, path, body, Accept_Language="en")
    for answer, problem, headers in (danish, english):
        assert answer == status, problem
        assert headers["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "code"} <= set(problem)
        assert problem["status"] == status
        if status == 422:
            assert all(set(error) == {"field", "message"} and error["message"] for error in problem["errors"])
    assert danish[1]["detail"] != english[1]["detail"]
    assert danish[1]["code"] == english[1]["code"]


def test_missing_and_forbidden_look_alike(town: System):
    """A cashier without the competence learns no more of a contact that is there than of one that is not."""
    reference = call(town, "POST", "/contacts", {**CONTACT, "tasks": ["T-040"]})[1]["reference"]
    stranger = town.login("ebbe.eftermiddag")["api_key"]
    there = call(town, "GET", f"/contacts/{reference}", key=stranger)
    missing = call(town, "GET", "/contacts/2222-2222", key=stranger)
    assert there[0] == missing[0] == 404
    assert there[1] == missing[1]
    call(town, "POST", f"/contacts/{reference}/close", {"outcome": "informed"})


def test_an_employee_takes_and_hands_on_work_by_the_interface(town: System):
    mine = town.login("sune.svarsikker")["api_key"]
    reference = call(town, "POST", "/contacts", {**CONTACT, "tasks": ["T-110"]})[1]["reference"]
    status, item, _ = call(town, "POST", "/work/next", key=mine)
    while item["reference"] != reference:
        assert call(town, "POST", f"/work/{item['id']}/finish", {"outcome": "informed"}, key=mine)[0] == 204
        status, item, _ = call(town, "POST", "/work/next", key=mine)
    assert (status, item["state"]) == (200, "active")
    to = {"to": {"group": "property"}, "note": "Borgeren har sendt skødet."}
    assert call(town, "POST", f"/work/{item['id']}/transfer", {**to, "note": ""}, key=mine)[0] == 422
    assert call(town, "POST", f"/work/{item['id']}/transfer", to, key=mine)[0] == 204
    assert call(town, "POST", f"/work/{item['id']}/accept", key=mine)[0] in {404, 409}
    assert call(town, "PUT", "/work/state", {"state": "offline"}, key=mine)[1]["state"] == "offline"
    call(town, "POST", f"/contacts/{reference}/close", {"outcome": "informed"})
