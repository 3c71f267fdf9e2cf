"""What one can do with mails: store one, file it, look at it again."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F

from indgang.entrances.mail.errors import RawMailSettled, Unreadable
from indgang.entrances.mail.filing import MAILROOM, Filed, file, our_domain
from indgang.entrances.mail.mailboxes import load_profile, remove_mailbox, save_mailbox
from indgang.entrances.mail.mailroom import run_mailroom
from indgang.entrances.mail.models import RawMail
from indgang.entrances.mail.parse import parse
from indgang.entrances.mail.storing import store_mail, wake_filing
from indgang.entrances.mail.values import RawState
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.errors import DomainError

__all__ = [
    "file_again",
    "file_mail",
    "file_next",
    "load_profile",
    "remove_mailbox",
    "run_mailroom",
    "save_mailbox",
    "set_aside",
    "store_mail",
]

MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=30)  # and three times as long after each further attempt
NEXT = (Path(__file__).parent / "sql" / "next_mail.sql").read_text()

log = structlog.get_logger(__name__)


def file_next(*, at: datetime) -> bool:
    """File the stored mail that has been due longest, if any; whether there was one.

    One mail, one transaction: what fails waits for its next attempt and stands in nobody's way.
    """
    row = next(iter(RawMail.objects.raw(NEXT, {"at": at, "pause": FIRST_PAUSE})), None)
    if row is None:
        return False
    try:
        _attempt(row, at)
    except (DatabaseError, DomainError) as error:
        log.warning("mail.not_filed", number=str(row.id), attempt=row.attempts, exception=type(error).__name__)
    return True


def file_mail(*, raw_id: UUID, at: datetime) -> str:
    """File a stored mail once, due or not, however often this is called; what became of it."""
    counted = RawMail.objects.filter(pk=raw_id, state=RawState.STORED).update(attempts=F("attempts") + 1)
    if counted:
        return _attempt(RawMail.objects.get(pk=raw_id), at)
    return RawMail.objects.values_list("state", flat=True).get(pk=raw_id)


def _attempt(row: RawMail, at: datetime) -> str:
    """An attempt is counted and committed before it begins: a mail that kills its process ends in attention."""
    if row.attempts > MOST_ATTEMPTS:
        return _settle(row.id, Filed(RawState.ATTENTION, error=row.error or "Behandlingen er afbrudt flere gange."), at)
    try:
        mail = parse(bytes(row.content), envelope_sender=row.sender, domain=our_domain())
    except Unreadable as error:
        return _settle(row.id, Filed(RawState.ATTENTION, error=str(error)), at)
    try:
        with transaction.atomic():
            locked = RawMail.objects.select_for_update().defer("content").get(pk=row.id)
            if locked.state != RawState.STORED:
                return locked.state
            filed = file(locked, mail, at)
            said = {name: getattr(locked, name) for name in ("author", "content_digest", "message_id")}
            return _settled(row.id, filed, at, **said)
    except (DatabaseError, DomainError) as error:
        RawMail.objects.filter(pk=row.id).update(error=f"Mailen kunne ikke lægges på plads ({type(error).__name__}).")
        raise


@transaction.atomic
def file_again(*, raw_id: UUID, viewer: Viewer, at: datetime) -> None:
    """A person has a mail that needed attention tried once more."""
    row = _needing_attention(raw_id, viewer)
    RawMail.objects.filter(pk=row.pk).update(state=RawState.STORED, attempts=0, due_at=at, error="")
    _note("mail.retried", row.pk, RawState.STORED, viewer.name, at)
    wake_filing()


@transaction.atomic
def set_aside(*, raw_id: UUID, viewer: Viewer, at: datetime) -> None:
    """A person has looked at a mail that needed attention, and nothing more is to be done."""
    row = _needing_attention(raw_id, viewer)
    _settle(row.pk, Filed(RawState.AUTOMATIC, row.contact), at, by=viewer.name)


def _needing_attention(raw_id: UUID, viewer: Viewer) -> RawMail:
    if not viewer.is_staff:
        raise NotFound
    row = RawMail.objects.select_for_update().defer("content").filter(pk=raw_id).first()
    if row is None:
        raise NotFound
    if row.state != RawState.ATTENTION:
        raise RawMailSettled
    return row


@transaction.atomic
def _settle(raw_id: UUID, filed: Filed, at: datetime, *, by: str = MAILROOM.name) -> str:
    return _settled(raw_id, filed, at, by=by)


def _settled(raw_id: UUID, filed: Filed, at: datetime, *, by: str = MAILROOM.name, **said: str) -> str:
    """What became of the mail, in the running transaction."""
    RawMail.objects.filter(pk=raw_id).update(
        state=filed.state,
        contact=filed.contact,
        error=filed.error[:300],
        answered=filed.answered,
        flood=filed.flood,
        **said,
    )
    _note("mail.settled", raw_id, filed.state, by, at, filed.contact)
    return filed.state


def _note(verb: str, raw_id: UUID, state: str, by: str, at: datetime, contact: UUID | None = None) -> None:
    journal.record(
        verb, at=at, viewer_name=by, subject=f"mail.rawmail:{raw_id}", contact=contact, data={"state": str(state)}
    )
