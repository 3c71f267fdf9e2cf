"""Raw first: the bytes of a mail are kept, and its filing deferred, before anybody hears that it arrived."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from indgang.entrances.mail.models import RawMail
from indgang.foundation.runtime.services import uuid7


@transaction.atomic
def store_mail(*, sender: str, recipients: list[str], content: bytes, at: datetime) -> UUID:
    """Keep the bytes and defer their filing; when the transaction has committed the mail may be acknowledged."""
    row = RawMail(
        id=uuid7(at),
        received_at=at,
        sender=sender.replace("\x00", "")[:320],
        recipients=[address.replace("\x00", "")[:320] for address in recipients[:100]],
        content=content,
        size=len(content),
        digest=sha256(content).hexdigest(),
    )
    row.save(force_insert=True)
    defer(row.id)
    return row.id


def defer(raw_id: UUID) -> None:
    """Have it filed by the worker, when the running transaction has committed."""
    app.configure_task("mail.file_mail").defer(raw_id=str(raw_id))
