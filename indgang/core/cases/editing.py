"""Who has a part of a case open to change it, and what they have typed and not saved; shown, never a lock."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from indgang.core.cases.document_errors import DraftTooLong, UnknownPart
from indgang.core.cases.document_values import LONGEST_DRAFT, Editor, KeptDraft
from indgang.core.cases.models import Editing
from indgang.core.cases.parts import is_known_to_lack
from indgang.core.cases.rights import may_see
from indgang.core.cases.writing import clean
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import remembered
from indgang.foundation.web import services as web

_SQL = (Path(__file__).parent / "sql" / "open_parts.sql").read_text(encoding="utf-8")
_FORGET = (Path(__file__).parent / "sql" / "forget_typed.sql").read_text(encoding="utf-8")
STILL_HERE = timedelta(seconds=40)  # two missed heartbeats
STILL_TYPING = timedelta(seconds=15)
KEPT = timedelta(days=30)  # what was typed; who was there is forgotten after an hour
_SEEN_KEPT = timedelta(hours=1)
_PART = re.compile(r"[a-z][a-z0-9_-]{0,19}([.:][A-Za-z0-9_-]{1,40})?\Z")


@transaction.atomic
def be_editing(
    *,
    case_id: UUID,
    part: str,
    employee: int,
    typing: bool = False,
    text: str | None = None,
    viewer: Viewer,
    at: datetime,
) -> None:
    """The employee has this part open, typing or not; others hear it when that is news. NotFound as usual.

    `text`: what stands there unsaved, kept for this employee until they save or drop it. Raises UnknownPart,
    DraftTooLong.
    """
    if viewer.actor is None or viewer.actor.employee != employee or not may_see(viewer, case_id, at):
        raise NotFound
    if not _PART.match(part):
        raise UnknownPart(part=clean(part)[:40])
    if text is not None and len(text) > LONGEST_DRAFT:
        raise DraftTooLong(longest=LONGEST_DRAFT)
    before = Editing.objects.filter(case=case_id, part=part, employee=employee).first()
    facts: dict[str, object] = {"seen_at": at, "typing": typing}
    if text is not None:
        facts["text"] = clean(text)
    Editing.objects.update_or_create(case_id=case_id, part=part, employee_id=employee, defaults=facts)
    if before is None or at - before.seen_at >= STILL_HERE or before.typing != typing:
        _tell(case_id)


@transaction.atomic
def stop_editing(*, case_id: UUID, part: str, employee: int, keep_text: bool = False, at: datetime) -> None:
    """The part was saved or left; what was typed goes with it unless it is to be kept."""
    rows = Editing.objects.filter(case=case_id, part=part, employee=employee)
    gone = rows.exclude(text="").update(seen_at=at - STILL_HERE, typing=False) if keep_text else 0
    gone += rows.filter(text="").delete()[0] if keep_text else rows.delete()[0]
    if gone:
        _tell(case_id)


def forget_typed(*, case_id: UUID, form: str, employee: int) -> None:
    """What this employee typed in the fields of a form is saved where it belongs now."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, {"case": case_id, "form": form, "employee": employee})
        [gone] = cursor.fetchone()
    if gone:
        _tell(case_id)


def forget_editing(at: datetime) -> int:
    """Heartbeats of long ago say nothing, and what nobody came back to is dropped after a month."""
    old = Q(text="", seen_at__lt=at - _SEEN_KEPT) | Q(seen_at__lt=at - KEPT)
    return Editing.objects.filter(old).delete()[0]


def editors_of(viewer: Viewer, case_id: UUID, at: datetime) -> tuple[Editor, ...]:
    """The others who have a part of the case open now, first who came last. Raises NotFound."""
    if not may_see(viewer, case_id, at):
        raise NotFound
    me = viewer.actor.employee if viewer.actor else None
    found = [row for row in _open_parts(case_id, me) if row[0] != me and row[3] > at - STILL_HERE]
    names = organisation.names({employee for employee, *_ in found})
    return tuple(
        Editor(employee, names.get(employee, ""), part, typing and at - seen_at < STILL_TYPING, seen_at)
        for employee, part, typing, seen_at, _ in found
    )


def drafts_of(viewer: Viewer, case_id: UUID, at: datetime) -> tuple[KeptDraft, ...]:
    """What this viewer has typed in the case and not saved, by part. Raises NotFound."""
    if not may_see(viewer, case_id, at):
        raise NotFound
    me = viewer.actor.employee if viewer.actor else None
    kept = [KeptDraft(part, text, seen_at) for _, part, _, seen_at, text in _open_parts(case_id, me) if text]
    return tuple(sorted(kept, key=lambda one: one.part))


@remembered
def _open_parts(case_id: UUID, employee: int | None) -> list[tuple[int, str, bool, datetime, str]]:
    """Employee, part, whether they type, when they were seen, and what this employee typed, who came last first."""
    if is_known_to_lack(case_id, Editing):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"case": case_id, "employee": employee})
        return list(cursor.fetchall())


def _tell(case_id: UUID) -> None:
    web.publish(f"case:{case_id}", "editing", str(case_id))
