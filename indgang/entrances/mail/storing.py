"""Raw first: the bytes of a mail are kept, as work that is due, before anybody hears that it arrived."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from indgang.entrances.mail.models import RawMail
from indgang.foundation.runtime.services import uuid7, wake

FILE_DUE = "mail.file_due"
QUEUE = "mail"


@transaction.atomic
def store_mail(*, sender: str, recipients: list[str], content: bytes, at: datetime) -> UUID:
    """Keep the bytes as due for filing; when the transaction has committed the mail may be acknowledged."""
    row = RawMail(
        id=uuid7(at),
        received_at=at,
        due_at=at,
        sender=sender.replace("\x00", "")[:320],
        recipients=[address.replace("\x00", "")[:320] for address in recipients[:100]],
        content=content,
        size=len(content),
        digest=sha256(content).hexdigest(),
    )
    row.save(force_insert=True)
    wake_filing()
    return row.id


def wake_filing() -> None:
    """Have the worker file what is due, when the running transaction has committed."""
    wake(FILE_DUE, QUEUE)
