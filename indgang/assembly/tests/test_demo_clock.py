"""The demo's clock can be moved, in a demo only."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_time_again():
    clock.forget()
    yield
    clock.forget()


def test_the_clock_is_moved_and_set_back():
    before = clock.now()
    Client().post("/demo/ur", {"to": "+8h"})
    assert clock.now() - before > timedelta(hours=7)
    Client().post("/demo/ur", {"to": "real"})
    assert clock.now() - before < timedelta(minutes=1)


@pytest.mark.parametrize(
    "wrong", ["", "i morgen", "2026-13-01T09:00", "+99999999999d", "-9000000d", "0001-01-01T00:00", "x" * 5000]
)
def test_what_is_no_time_is_refused_with_a_sentence(wrong):
    answer = Client().post("/demo/ur", {"to": wrong}, follow=True)
    assert "ikke et tidspunkt" in answer.content.decode()


def test_without_a_demo_there_is_no_such_page(settings):
    settings.INDGANG_DEMO = False
    assert Client().post("/demo/ur", {"to": "+8h"}).status_code == 404
