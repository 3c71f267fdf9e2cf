"""What one can ask about mails; for staff only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from indgang.entrances.mail.mailboxes import mailboxes as mailboxes
from indgang.entrances.mail.models import RawMail
from indgang.entrances.mail.values import RawState
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock

LATE = timedelta(minutes=10)
UNFILED = Purpose("reason", "unfiled_mail")  # it belongs to no contact, so the mail itself stands in the access log


@dataclass(frozen=True)
class MailRow:
    """A mail in a list."""

    id: UUID
    received_at: datetime
    sender: str
    size: int
    state: str
    state_name: str
    error: str


def attention(viewer: Viewer, at: datetime, limit: int = 200) -> list[MailRow]:
    """Mails a person must look at, oldest first: those nobody could read, and those that wait unfiled for long."""
    rows = _to_see(viewer, at).defer("content").order_by("received_at")
    return [_shown(row, viewer, at) for row in rows[:limit]]


def attention_count(viewer: Viewer, at: datetime) -> int:
    """How many they are; a number names nobody, so nobody is looked at."""
    return _to_see(viewer, at).count()


def unattached(viewer: Viewer, at: datetime, limit: int = 100) -> list[MailRow]:
    """Automatic mails that belong to no contact, newest first: nothing that came in is out of sight."""
    if not viewer.is_staff:
        raise NotFound
    rows = RawMail.objects.filter(state=RawState.AUTOMATIC, contact=None)
    return [_shown(row, viewer, at) for row in rows.defer("content").order_by("-received_at")[:limit]]


def raw_content(viewer: Viewer, raw_id: UUID, at: datetime) -> bytes:
    """A mail without a contact exactly as it came, after the look is in the access log; NotFound for everybody but
    staff and for filed mails.

    A mail with a contact is read in the contact, where the look is logged with its purpose.
    """
    row = RawMail.objects.filter(pk=raw_id, contact=None).first() if viewer.is_staff else None
    if row is None:
        raise NotFound
    access.open_for(viewer, citizen=row.pk, kind="mail", purpose=UNFILED, at=at)
    return bytes(row.content)


def health() -> str:
    """A sentence when mails wait unfiled for long; "" when all is well."""
    waiting = RawMail.objects.filter(state=RawState.STORED, received_at__lt=clock.now() - LATE).count()
    return f"{waiting} mails have waited unfiled for more than ten minutes." if waiting else ""


def _to_see(viewer: Viewer, at: datetime) -> QuerySet[RawMail]:
    if not viewer.is_staff:
        raise NotFound
    late = RawMail.objects.filter(state=RawState.STORED, received_at__lt=at - LATE)
    return RawMail.objects.filter(state=RawState.ATTENTION) | late


def _shown(row: RawMail, viewer: Viewer, at: datetime) -> MailRow:
    """A row names the sender: it is shown after the look is in the access log."""
    access.open_for(viewer, citizen=row.pk, kind="mail", purpose=UNFILED, at=at)
    return MailRow(
        row.id, row.received_at, row.author or row.sender, row.size, row.state, RawState(row.state).label, row.error
    )
