import pytest
from django.test import override_settings
from django.urls import path

from indgang.core.catalogue.api import router
from indgang.core.catalogue.testing import make_setting, make_task
from indgang.core.organisation.testing import make_employee
from indgang.foundation.access.services import make_key
from indgang.foundation.runtime import clock
from indgang.foundation.web.api import make_api

pytestmark = pytest.mark.django_db


api = make_api(auth=None)
api.urls_namespace = "catalogue-tests"
api.add_router("", router)
urlpatterns = [path("api/v1/", api.urls)]


@pytest.fixture(autouse=True)
def town():
    make_task(
        "T-076", title="Meld flytning", title_en="Report a move", words_en=["moving"], life_situations=["housing"]
    )
    make_task("T-029", title="Plads i dagtilbud", group="daycare", administration="FAF", words=["vuggestue"])
    with override_settings(ROOT_URLCONF=__name__):
        yield


def ask(client, **body):
    return client.post("/api/v1/triage", body, content_type="application/json")


@pytest.mark.req("kc.triage")
def test_a_program_gets_the_task_with_a_score_and_the_reason(client):
    found = ask(client, text="jeg skal flytte").json()
    assert found["decision"] == "suggest"
    best = found["suggestions"][0]
    assert best["task_id"] == "T-076" and 0 < best["score"] <= 1
    assert best["title"] == "Meld flytning" and "flytte" in best["why"]


def test_the_english_answer_is_in_english(client):
    best = ask(client, text="I am moving", language="en").json()["suggestions"][0]
    assert best["title"] == "Report a move"


def test_a_text_over_the_limit_is_refused_with_its_field(client):
    answer = ask(client, text="a" * 100_001)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "text"


@pytest.mark.parametrize("body", [{}, {"text": 5}, {"text": "x", "language": "fr"}])
def test_a_wrong_question_is_refused(client, body):
    assert ask(client, **body).status_code == 422


def test_who_asks_too_often_must_wait(client):
    make_setting("limits.triage_per_minute", 2)
    statuses = [ask(client, text="flytte").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_the_tasks_are_listed_and_filtered(client):
    def listed(**query):
        return [one["task_id"] for one in client.get("/api/v1/catalogue/tasks", query).json()["items"]]

    assert listed() == ["T-029", "T-076"]
    assert listed(life_situation="housing") == ["T-076"]
    assert listed(administration="FAF") == ["T-029"]
    assert listed(q="flytte") == ["T-076"]
    assert listed(at="1999-01-01") == []


def test_a_list_is_read_page_by_page(client):
    first = client.get("/api/v1/catalogue/tasks", {"limit": 1}).json()
    second = client.get("/api/v1/catalogue/tasks", {"limit": 1, "cursor": first["cursor"]}).json()
    assert [first["items"][0]["task_id"], second["items"][0]["task_id"]] == ["T-029", "T-076"]
    assert second["cursor"] is None


@pytest.mark.parametrize(
    "query", [{"at": "i går"}, {"at": "2026-02-30"}, {"cursor": "-1"}, {"limit": 0}, {"limit": 201}]
)
def test_a_wrong_filter_is_refused(client, query):
    assert client.get("/api/v1/catalogue/tasks", query).status_code == 422


def test_a_stranger_sees_the_public_part_of_a_task(client):
    shown = client.get("/api/v1/catalogue/tasks/T-076").json()
    assert shown["task_id"] == "T-076"
    assert "staff" not in shown


def test_a_task_that_does_not_exist_is_not_found(client):
    assert client.get("/api/v1/catalogue/tasks/T-999").status_code == 404


def test_an_employee_sees_group_and_list_of_a_task(client):
    key = make_key("personal", "prøve", make_employee("Agnes Agent").account, clock.now())
    shown = client.get("/api/v1/catalogue/tasks/T-076", headers={"Authorization": f"Bearer {key}"}).json()
    assert shown["staff"]["group"] == "moving" and shown["staff"]["placed"] == "rule"
