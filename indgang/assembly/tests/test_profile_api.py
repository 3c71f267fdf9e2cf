"""The interface other programs see, on the demo municipality."""

from datetime import UTC, datetime

import pytest

from indgang.assembly import profiles

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.req("kc.triage")
@pytest.mark.django_db
def test_the_whole_catalogue_is_open_to_other_programs(client):
    profiles.load("copenhagen", at=AT)
    found = client.post("/api/v1/triage", {"text": "jeg flytter til Valby på lørdag"}, content_type="application/json")
    assert found.status_code == 200 and found.json()["suggestions"][0]["task_id"] == "T-076"
    page = client.get("/api/v1/catalogue/tasks", {"at": "2026-03-02"}).json()
    assert page["cursor"] is None and "T-076" in {task["task_id"] for task in page["items"]}
    assert client.get("/api/v1/catalogue/tasks/T-119").json()["historic"] is True
    refused = client.post("/api/v1/triage", {"text": "x" * 100_001}, content_type="application/json")
    assert refused.status_code == 422 and refused["Content-Type"].startswith("application/problem+json")
    assert refused.json()["errors"][0]["field"] == "text"
