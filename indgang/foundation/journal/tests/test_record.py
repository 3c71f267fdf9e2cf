"""An event stands with its change, once, and holds no personal data."""

import threading
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction

from indgang.foundation.journal import recording, selectors
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.testing import wait_until_settled
from indgang.foundation.journal.values import JournalLine


@pytest.fixture(autouse=True)
def _own_receivers(monkeypatch):
    monkeypatch.setattr(recording, "_receivers", dict(recording._receivers))


AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def record(verb: str = "test.happened", **facts: object) -> JournalLine:
    with transaction.atomic():
        return journal.record(verb, at=AT, viewer_name="system:test", subject="test:1", **facts)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        journal.record("test.happened", at=AT, viewer_name="system:test", subject="test:1")


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["010190-1234", "anna@borger.example", "x" * 81, {"name": "Anna"}])
def test_personal_data_is_refused_as_event_data(value):
    with pytest.raises(ValueError, match="holds something else"):
        record(data={"field": value})


@pytest.mark.django_db
def test_ids_codes_and_amounts_are_kept():
    facts = {"task": "T-076", "level": 2, "tasks": ["T-076", "T-081"], "contact": str(uuid4())}
    line = record(data=facts)
    assert line.data == facts
    assert selectors.events_of_subject("test:1") == [line]


@pytest.mark.django_db
def test_a_receiver_acts_in_the_transaction_of_the_event():
    seen: list[str] = []
    journal.receive("test", ["test.received"], lambda line: seen.append(line.subject))
    record("test.received")
    record("test.other")
    assert seen == ["test:1"]


@pytest.mark.django_db(transaction=True)
def test_a_failing_receiver_undoes_the_change():
    def fail(line: JournalLine) -> None:
        raise LookupError

    journal.receive("failing", ["test.fails"], fail)
    with pytest.raises(LookupError):
        record("test.fails")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_event WHERE verb = 'test.fails'")
        assert cursor.fetchone() == (0,)


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_a_reader_never_skips_an_event_that_commits_late():
    holding, release = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            journal.record("test.late", at=AT, viewer_name="system:test", subject="test:late")
            holding.set()
            release.wait(10)
        connections.close_all()

    thread = threading.Thread(target=late)
    thread.start()
    holding.wait(10)
    record("test.early")
    assert [line.verb for line in journal.read_after("reader")] == []
    release.set()
    thread.join()
    wait_until_settled()
    read = journal.read_after("reader")
    assert [line.verb for line in read] == ["test.late", "test.early"]
    journal.advance("reader", read[-1])
    assert journal.read_after("reader") == []


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET verb = 'x'",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event",
        "UPDATE journal_seal SET digest = 'x'",
        "DELETE FROM journal_seal",
        "UPDATE journal_epoch SET base = 0",
        "DELETE FROM journal_event_default",
        "SELECT * FROM journal_event_default",
        "INSERT INTO journal_event (id, at, actor, verb, subject, position) "
        "VALUES (gen_random_uuid(), now(), 'a', 'b', 'c', 1)",
        "SELECT journal_new_epoch()",
        "DROP TABLE journal_event",
        "ALTER TABLE journal_event DISABLE TRIGGER ALL",
    ],
)
def test_the_app_role_cannot_change_the_journal(statement):
    record()
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.cursor() as cursor:
        cursor.cursor.execute(statement)
