"""The clock: one offset, for demo and tests."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.foundation.runtime import clock
from indgang.foundation.runtime.settings_env import BadSetting, clock_offset


@pytest.fixture(autouse=True)
def _forgetful():
    clock.forget()
    yield
    clock.forget()


@pytest.mark.django_db
def test_a_moved_clock_is_read_by_everybody(settings):
    settings.INDGANG_DEMO = True
    clock.move(timedelta(days=10))
    clock.forget()
    assert abs(clock.now() - datetime.now(UTC) - timedelta(days=10)) < timedelta(minutes=1)


@pytest.mark.django_db
def test_outside_a_demo_the_clock_is_the_machines(settings):
    settings.INDGANG_DEMO = True
    clock.move(timedelta(days=10))
    settings.INDGANG_DEMO = False
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_local_time_follows_summer_time():
    assert clock.local(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)).hour == 1
    assert clock.local(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)).hour == 3


def test_the_clock_of_the_environment_is_local_time(monkeypatch):
    wanted = clock.local(datetime.now(UTC) + timedelta(days=2)).replace(tzinfo=None)
    monkeypatch.setenv("INDGANG_CLOCK", wanted.isoformat())
    assert abs(clock_offset(True) - timedelta(days=2)) < timedelta(minutes=1)


@pytest.mark.parametrize(("value", "demo"), [("i morgen", True), ("2026-03-02T09:00", False)])
def test_a_wrong_clock_stops_the_start_and_names_the_variable(monkeypatch, value, demo):
    monkeypatch.setenv("INDGANG_CLOCK", value)
    with pytest.raises(BadSetting, match="INDGANG_CLOCK"):
        clock_offset(demo)
