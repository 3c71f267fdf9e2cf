"""Who looks at a contact right now, and whether they type: a heartbeat every few seconds, outside the journal."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from indgang.core.contacts.models import Contact, Presence
from indgang.core.contacts.queries import BE_PRESENT
from indgang.core.contacts.reading import may_read
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.web import services as web

STILL_HERE = timedelta(seconds=40)  # two missed heartbeats
STILL_TYPING = timedelta(seconds=15)
_KEPT = timedelta(hours=1)
Before = tuple[datetime | None, datetime | None]  # when the employee was last seen here, and last seen typing


def be_present(
    *, contact_id: UUID, employee_id: int, typing: bool = False, viewer: Viewer | None = None, at: datetime
) -> None:
    """The employee looks at the contact, typing or not; others hear it when that is news. NotFound as usual.

    For who has the contact in hand it is one statement, for every browser says so three times a minute.
    """
    typing_at = at if typing else None
    asks = viewer is None or (viewer.is_staff and viewer.actor is not None and viewer.actor.employee == employee_id)
    before = _noted_in_hand(contact_id, employee_id, typing_at, at) if asks else None
    if before is None:
        before = _noted(contact_id, employee_id, typing_at, viewer, at)
    seen_at, typed_at = before
    was_here = seen_at is not None and at - seen_at < STILL_HERE
    if not was_here or types(typed_at, at) != typing:
        web.publish(f"contact:{contact_id}", "present", str(contact_id))


def _noted_in_hand(contact_id: UUID, employee_id: int, typing_at: datetime | None, at: datetime) -> Before | None:
    facts: dict[str, UUID | int | datetime | None] = {
        "contact": contact_id,
        "employee": employee_id,
        "typing_at": typing_at,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(BE_PRESENT, facts)
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


@transaction.atomic
def _noted(
    contact_id: UUID, employee_id: int, typing_at: datetime | None, viewer: Viewer | None, at: datetime
) -> Before:
    contact = Contact.objects.filter(id=contact_id).first()
    if contact is None or (viewer is not None and not may_read(viewer, contact)):
        raise NotFound
    before = Presence.objects.filter(contact=contact, employee=employee_id).first()
    Presence.objects.update_or_create(
        contact=contact, employee_id=employee_id, defaults={"seen_at": at, "typing_at": typing_at}
    )
    return (before.seen_at, before.typing_at) if before else (None, None)


@transaction.atomic
def leave(*, contact_id: UUID, employee_id: int, at: datetime) -> None:
    """The employee looks elsewhere now."""
    if Presence.objects.filter(contact=contact_id, employee=employee_id).delete()[0]:
        web.publish(f"contact:{contact_id}", "present", str(contact_id))


def types(typing_at: datetime | None, at: datetime) -> bool:
    """Whether somebody who typed then still counts as typing."""
    return typing_at is not None and at - typing_at < STILL_TYPING


def forget_presence(at: datetime) -> int:
    """Heartbeats of long ago say nothing; their rows go."""
    return Presence.objects.filter(seen_at__lt=at - _KEPT).delete()[0]
