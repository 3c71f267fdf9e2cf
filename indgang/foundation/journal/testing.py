"""What tests of other modules may read."""

from indgang.foundation.journal.models import OutboxParcel


def parcels(transport: str | None = None) -> list[OutboxParcel]:
    """What stands in the outbox, oldest first."""
    rows = OutboxParcel.objects.order_by("pk")
    return list(rows.filter(transport=transport) if transport else rows)
