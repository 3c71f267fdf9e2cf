"""What one can do with mails: store one, file it, look at it again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import F

from indgang.entrances.mail.errors import RawMailSettled, Unreadable
from indgang.entrances.mail.filing import MAILROOM, Filed, file, our_domain
from indgang.entrances.mail.mailroom import run_mailroom
from indgang.entrances.mail.models import RawMail
from indgang.entrances.mail.parse import parse
from indgang.entrances.mail.storing import defer, store_mail
from indgang.entrances.mail.values import RawState
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.errors import DomainError

__all__ = ["defer_waiting", "file_again", "file_mail", "run_mailroom", "set_aside", "store_mail"]

MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=30)  # and three times as long after each further attempt


def file_mail(*, raw_id: UUID, at: datetime) -> str:
    """File a stored mail once, however often this is called; what became of it.

    An attempt is counted before it begins, so a mail that kills its process ends in attention instead of killing more.
    """
    row = _next_attempt(raw_id)
    if row is None:
        return RawMail.objects.values_list("state", flat=True).get(pk=raw_id)
    if row.attempts > MOST_ATTEMPTS:
        return _settle(raw_id, Filed(RawState.ATTENTION, error=row.error or "Behandlingen er afbrudt flere gange."), at)
    try:
        mail = parse(bytes(row.content), envelope_sender=row.sender, domain=our_domain())
    except Unreadable as error:
        return _settle(raw_id, Filed(RawState.ATTENTION, error=str(error)), at)
    try:
        with transaction.atomic():
            locked = RawMail.objects.select_for_update().get(pk=raw_id)
            if locked.state != RawState.STORED:
                return locked.state
            filed = file(locked, mail, at)
            locked.save(update_fields=["author", "content_digest", "message_id"])
            return _settle(raw_id, filed, at)
    except (DatabaseError, DomainError) as error:
        RawMail.objects.filter(pk=raw_id).update(error=f"Mailen kunne ikke lægges på plads ({type(error).__name__}).")
        raise


def defer_waiting(at: datetime, limit: int = 500) -> int:
    """Have every mail filed whose job died or failed and whose pause is over; how many."""
    waiting = RawMail.objects.filter(state=RawState.STORED).order_by("received_at")
    rows = waiting.values_list("pk", "received_at", "attempts")[: limit * 4]
    due = [key for key, received, attempts in rows if received + FIRST_PAUSE * (3**attempts) <= at][:limit]
    for key in due:
        defer(key)
    return len(due)


@transaction.atomic
def file_again(*, raw_id: UUID, viewer: Viewer, at: datetime) -> None:
    """A person has a mail that needed attention tried once more."""
    row = _needing_attention(raw_id, viewer)
    RawMail.objects.filter(pk=row.pk).update(state=RawState.STORED, attempts=0, error="")
    _note("mail.retried", row.pk, RawState.STORED, viewer.name, at)
    defer(row.pk)


@transaction.atomic
def set_aside(*, raw_id: UUID, viewer: Viewer, at: datetime) -> None:
    """A person has looked at a mail that needed attention, and nothing more is to be done."""
    row = _needing_attention(raw_id, viewer)
    _settle(row.pk, Filed(RawState.AUTOMATIC, row.contact), at, by=viewer.name)


def _next_attempt(raw_id: UUID) -> RawMail | None:
    """The mail with this attempt counted and committed; None when it is filed already."""
    counted = RawMail.objects.filter(pk=raw_id, state=RawState.STORED).update(attempts=F("attempts") + 1)
    return RawMail.objects.get(pk=raw_id) if counted else None


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
    RawMail.objects.filter(pk=raw_id).update(
        state=filed.state, contact=filed.contact, error=filed.error[:300], answered=filed.answered, flood=filed.flood
    )
    _note("mail.settled", raw_id, filed.state, by, at, filed.contact)
    return filed.state


def _note(verb: str, raw_id: UUID, state: str, by: str, at: datetime, contact: UUID | None = None) -> None:
    journal.record(
        verb, at=at, viewer_name=by, subject=f"mail.rawmail:{raw_id}", contact=contact, data={"state": str(state)}
    )
