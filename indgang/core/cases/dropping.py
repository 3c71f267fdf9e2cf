"""A draft on a case is thrown away: what was never final, never came in and never went out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.documents import locked_document
from indgang.core.cases.errors import GroundMissing, NotDraftDocument
from indgang.core.cases.models import AccessItem, CaseLetter, Document, Editing, Forwarding, JournalEntry, Opinion
from indgang.core.cases.values import DocumentKind, EntryKind
from indgang.core.cases.writing import enter, line, locked, noted
from indgang.foundation.access.values import Viewer

LETTER = "letter"  # the part of the case its typed words are kept under


@transaction.atomic
def drop_document(*, document_id: UUID, ground: str, version: int, viewer: Viewer, at: datetime) -> None:
    """Throw a draft away with its files; that there was one, and why it went, stays in the journal.

    Raises NotDraftDocument for what is final, came in, went out or is asked for by somebody; GroundMissing,
    StaleDocument, NotYourCase, NotFound.
    """
    case, document = locked_document(document_id, version, viewer, at)
    if why := why_kept(document):
        raise NotDraftDocument(why=why)
    if not (reason := line(ground, 300)):
        raise GroundMissing
    JournalEntry.objects.filter(case=case, document=document.id).update(document=None)
    theme = gettext("Kladden er smidt væk: {title}").format(title=document.title)
    internal = document.internal
    document.delete()
    enter(
        case, EntryKind.DOCUMENT, theme, body=reason, internal=internal,
        internal_ground=document.internal_ground, viewer=viewer, at=at,
    )  # fmt: skip
    noted(case, "case.document_dropped", viewer=viewer, at=at, document=str(document_id))


@transaction.atomic
def drop_letter(*, case_id: UUID, viewer: Viewer, at: datetime) -> bool:
    """Throw away what this employee has typed of a letter and not sent; False where there was nothing.

    A letter that was sent is no draft any more: its words are gone from here since. Raises NotYourCase, CaseClosed,
    NotFound.
    """
    case = locked(case_id, viewer=viewer, at=at)
    me = viewer.actor.employee if viewer.actor else None
    rows = Editing.objects.filter(case=case, employee=me, part__startswith=f"{LETTER}.").exclude(text="")
    parts = sorted(rows.values_list("part", flat=True))
    if not parts:
        return False
    rows.delete()
    noted(case, "case.letter_dropped", viewer=viewer, at=at, fields=[part.partition(".")[2] for part in parts])
    return True


def why_kept(document: Document) -> str:
    """Why a document must stay on its case; empty: it may be thrown away."""
    key = document.id
    if document.final:
        return gettext("det er endeligt")
    if document.kind == DocumentKind.IN or document.contact is not None:
        return gettext("det er kommet udefra")
    if CaseLetter.objects.filter(document=key).exists() or Forwarding.objects.filter(letter=key).exists():
        return gettext("det er sendt")
    if Opinion.objects.filter(case=document.case_id, documents__contains=[key]).exists():
        return gettext("det hører til en udtalelse")
    if AccessItem.objects.filter(case=document.case_id, document=key).exists():
        return gettext("nogen har bedt om aktindsigt i det")
    return ""
