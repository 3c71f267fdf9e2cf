"""The work interface, as an agent's own program sees it."""

import json

import pytest
from django.test import Client

from indgang.core.organisation.testing import make_employee, make_group
from indgang.core.routing.testing import agent_row, item_row, make_item
from indgang.foundation.access.services import make_key
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_employee(groups={"moving": (3, 1)})


@pytest.fixture
def call(agent):
    key = make_key("personal", "agnes", agent.account, clock.now())

    def say(method: str, path: str, body=None, **headers):
        data = {"content_type": "application/json"}
        if body is not None:
            data["data"] = json.dumps(body)
        send = getattr(Client(), method)
        return send(f"/api/v1/work/{path}", **data, headers={"Authorization": f"Bearer {key}", **headers})

    return say


def test_next_gives_the_item_and_then_nothing(call, agent):
    item = make_item(at=clock.now(), reference="K7M242PX", title="Meld flytning", task="T-076")
    answer = call("post", "next")
    assert answer.status_code == 200, answer.content
    assert {k: answer.json()[k] for k in ("id", "reference", "subject", "task_id", "state", "agent")} == {
        "id": str(item.id),
        "reference": "K7M242PX",
        "subject": "Meld flytning",
        "task_id": "T-076",
        "state": "active",
        "agent": "Agnes Agent",
    }
    assert call("post", "next").status_code == 204


def test_the_same_next_sent_twice_takes_one_item(call):
    for _ in range(2):
        make_item(at=clock.now())
    answers = [call("post", "next", **{"Idempotency-Key": "one"}).json()["id"] for _ in range(2)]
    assert answers[0] == answers[1]


def test_work_is_accepted_declined_handed_on_and_finished(call, agent):
    from indgang.core.routing import services

    make_group("tax")
    assert call("put", "state", {"state": "available"}).json()["state"] == "available"
    first, second = make_item(at=clock.now(), due_minutes=1), make_item(at=clock.now())
    services.dispatch_once(clock.now())
    assert call("post", f"{first.id}/accept").json()["state"] == "active"
    assert call("post", f"{first.id}/transfer", {"to": {"group": "tax"}, "note": "Skat"}).status_code == 204
    services.dispatch_once(clock.now())
    assert call("post", f"{second.id}/decline", {"reason": "busy"}).status_code == 204
    assert call("post", f"{second.id}/accept").status_code == 409
    assert item_row(first.id).group == "tax"
    third = make_item(at=clock.now())
    call("post", "next")
    assert call("post", f"{third.id}/finish").status_code == 204
    assert item_row(third.id).state == "done"
    assert agent_row(agent.pk).mode == "available"


def test_a_wrong_state_or_receiver_is_explained(call):
    answer = call("put", "state", {"state": "asleep"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "state")
    item = make_item(at=clock.now())
    call("post", "next")
    answer = call("post", f"{item.id}/transfer", {"to": {}, "note": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "to")


def test_the_queue_comes_in_pages(call):
    ids = [str(make_item(at=clock.now(), due_minutes=n).id) for n in range(3)]
    first = call("get", "queue?limit=2").json()
    rest = call("get", f"queue?limit=2&cursor={first['cursor']}").json()
    assert [row["id"] for row in first["items"] + rest["items"]] == ids
    assert rest["cursor"] is None
    assert call("get", "queue?cursor=bm9uc2Vuc2U").status_code == 422


def test_without_a_key_nothing_is_shown():
    assert Client().get("/api/v1/work/queue").status_code == 401
    assert Client().post("/api/v1/work/next").status_code == 401
