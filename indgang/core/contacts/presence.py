"""Who looks at a contact right now, and whether they type: a heartbeat every few seconds, outside the journal."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from indgang.core.contacts.models import Contact, Presence
from indgang.core.contacts.reading import may_read
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.web import services as web

STILL_HERE = timedelta(seconds=40)  # two missed heartbeats
STILL_TYPING = timedelta(seconds=15)
_KEPT = timedelta(hours=1)


@transaction.atomic
def be_present(
    *, contact_id: UUID, employee_id: int, typing: bool = False, viewer: Viewer | None = None, at: datetime
) -> None:
    """The employee looks at the contact, typing or not; others hear it when that is news. NotFound as usual."""
    contact = Contact.objects.filter(id=contact_id).first()
    if contact is None or (viewer is not None and not may_read(viewer, contact)):
        raise NotFound
    before = Presence.objects.filter(contact=contact, employee=employee_id).first()
    row, _ = Presence.objects.update_or_create(
        contact=contact, employee_id=employee_id, defaults={"seen_at": at, "typing_at": at if typing else None}
    )
    was_here = before is not None and at - before.seen_at < STILL_HERE
    was_typing = before is not None and types(before.typing_at, at)
    if not was_here or was_typing != types(row.typing_at, at):
        web.publish(f"contact:{contact.id}", "present", str(contact.id))


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
