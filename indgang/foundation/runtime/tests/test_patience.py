"""A database that hangs is given up like one that is gone."""

import time

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from indgang.foundation.runtime import patience
from indgang.foundation.runtime.patience import DatabaseSilent, PatientConnection


class Hasty(PatientConnection):
    patience = 0.3


@pytest.fixture
def hasty(db):
    options = connection.get_connection_params()
    wanted = {name: options[name] for name in ("dbname", "user", "password", "host", "port")}
    with Hasty.connect(**wanted, autocommit=True) as opened:
        yield opened


def test_a_statement_that_takes_too_long_counts_as_a_database_that_is_gone(hasty: Hasty):
    begun = time.monotonic()
    with pytest.raises(DatabaseSilent) as silent:
        hasty.execute("SELECT pg_sleep(20)")
    assert isinstance(silent.value, psycopg.OperationalError) and time.monotonic() - begun < 10
    assert hasty.closed


def test_a_statement_in_time_is_answered(hasty: Hasty):
    assert hasty.execute("SELECT 41 + 1").fetchone() == (42,)


def test_a_connection_that_answered_just_now_is_not_asked_whether_it_lives(hasty: Hasty, monkeypatch):
    hasty.execute("SELECT 1")
    sent: list[object] = []
    monkeypatch.setattr(hasty, "wait", lambda *asked: sent.append(asked))
    ConnectionPool.check_connection(hasty)
    assert not sent


def test_a_connection_that_has_rested_is_asked(hasty: Hasty, monkeypatch):
    hasty.execute("SELECT 1")
    monkeypatch.setattr(patience, "_LIVES_SECONDS", 0.0)
    ConnectionPool.check_connection(hasty)
    hasty.pgconn.finish()
    with pytest.raises(psycopg.OperationalError):
        ConnectionPool.check_connection(hasty)
