"""The journal of a case as its page shows it, who else is here, and what was typed and not saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import DocumentRow, Editor, EntryRow
from indgang.desks.workplace import pages
from indgang.desks.workplace.case_pages import OpenCase
from indgang.desks.workplace.case_staff import Draft
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

PAGE = 40
DOCUMENT = "document:"
SHOW = {"dokumenter": "documents", "notater": "notes"}


@dataclass(frozen=True)
class JournalPart:
    """A page of the journal, and what it was asked for."""

    rows: tuple[EntryRow, ...]
    cursor: str
    q: str
    show: str

    @property
    def filter(self) -> str:
        """The same question, for the next page."""
        return urlencode({name: value for name, value in (("q", self.q), ("vis", self.show)) if value})


def part(request: HttpRequest, viewer: Viewer, case_id: UUID, at: datetime) -> JournalPart:
    """What the address asks for."""
    q = request.GET.get("q", "")[:120].replace("\x00", "").strip()
    show = request.GET.get("vis", "")
    show = show if show in SHOW else ""
    cursor = request.GET.get("fra", "")[:120]
    page = cases.entries_of(viewer, case_id, q=q, show=SHOW.get(show, ""), cursor=cursor, limit=PAGE, at=at)
    return JournalPart(page.rows, page.cursor, q, show)


def entry(viewer: Viewer, found: OpenCase, entry_id: UUID, at: datetime) -> EntryRow:
    """A note this employee may still put right; raises NotFound for any other."""
    row = cases.entry(viewer, entry_id, at)
    if not row.may_change:
        raise NotFound
    return row


def as_typed(row: EntryRow) -> dict[str, Any]:
    """What stands in a note, for its form."""
    return {
        name: getattr(row, name) for name in ("theme", "body", "oral_facts", "internal", "internal_ground", "version")
    }


def others(viewer: Viewer, case_id: UUID, at: datetime, part: str = "") -> list[Editor]:
    """Who else has the case open; each once, who types first, then who has this part of it open."""
    me = viewer.actor.employee if viewer.actor else None
    known: dict[int, Editor] = {}

    def nearness(one: Editor) -> tuple[bool, bool]:
        return one.typing, one.part == part

    for one in cases.editors_of(viewer, case_id, at):
        if one.employee != me and (one.employee not in known or nearness(one) > nearness(known[one.employee])):
            known[one.employee] = one
    return sorted(known.values(), key=lambda one: (not one.typing, one.part != part, one.name))


def document_part(document_id: UUID) -> str:
    """The name of a document among the parts of a case somebody can have open."""
    return f"{DOCUMENT}{document_id}"


def newer(viewer: Viewer, case_id: UUID, part: str, known: str, at: datetime) -> DocumentRow | None:
    """The document that is this part, when it got a version after the one the page knows."""
    if not part.startswith(DOCUMENT) or not (known.isdecimal() and len(known) < 5):
        return None
    for row in cases.documents_of(viewer, case_id, at):
        if document_part(row.id) == part:
            return row if row.current > int(known) else None
    return None


def drafts(viewer: Viewer, case_id: UUID, at: datetime) -> dict[str, Draft]:
    """What this employee typed here and did not save, by the name of its field."""
    return {one.part: Draft(one.text, one.saved_at) for one in cases.drafts_of(viewer, case_id, at)}


def keep(viewer: Viewer, case_id: UUID, name: str, text: str, at: datetime) -> None:
    """Keep what is typed in a field, and let the others see that somebody types."""
    services.be_editing(
        case_id=case_id, part=name, employee=pages.employee_of(viewer), typing=True, text=text, viewer=viewer, at=at
    )


def am_here(viewer: Viewer, case_id: UUID, part: str, at: datetime) -> None:
    """Say that this employee has a part of the case open."""
    services.be_editing(case_id=case_id, part=part, employee=pages.employee_of(viewer), viewer=viewer, at=at)


def forget(viewer: Viewer, case_id: UUID, form: str) -> None:
    """What was typed in a form is saved where it belongs now."""
    services.forget_typed(case_id=case_id, form=form, employee=pages.employee_of(viewer))
