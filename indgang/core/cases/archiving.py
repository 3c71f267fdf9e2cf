"""What becomes of a case when it has aged: kept or discarded, by whom and why; and the mark that the archive has it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.discarding import KEEPERS
from indgang.core.cases.errors import ArchivedCase, GroundMissing
from indgang.core.cases.models import Case
from indgang.core.cases.values import EntryKind, Retention
from indgang.core.cases.writing import changed, chosen, enter, line, locked
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer


@transaction.atomic
def decide_retention(
    *, case_id: UUID, retention: str, ground: str, viewer: Viewer, at: datetime, version: int | None = None
) -> Case:
    """Whether the case is kept or discarded when it has aged, and why; on a case that has ended, too.

    By whoever may change the case. The same again changes nothing. Raises GroundMissing, ArchivedCase, UnknownValue,
    StaleCase, NotYourCase.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version, ended=True)
    wanted = Retention(chosen(retention, Retention, "retention"))
    if case.archived_at is not None:
        raise ArchivedCase
    if not (why := line(ground, 300)):
        raise GroundMissing
    if case.retention == wanted:
        return case
    case.retention = wanted
    theme = gettext("Bevaring: {decision}").format(decision=gettext(wanted.label))
    enter(case, EntryKind.NOTE, theme, body=why, viewer=viewer, at=at)
    changed(case, "case.retention_decided", viewer=viewer, at=at, fields=["retention"], retention=wanted.value)
    return case


@transaction.atomic
def unmark_archived(*, number: str, ground: str, viewer: Viewer, at: datetime) -> Case:
    """The archive has not got the case after all, and why it was thought so. Again changes nothing.

    By operations, the security leader or a process. Raises GroundMissing, NotFound.
    """
    if not may_mark(viewer):
        raise NotFound
    case = Case.objects.select_for_update(of=("self",)).filter(number=number).first()
    if case is None:
        raise NotFound
    if not (why := line(ground, 300)):
        raise GroundMissing
    if case.archived_at is None:
        return case
    case.archived_at = None
    enter(case, EntryKind.NOTE, gettext("Ikke afleveret til arkivet alligevel"), body=why, viewer=viewer, at=at)
    changed(case, "case.archive_mark_removed", viewer=viewer, at=at, fields=["archived_at"])
    return case


def archive_mark(viewer: Viewer, number: str) -> datetime | None:
    """Since when the archive has the case of a number; nothing else of it. NotFound for who may not mark it."""
    if not may_mark(viewer):
        raise NotFound
    found = Case.objects.filter(number=number).values_list("archived_at").first()
    if found is None:
        raise NotFound
    return found[0]


def may_mark(viewer: Viewer) -> bool:
    """Whether this viewer says what the archive has got."""
    return viewer.is_process or viewer.has_role(*KEEPERS)
