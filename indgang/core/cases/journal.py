"""Notes in the journal of a case, and whether what was told by mouth has been written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.core.cases import writing
from indgang.core.cases.document_errors import (
    InternalGroundMissing,
    NoteEmpty,
    NoteSettled,
    NoteTooLong,
    NotYourNote,
    StaleNote,
)
from indgang.core.cases.document_values import LONGEST_NOTE, ORAL
from indgang.core.cases.models import EarlierNote, JournalEntry
from indgang.core.cases.values import EntryKind
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@transaction.atomic
def add_note(
    *,
    case_id: UUID,
    theme: str,
    body: str,
    oral_facts: bool = False,
    internal: bool = False,
    internal_ground: str = "",
    channel: str = "",
    contact: UUID | None = None,
    viewer: Viewer,
    at: datetime,
) -> JournalEntry:
    """A note in the journal; whoever may see the case may write one, also when it is closed.

    `oral_facts`: facts of importance told by mouth (offentlighedsloven § 13). Raises NotFound, TitleMissing,
    CprInTitle, NoteEmpty, InternalGroundMissing.
    """
    checked = _checked(theme, body, internal, internal_ground)
    case = writing.locked(case_id, viewer=viewer, at=at, working=False, ended=True)
    entry = writing.enter(
        case,
        EntryKind.NOTE,
        checked[0],
        viewer=viewer,
        at=at,
        body=checked[1],
        channel=writing.line(channel, 14),
        contact=contact,
        oral_facts=oral_facts,
        internal=internal,
        internal_ground=checked[2],
    )
    facts: dict[str, object] = {"entry": str(entry.id), "oral_facts": oral_facts, "internal": internal}
    writing.noted(case, "case.noted", viewer=viewer, at=at, **facts)
    return entry


@transaction.atomic
def change_note(
    *,
    entry_id: UUID,
    theme: str,
    body: str,
    oral_facts: bool | None = None,
    internal: bool = False,
    internal_ground: str = "",
    version: int,
    viewer: Viewer,
    at: datetime,
) -> JournalEntry:
    """Put one's own note of today right; what it said before is kept.

    Raises NotYourNote, NoteSettled on a later day, StaleNote, and as `add_note`.
    """
    checked = _checked(theme, body, internal, internal_ground)
    found = JournalEntry.objects.filter(id=entry_id, kind=EntryKind.NOTE).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound
    case = writing.locked(found, viewer=viewer, at=at, working=False, ended=True)
    entry = JournalEntry.objects.select_for_update().get(id=entry_id)
    if entry.author != viewer.name:
        raise NotYourNote
    if not is_of_today(entry, at):
        raise NoteSettled
    if entry.version != version:
        raise StaleNote
    EarlierNote.objects.create(entry=entry, at=at, theme=entry.theme, body=entry.body, oral_facts=entry.oral_facts)
    entry.theme, entry.body, entry.internal_ground = checked
    entry.internal, entry.version = internal, entry.version + 1
    entry.oral_facts = entry.oral_facts if oral_facts is None else oral_facts
    entry.save(update_fields=["theme", "body", "internal", "internal_ground", "oral_facts", "version"])
    writing.noted(case, "case.note_changed", viewer=viewer, at=at, entry=str(entry.id))
    return entry


def is_of_today(entry: JournalEntry, at: datetime) -> bool:
    """Whether its author may still put it right."""
    return clock.local(entry.at).date() == clock.local(at).date()


def duty_met(case_id: UUID) -> bool:
    """Whether every conversation on the case is followed by a note of the facts told in it (offentlighedsloven § 13).

    A note answers for the conversation it names and for all before it.
    """
    told = JournalEntry.objects.filter(case=case_id, kind=EntryKind.CONTACT, channel__in=ORAL)
    conversations = list(told.values_list("at", "contact"))
    if not conversations:
        return True
    notes = JournalEntry.objects.filter(case=case_id, oral_facts=True)
    noted = list(notes.values_list("at", "contact"))
    return all(
        any(written >= at or (contact is not None and about == contact) for written, about in noted)
        for at, contact in conversations
    )


def _checked(theme: str, body: str, internal: bool, internal_ground: str) -> tuple[str, str, str]:
    title = writing.checked_title(theme, 160)
    text = writing.clean(body).strip()
    if not text or len(text) > LONGEST_NOTE:
        raise NoteEmpty if not text else NoteTooLong(longest=LONGEST_NOTE)
    ground = writing.line(internal_ground, 200)
    if internal and not ground:
        raise InternalGroundMissing
    return title, text, ground if internal else ""
