"""Machines that watch the service get three answers."""

import pytest
from django.test import RequestFactory

from indgang.foundation.runtime import health, metrics, views
from indgang.foundation.runtime.services import register_gauge, register_health_probe

pytestmark = pytest.mark.django_db
request = RequestFactory().get("/readyz")


@pytest.fixture
def _own_probes(monkeypatch):
    monkeypatch.setattr(health, "_probes", {})
    monkeypatch.setattr(metrics, "_gauges", {})


@pytest.mark.usefixtures("_own_probes")
def test_a_migrated_database_is_ready():
    answer = views.ready(request)
    assert answer.status_code == 200
    assert b'"status": "ready"' in answer.content


@pytest.mark.usefixtures("_own_probes")
def test_a_probe_that_complains_degrades_but_does_not_close_the_house():
    register_health_probe("post", lambda: "3 breve venter")
    answer = views.ready(request)
    assert answer.status_code == 200
    assert b"3 breve venter" in answer.content
    assert b'"status": "degraded"' in answer.content


@pytest.mark.usefixtures("_own_probes")
def test_a_name_is_taken_once():
    register_health_probe("post", str)
    with pytest.raises(ValueError, match="twice"):
        register_health_probe("post", str)


def test_what_is_needed_and_missing_means_unavailable():
    assert health.state([health.Check("database", "Databasen svarer ikke.", needed=True)]) == "unavailable"


@pytest.mark.usefixtures("_own_probes")
def test_a_gauge_is_read_when_asked():
    figures = iter([4.0, 5.0])
    register_gauge("indgang_test_waiting", "Waiting items", lambda: next(figures))
    assert b"indgang_test_waiting 4.0" in metrics.exposition()
    assert b"indgang_test_waiting 5.0" in views.metrics(request).content


def test_alive_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert views.alive(request).status_code == 200
