"""What programs meet: clear errors for every bad request, pages of lists, a documentation that obeys the policy."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("indgang.foundation.web.tests.routes")]


def send(client, body, **headers):
    return client.post("/api/v1/wishes", body, content_type=headers.pop("content_type", "application/json"), **headers)


def test_a_missing_field_is_named_in_danish_and_english(client):
    assert send(client, "{}").json()["errors"] == [{"field": "text", "message": "Feltet mangler."}]
    english = send(client, "{}", HTTP_ACCEPT_LANGUAGE="en").json()
    assert english["errors"] == [{"field": "text", "message": "The field is missing."}]


def test_a_wrong_choice_says_what_can_be_chosen(client):
    errors = send(client, '{"text": "a", "level": 4}').json()["errors"]
    assert errors == [{"field": "level", "message": "Vælg en af: 1, 2, 3."}]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ('{"text": NaN}', 400),
        ("[" * 100_000, 400),
        (b"\xff\xfe", 400),
        ('{"text": 1e999}', 422),
        ('{"text": "a\\u0000b"}', 422),
        ('{"text": "\\ud800"}', 422),
        ('{"\\u0000": "a", "text": "b"}', 422),
        ("null", 422),
        ("[]", 422),
        ('"text"', 422),
    ],
)
def test_what_cannot_be_used_is_refused_and_never_a_fault(client, body, status):
    response = send(client, body)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_another_content_type_is_refused(client):
    assert send(client, "text=a", content_type="application/x-www-form-urlencoded").status_code == 415


def test_nul_in_a_query_names_the_field(client):
    response = client.get("/api/v1/wishes?q=a%00b")
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "q"


def test_limits_and_cursors_of_lists_are_checked(client):
    assert client.get("/api/v1/wishes?limit=201").json()["errors"][0]["field"] == "limit"
    assert client.get("/api/v1/wishes?cursor=%C3%A6").status_code == 422
    cursor = client.get("/api/v1/wishes?limit=7").json()["cursor"]
    assert client.get("/api/v1/wishes", {"cursor": cursor}).status_code == 200


def test_without_a_key_the_answer_says_how_to_send_one(client):
    response = client.get("/api/v1/closed")
    assert (response.status_code, response.json()["status"]) == (401, 401)
    assert "Bearer" in response["WWW-Authenticate"]


def test_the_documentation_needs_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs").content.decode()
    assert "/api/v1/wishes" in page
    assert "//cdn" not in page and "https://" not in page
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


def test_the_description_names_every_refusal_and_the_key_against_doing_it_twice(client):
    schema = client.get("/api/v1/openapi.json").json()
    made = schema["paths"]["/api/v1/wishes"]["post"]
    assert {"201", "400", "409", "415", "422", "429", "503"} <= set(made["responses"])
    assert "application/problem+json" in made["responses"]["409"]["content"]
    assert [one["name"] for one in made["parameters"]] == ["Idempotency-Key"]
    assert "409" not in schema["paths"]["/api/v1/wishes"]["get"]["responses"]
    assert schema["components"]["schemas"]["Problem"]["required"] == ["type", "title", "status", "detail", "code"]
