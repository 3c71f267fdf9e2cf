"""The outbox: what must leave the house is a parcel in the transaction of its cause, delivered at least once.

A parcel is leased, handed to its transport outside any transaction, and marked. A process that dies in between leaves a
lease that runs out; the next attempt carries the same key, so the far side can recognise the repeat.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from psycopg.types.json import Jsonb

from indgang.foundation.journal.errors import (
    DeliveryFailed,
    DeliveryRefused,
    ParcelOnItsWay,
    ParcelSettled,
    UnknownParcel,
)
from indgang.foundation.journal.models import OutboxParcel
from indgang.foundation.journal.recording import record, subject_of
from indgang.foundation.journal.values import OutboxState, Parcel
from indgang.foundation.runtime.services import wake

Deliver = Callable[[Parcel], None]
GaveUp = Callable[[Parcel, str], None]

LEASE = timedelta(seconds=90)
# After the n-th failure the parcel waits this long; after the last one a person must act (about two days in all).
BACK_OFF = [timedelta(seconds=s) for s in (5, 15, 60, 300, 900, 3600, 7200, 14400, 28800, 57600, 86400)]
MOST_ATTEMPTS = len(BACK_OFF) + 1
CUT_OFF = "The attempts were cut off; nobody knows whether it arrived."
DELIVER_DUE = "journal.deliver_due"
SLOW_SECONDS = 2.0  # an attempt that takes longer makes its transport wait for the others
SLOW_REMEMBERED = 300.0
QUEUE = "outbox"  # a slow far side must not hold up what comes in

_PUT = """
INSERT INTO journal_outboxparcel (transport, key, payload, subject, state, attempts, due_at, created_at, error)
VALUES (%s, %s, %s, %s, 'waiting', 0, %s, %s, '') ON CONFLICT (transport, key) DO NOTHING RETURNING id
"""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Transport:
    deliver: Deliver
    gave_up: GaveUp | None


_transports: dict[str, _Transport] = {}
_was_slow: dict[str, float] = {}  # transport -> when its far side was last slow, as this process saw it


def register_transport(name: str, deliver: Deliver, *, gave_up: GaveUp | None = None) -> None:
    """Parcels of this name go out through `deliver`; `gave_up` hears, in a transaction, when a person must act."""
    _transports[name] = _Transport(deliver, gave_up)


def transports() -> frozenset[str]:
    """The registered transports."""
    return frozenset(_transports)


def send(
    *,
    transport: str,
    key: str,
    payload: dict[str, object],
    subject: Model | str,
    at: datetime,
    not_before: datetime | None = None,
) -> None:
    """Put a parcel into the outbox with the running transaction; the same (transport, key) twice is one parcel."""
    due = not_before or at
    with connection.cursor() as cursor:
        row: list[Any] = [transport, key, Jsonb(payload), subject_of(subject), due, at]
        cursor.execute(_PUT, row)
        made = cursor.fetchone()
    if made and due <= at:
        wake(DELIVER_DUE, QUEUE)


def deliver_due(at: datetime, limit: int = 50) -> int:
    """Attempt every parcel that is due or whose lease ran out; how many were attempted.

    The transports take turns, and one whose far side is slow gets one attempt a pass, after the others: a printer that
    hangs holds up no mail.
    """
    began = time.monotonic()  # a slow far side takes minutes for all of them: a lease counts from its own attempt
    tried, slow = 0, set()
    for pk, transport in _in_turn(at, limit):
        if transport in slow:
            continue
        started = time.monotonic()
        tried += deliver_parcel(pk, at + timedelta(seconds=int(started - began)))
        if time.monotonic() - started > SLOW_SECONDS:
            slow.add(transport)
            _was_slow[transport] = time.monotonic()
    return tried


def _in_turn(at: datetime, limit: int) -> list[tuple[int, str]]:
    """Due parcels, at most so many of each transport, one of each in turn; the transports slow of late come last."""
    place = Window(RowNumber(), partition_by="transport", order_by=[F("due_at"), F("pk")])
    due = OutboxParcel.objects.filter(_is_due(at)).annotate(place=place).filter(place__lte=limit)
    late = {name for name, when in _was_slow.items() if time.monotonic() - when < SLOW_REMEMBERED}
    found = list(due.values_list("pk", "transport", "place"))
    found.sort(key=lambda one: (one[1] in late, one[2], one[0]))
    return [(pk, transport) for pk, transport, _ in found]


def deliver_parcel(parcel_id: int, at: datetime) -> bool:
    """Attempt one parcel if it is due and nobody else has it; whether it was attempted."""
    leased = OutboxParcel.objects.filter(_is_due(at), pk=parcel_id).update(
        state=OutboxState.SENDING, leased_until=at + LEASE, attempts=F("attempts") + 1
    )
    if not leased:
        return False
    row = OutboxParcel.objects.get(pk=parcel_id)
    parcel = Parcel(row.pk, row.transport, row.key, row.payload, row.attempts)
    transport = _transports.get(row.transport)
    try:
        if transport is None:
            raise DeliveryRefused(f"no transport is called {row.transport}")
        if row.attempts > MOST_ATTEMPTS:
            raise DeliveryRefused(CUT_OFF)
        transport.deliver(parcel)
    except DeliveryFailed as failure:
        _failed(parcel, at, str(failure), final=row.attempts >= MOST_ATTEMPTS)
    except DeliveryRefused as refusal:
        _failed(parcel, at, str(refusal), final=True)
    else:
        _mine(parcel).update(state=OutboxState.SENT, sent_at=at, leased_until=None, error="")
    return True


@transaction.atomic
def retry_parcel(*, parcel_id: int, viewer_name: str, at: datetime) -> None:
    """A person sends a parcel that needed attention once more. Raises ParcelOnItsWay, ParcelSettled, UnknownParcel."""
    _settle(parcel_id, "outbox.retried", viewer_name, at, state=OutboxState.WAITING, due_at=at, attempts=0)
    wake(DELIVER_DUE, QUEUE)


@transaction.atomic
def withdraw_parcel(*, parcel_id: int, viewer_name: str, at: datetime) -> None:
    """A person decides that a parcel shall not be sent. Raises ParcelOnItsWay, ParcelSettled, UnknownParcel."""
    _settle(parcel_id, "outbox.withdrawn", viewer_name, at, state=OutboxState.WITHDRAWN, leased_until=None)


@transaction.atomic
def recall_parcel(*, transport: str, key: str, viewer_name: str, at: datetime) -> bool:
    """Take back a parcel nobody has tried to deliver yet; False when a worker was first, and it goes its way."""
    rows = OutboxParcel.objects.filter(transport=transport, key=key, state=OutboxState.WAITING, attempts=0)
    if not rows.update(state=OutboxState.WITHDRAWN, payload={}):
        return False
    row = OutboxParcel.objects.get(transport=transport, key=key)
    record("outbox.withdrawn", at=at, viewer_name=viewer_name, subject=row.subject, data={"parcel": row.pk})
    return True


def _is_due(at: datetime) -> Q:
    return Q(state=OutboxState.WAITING, due_at__lte=at) | Q(state=OutboxState.SENDING, leased_until__lt=at)


def _mine(parcel: Parcel) -> QuerySet[OutboxParcel]:
    """The row as long as this attempt is still the one that holds it."""
    return OutboxParcel.objects.filter(pk=parcel.id, state=OutboxState.SENDING, attempts=parcel.attempt)


@transaction.atomic
def _failed(parcel: Parcel, at: datetime, why: str, *, final: bool) -> None:
    if not final:
        pause = BACK_OFF[min(parcel.attempt, len(BACK_OFF)) - 1]
        _mine(parcel).update(state=OutboxState.WAITING, due_at=at + pause, leased_until=None, error=why[:300])
        return
    if not _mine(parcel).update(state=OutboxState.ATTENTION, leased_until=None, error=why[:300]):
        return
    log.warning("outbox.attention", transport=parcel.transport, number=parcel.id)
    row = OutboxParcel.objects.get(pk=parcel.id)
    record(
        "outbox.gave_up",
        at=at,
        viewer_name="system:outbox",
        subject=row.subject,
        data={"transport": parcel.transport, "parcel": parcel.id, "attempts": parcel.attempt},
    )
    transport = _transports.get(parcel.transport)
    if transport and transport.gave_up:
        transport.gave_up(parcel, why)


def _settle(parcel_id: int, verb: str, viewer_name: str, at: datetime, **changes: object) -> None:
    row = OutboxParcel.objects.select_for_update().filter(pk=parcel_id).first()
    if row is None:
        raise UnknownParcel
    if row.state in {OutboxState.SENT, OutboxState.WITHDRAWN}:
        raise ParcelSettled
    if row.state == OutboxState.SENDING:  # a worker has it: a second attempt beside it could arrive twice
        raise ParcelOnItsWay
    OutboxParcel.objects.filter(pk=parcel_id).update(**changes)
    record(verb, at=at, viewer_name=viewer_name, subject=row.subject, data={"parcel": parcel_id})
