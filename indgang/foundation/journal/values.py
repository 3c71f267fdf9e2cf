"""What the journal hands out."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices


class OutboxState(TextChoices):
    """Where a parcel of the outbox is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    ATTENTION = "attention"  # gave up; a person must act
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Parcel:
    """What a transport delivers; `key` is the same at every attempt, so the far side can recognise a repeat."""

    id: int
    transport: str
    key: str
    payload: dict[str, object]
    attempt: int


@dataclass(frozen=True)
class JournalLine:
    """One event as readers get it."""

    id: str
    at: datetime
    actor: str
    verb: str
    subject: str
    citizen: str | None
    contact: str | None
    case: str | None
    purpose: str | None
    data: dict[str, object]
    position: int
