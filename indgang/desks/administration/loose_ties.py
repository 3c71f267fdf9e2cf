"""Contacts tied to a citizen nothing points to: noted as they happen, looked through by the security leader."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.desks.administration.models import LooseTie
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.values import JournalLine

MOST = 200


def hear(line: JournalLine) -> None:
    """Somebody chose the citizen of a contact."""
    if line.data.get("person") and line.data.get("matched") is False and line.contact:
        LooseTie.objects.create(id=UUID(line.id), at=line.at, by=line.actor, contact=UUID(line.contact))


def open_ties() -> list[LooseTie]:
    """Those nobody has looked at, the oldest first."""
    return list(LooseTie.objects.filter(seen_at=None).order_by("at", "id")[:MOST])


@transaction.atomic
def mark_seen(*, tie: UUID, viewer: Viewer, at: datetime) -> None:
    """Looked at; nobody goes through their own. Raises NotFound."""
    row = LooseTie.objects.select_for_update().filter(id=tie, seen_at=None).exclude(by=viewer.name).first()
    if row is None:
        raise NotFound
    row.seen_at, row.seen_by = at, viewer.name
    row.save(update_fields=["seen_at", "seen_by"])
    journal.record("administration.loose_tie_seen", at=at, viewer_name=viewer.name, subject=row, contact=row.contact)
