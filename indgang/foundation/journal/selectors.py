"""What one can ask the journal."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from indgang.foundation.journal.models import Event, OutboxParcel, Seal
from indgang.foundation.journal.values import JournalLine, OutboxState

_COLUMNS = 'id, at, actor, verb, subject, citizen, contact, "case", purpose, data, position'


@dataclass(frozen=True)
class ParcelRow:
    """A parcel as the list of what needs attention shows it; never its content."""

    id: int
    transport: str
    subject: str
    state: str
    attempts: int
    due_at: datetime
    created_at: datetime
    error: str


def line_of(row: Sequence[Any]) -> JournalLine:
    """A database row as the line readers get."""
    key, at, actor, verb, subject, citizen, contact, case, purpose, data, position = row
    return JournalLine(
        id=str(key),
        at=at.astimezone(UTC),
        actor=actor,
        verb=verb,
        subject=subject,
        citizen=str(citizen) if citizen else None,
        contact=str(contact) if contact else None,
        case=str(case) if case else None,
        purpose=purpose,
        data=json.loads(data) if isinstance(data, str) else data,  # Django's cursors give jsonb as text
        position=position,
    )


def events_of_contact(contact_id: UUID, limit: int = 500) -> list[JournalLine]:
    """All that happened to a contact, oldest first."""
    return _lines("contact = %s", contact_id, limit)


def events_of_citizen(citizen_id: UUID, limit: int = 500) -> list[JournalLine]:
    """All that happened about a citizen, oldest first."""
    return _lines("citizen = %s", citizen_id, limit)


def events_of_subject(subject: str, limit: int = 500) -> list[JournalLine]:
    """All that happened to one row, e.g. "routing.workitem:<uuid>", oldest first."""
    return _lines("subject = %s", subject, limit)


def outbox(state: OutboxState | None = None, limit: int = 200) -> list[ParcelRow]:
    """Parcels of the outbox, oldest first."""
    rows = OutboxParcel.objects.order_by("created_at")
    if state is not None:
        rows = rows.filter(state=state)
    return [
        ParcelRow(p.pk, p.transport, p.subject, p.state, p.attempts, p.due_at, p.created_at, p.error)
        for p in rows[:limit]
    ]


def attention_count() -> int:
    """How many parcels a person must look at."""
    return OutboxParcel.objects.filter(state=OutboxState.ATTENTION).count()


def last_seal() -> tuple[int, datetime, int] | None:
    """The number and time of the newest seal, and how many events have happened since; None before the first."""
    newest = Seal.objects.order_by("-number").first()
    if newest is None:
        return None
    return newest.number, newest.at, Event.objects.filter(position__gt=newest.last_position).count()


def health() -> str:
    """Empty, or what is wrong with the outbox."""
    waiting = attention_count()
    return f"{waiting} parcels of the outbox need attention" if waiting else ""


def _lines(where: str, value: UUID | str, limit: int) -> list[JournalLine]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM journal_event WHERE {where} ORDER BY position, id LIMIT %s",  # noqa: S608
            [value, limit],
        )
        return [line_of(row) for row in cursor.fetchall()]
