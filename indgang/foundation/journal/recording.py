"""Writing an event and calling its receivers, in the running transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from psycopg.types.json import Jsonb

from indgang.foundation.journal.records import check_data
from indgang.foundation.journal.selectors import line_of
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime.services import uuid7

Receiver = Callable[[JournalLine], None]


@dataclass(frozen=True)
class _Registered:
    name: str
    verbs: frozenset[str]
    receiver: Receiver


_receivers: dict[str, _Registered] = {}

_INSERT = """
INSERT INTO journal_event (id, at, actor, verb, subject, citizen, contact, "case", purpose, data)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING position
"""


def subject_of(subject: Model | str) -> str:
    """A row as the journal names it, e.g. "contacts.contact:<uuid>"."""
    return subject if isinstance(subject, str) else f"{subject._meta.label_lower}:{subject.pk}"


def record(
    verb: str,
    *,
    at: datetime,
    viewer_name: str,
    subject: Model | str,
    citizen: UUID | None = None,
    contact: UUID | None = None,
    case: UUID | None = None,
    purpose: str | None = None,
    data: dict[str, object] | None = None,
) -> JournalLine:
    """Write one event in the running transaction and call its receivers there.

    Raises RuntimeError outside a transaction and ValueError when data could hold personal data.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb}: an event is recorded in the transaction of its change")
    facts = data or {}
    check_data(facts)
    key = uuid7(at)
    name = subject_of(subject)
    row: list[Any] = [key, at, viewer_name, verb, name, citizen, contact, case, purpose, Jsonb(facts)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
        position = cursor.fetchone()[0]
    line = line_of((key, at, viewer_name, verb, name, citizen, contact, case, purpose, facts, position))
    for registered in _receivers.values():
        if verb in registered.verbs:
            registered.receiver(line)
    return line


def receivers() -> dict[str, frozenset[str]]:
    """The registered receivers and the verbs they act on."""
    return {name: registered.verbs for name, registered in _receivers.items()}


def receive(name: str, verbs: Iterable[str], receiver: Receiver) -> None:
    """Call `receiver` in the transaction of each such event; it writes its own tables only and uses no network."""
    _receivers[name] = _Registered(name, frozenset(verbs), receiver)
