"""What one can do with the journal: record, receive, send, seal; read it in order."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from indgang.foundation.journal.models import ReaderPosition
from indgang.foundation.journal.outbox import (
    deliver_due,
    deliver_parcel,
    recall_parcel,
    register_transport,
    retry_parcel,
    send,
    transports,
    withdraw_parcel,
)
from indgang.foundation.journal.recording import receive, receivers, record, subject_of
from indgang.foundation.journal.seals import Finding, SealReport, seal, verify
from indgang.foundation.journal.selectors import line_of
from indgang.foundation.journal.values import JournalLine

__all__ = [
    "Finding",
    "SealReport",
    "advance",
    "deliver_due",
    "deliver_parcel",
    "make_partitions",
    "read_after",
    "recall_parcel",
    "receive",
    "receivers",
    "record",
    "register_transport",
    "retry_parcel",
    "seal",
    "send",
    "subject_of",
    "transports",
    "verify",
    "withdraw_parcel",
]

_READ = """
SELECT id, at, actor, verb, subject, citizen, contact, "case", purpose, data, position FROM journal_event
WHERE (position, id) > (%s, %s) AND position < journal_horizon() ORDER BY position, id LIMIT %s
"""
_FIRST = UUID(int=0)


def read_after(reader: str, limit: int = 1000) -> list[JournalLine]:
    """The next events for a reader by cursor, oldest first.

    Only events below the oldest running transaction are given out, so one that commits late is never skipped.
    """
    position = ReaderPosition.objects.filter(reader=reader).first()
    where = (position.position, position.event or _FIRST) if position else (0, _FIRST)
    with connection.cursor() as cursor:
        cursor.execute(_READ, [*where, limit])
        return [line_of(row) for row in cursor.fetchall()]


@transaction.atomic
def advance(reader: str, line: JournalLine) -> None:
    """The reader has dealt with everything up to this line; call it in the transaction of that work."""
    ReaderPosition.objects.update_or_create(reader=reader, defaults={"position": line.position, "event": UUID(line.id)})


def make_partitions(at: datetime) -> int:
    """Partitions for this month and three ahead; how many were made."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT journal_make_partitions(%s::date, 4)", [at.date()])
        return int(cursor.fetchone()[0])
