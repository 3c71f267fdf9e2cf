"""How each register does, known to all processes: after some failures in a row nobody asks it for a while.

Then one process at a time tries again. So a register that hangs costs a page its patience now and then, not each time.
Times are the database's, not the service's: outside systems know nothing of a demo's clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from indgang.foundation.registers.values import Unwell

FAILURES = 3  # in a row, then it is left alone
PAUSE = "10 seconds"
QUIET = "10 minutes"  # a failure nobody has seen repeated for so long is no news
_ALIVE = "30 seconds"  # how exactly it is known when a register last answered

_READ = (Path(__file__).parent / "sql" / "known.sql").read_text(encoding="utf-8")
_TRY = """
UPDATE registers_condition SET paused_until = clock_timestamp() + %s::interval
WHERE source = %s AND paused_until <= clock_timestamp() RETURNING source
"""
_FAILED = """
INSERT INTO registers_condition AS c (source, failures, fault, failing_since, failed_at)
VALUES (%(source)s, 1, %(fault)s, clock_timestamp(), clock_timestamp())
ON CONFLICT (source) DO UPDATE SET failures = c.failures + 1, fault = excluded.fault, failed_at = clock_timestamp(),
    failing_since = CASE WHEN c.failures = 0 THEN clock_timestamp() ELSE c.failing_since END,
    paused_until = CASE WHEN c.failures + 1 >= %(most)s THEN clock_timestamp() + %(pause)s::interval END
"""
_ANSWERED = """
INSERT INTO registers_condition (source, failures, fault, answered_at) VALUES (%s, 0, '', clock_timestamp())
ON CONFLICT (source) DO UPDATE SET failures = 0, fault = '', answered_at = clock_timestamp(), failing_since = NULL,
    paused_until = NULL
"""
_UNWELL = """
SELECT source, fault, failing_since FROM registers_condition
WHERE source = ANY(%s) AND failures > 0 AND failed_at > clock_timestamp() - %s::interval ORDER BY source
"""


@dataclass(frozen=True)
class Known:
    """What is known of a register before it is asked."""

    may_ask: bool = True
    note_answer: bool = True  # that it answers would be news
    said: str = ""  # about the person, a moment ago: the kept facts as JSON


def known(sources: Iterable[str], person: UUID | None = None, since: datetime | None = None) -> dict[str, Known]:
    """Of each register whether it may be asked now; where its pause is over, only the first who asks may try.

    And what it said about a person after `since`, if that is kept.
    """
    facts: dict[str, Any] = {"sources": list(sources), "alive": _ALIVE, "person": person, "since": since}
    with connection.cursor() as cursor:
        cursor.execute(_READ, facts)
        rows: list[tuple[str, int | None, bool | None, bool | None, str | None]] = cursor.fetchall()
    return {
        source: Known(
            may_ask=(failures or 0) < FAILURES or (not paused and _first(source)),
            note_answer=failures is None or failures > 0 or not lately,
            said=said or "",
        )
        for source, failures, paused, lately, said in rows
    }


def failed(source: str, fault: str) -> None:
    """One more question without an answer that can be used."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, {"source": source, "fault": fault[:40], "most": FAILURES, "pause": PAUSE})


def answered(source: str) -> None:
    """It answers, in time and as it should."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED, [source])


def unwell(sources: Iterable[str]) -> list[Unwell]:
    """Those that failed lately and have not answered since."""
    with connection.cursor() as cursor:
        cursor.execute(_UNWELL, [list(sources), QUIET])
        rows: list[tuple[str, str, datetime | None]] = cursor.fetchall()
    return [Unwell(source, fault, since) for source, fault, since in rows if since is not None]


def _first(source: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TRY, [PAUSE, source])
        return cursor.fetchone() is not None
