"""What tests of other modules may read."""

import time
from datetime import datetime

from django.db import connection

from indgang.foundation.journal.models import OutboxParcel


def parcels(transport: str | None = None) -> list[OutboxParcel]:
    """What stands in the outbox, oldest first."""
    rows = OutboxParcel.objects.order_by("pk")
    return list(rows.filter(transport=transport) if transport else rows)


def make_parcel(*, state: str, at: datetime, error: str = "", transport: str = "mail") -> int:
    """A parcel in that state; its number."""
    key = f"forsendelse-{OutboxParcel.objects.count()}"
    return OutboxParcel.objects.create(
        transport=transport, key=key, payload={}, subject="x:1", state=state, due_at=at, created_at=at, error=error
    ).pk


def wait_until_settled(seconds: float = 60) -> None:
    """Until nothing recorded so far can still be preceded by a late commit.

    The horizon is the whole server's: a long transaction in another database of the same server holds it back too.
    """
    until = time.monotonic() + seconds
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT COALESCE(max(position), 0) < journal_horizon() FROM journal_event")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
