"""Verification finds what was altered, removed, inserted or cut off."""

import os
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from indgang.foundation.journal import seals
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.seals import outside_file
from indgang.foundation.journal.testing import wait_until_settled

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
pytestmark = [pytest.mark.kernel, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _own_outside_file(settings, tmp_path):
    settings.DATA = tmp_path


def happen(times: int = 3) -> list[str]:
    ids = []
    for number in range(times):
        with transaction.atomic():
            line = journal.record("test.x", at=AT, viewer_name="system:t", subject=f"t:{number}", data={"n": number})
        ids.append(line.id)
    wait_until_settled()
    return ids


def as_owner(statement: str, *values: object) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(statement, values)


def kinds() -> list[str]:
    return [finding.kind for finding in journal.verify().findings]


def test_an_untouched_journal_is_intact():
    happen(3)
    assert journal.seal(AT) == 3
    happen(2)
    assert journal.seal(AT) == 2
    report = journal.verify()
    assert (report.intact, report.seals, report.events, report.unsealed) == (True, 2, 5, 0)


def test_sealing_twice_seals_once():
    happen(3)
    assert [journal.seal(AT), journal.seal(AT)] == [3, 0]


def test_a_long_journal_is_sealed_in_batches_of_whole_transactions(monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 2)
    with transaction.atomic():
        for number in range(5):
            journal.record("test.x", at=AT, viewer_name="system:t", subject=f"t:{number}")
    happen(3)
    assert journal.seal(AT) >= 5
    while journal.seal(AT):
        pass
    assert journal.verify().intact
    assert journal.verify().events == 8


def test_an_altered_event_is_named():
    ids = happen()
    journal.seal(AT)
    as_owner("UPDATE journal_event SET actor = 'somebody' WHERE id = %s", ids[1])
    (finding,) = journal.verify().findings
    assert (finding.kind, UUID(finding.event)) == ("altered", UUID(ids[1]))


def test_an_altered_fact_of_an_event_is_named():
    ids = happen()
    journal.seal(AT)
    as_owner("""UPDATE journal_event SET data = '{"n": 9}' WHERE id = %s""", ids[1])
    (finding,) = journal.verify().findings
    assert (finding.kind, UUID(finding.event)) == ("altered", UUID(ids[1]))


def test_a_removed_event_is_named():
    ids = happen()
    journal.seal(AT)
    as_owner("DELETE FROM journal_event WHERE id = %s", ids[0])
    (finding,) = journal.verify().findings
    assert (finding.kind, UUID(finding.event)) == ("removed", UUID(ids[0]))


def test_an_inserted_event_is_found():
    happen()
    journal.seal(AT)
    as_owner(
        "INSERT INTO journal_event SELECT gen_random_uuid(), at, actor, verb, subject, citizen, contact, "
        '"case", purpose, data, position FROM journal_event LIMIT 1'
    )
    assert kinds() == ["inserted"]


def test_a_removed_seal_breaks_the_chain():
    for _ in range(3):
        happen(1)
        journal.seal(AT)
    as_owner("DELETE FROM journal_seal WHERE number = 2")
    assert "broken_chain" in kinds()


def test_a_cut_off_end_is_seen_from_outside_the_database():
    for _ in range(2):
        happen(1)
        journal.seal(AT)
    as_owner("DELETE FROM journal_event WHERE position > (SELECT first_position FROM journal_seal WHERE number = 2)")
    as_owner("DELETE FROM journal_seal WHERE number = 2")
    assert kinds() == ["cut_off"]


def test_positions_keep_growing_after_a_new_epoch():
    (before,) = happen(1)
    journal.seal(AT)
    as_owner("SELECT journal_new_epoch()")
    happen(1)
    assert len(journal.read_after("r")) == 2
    assert journal.seal(AT) == 1
    assert journal.verify().intact
    assert journal.read_after("r")[0].id == before


def test_a_line_that_a_crash_cut_off_outside_the_database_accuses_nobody():
    happen(1)
    journal.seal(AT)
    with outside_file().open("a") as f:
        f.write("2 0f3a")
    assert journal.verify().intact
    happen(1)
    journal.seal(AT)
    assert journal.verify().intact
    as_owner("DELETE FROM journal_seal WHERE number = 2")
    assert "cut_off" in kinds()
