"""Searching inside documents: one question to the database, with the right to the case in it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from indgang.core.cases.document_presenting import author_names, document_row
from indgang.core.cases.document_values import DocumentHit, DocumentHits
from indgang.core.cases.errors import WrongCaseCursor
from indgang.core.cases.lists import log_listed
from indgang.core.cases.models import DocumentVersion
from indgang.core.cases.rights import visible
from indgang.core.cases.search_words import words_asked
from indgang.foundation.access.values import Viewer

MOST = 100
# Newest first, the answer mostly lies among the newest: words every letter has are not looked for in all letters.
WINDOWS = (1_000, 20_000)
_READ = ("document__case__task",)


def search_documents(
    viewer: Viewer, q: str, *, case: UUID | None = None, at: datetime, cursor: str = "", limit: int = 20
) -> DocumentHits:
    """Documents whose title or text has all these words, in the cases this viewer may see, newest first.

    Words are found in all their Danish forms, longer ones by how they begin. Everybody whose document is listed stands
    in the access log before this returns. Raises NotFound, WrongCaseCursor, LogUnavailable.
    """
    right = of_case(visible(viewer, at))
    asked = words_asked(q)
    if asked is None:
        return DocumentHits((), "")
    rows = DocumentVersion.objects.filter(right, words=asked, document__current=F("number"))
    rows, before = rows.defer("words").select_related(*_READ), _after(cursor) if cursor else None
    size = max(1, min(limit, MOST))
    windows: tuple[int, ...] = WINDOWS
    if case is not None:
        rows, windows = rows.filter(document__case=case), ()
    found = _newest(rows, before, size + 1, windows)
    shown = found[:size]
    log_listed(viewer, {version.document.case_id: version.document.case for version in shown}.values(), at)
    names = author_names(version.document.author for version in shown)
    return DocumentHits(
        tuple(_hit(version, names) for version in shown), str(shown[-1].id) if len(found) > size else ""
    )


def _newest(
    rows: QuerySet[DocumentVersion], before: UUID | None, wanted: int, windows: Iterable[int]
) -> list[DocumentVersion]:
    """The newest of these, looked for in a window of the newest versions, then in a larger one, then in all."""
    everything = DocumentVersion.objects.order_by("-id").values_list("id", flat=True)
    if before is not None:
        rows, everything = rows.filter(id__lt=before), everything.filter(id__lt=before)
    for window in windows:
        oldest = everything[window : window + 1].first()
        if oldest is None:
            break
        found = list(rows.filter(id__gt=oldest).order_by("-id")[:wanted])
        if len(found) == wanted:
            return found
    return list(rows.order_by("-id")[:wanted])


def of_case(right: Q) -> Q:
    """A condition on cases, asked of the versions of their documents."""
    asked = Q(_connector=right.connector, _negated=right.negated)
    for child in right.children:
        if isinstance(child, Q):
            asked.children.append(of_case(child))
        else:
            name, value = child  # type: ignore[misc]
            asked.children.append((f"document__case__{name}", value))
    return asked


def _hit(version: DocumentVersion, names: dict[str, str]) -> DocumentHit:
    document, case = version.document, version.document.case
    return DocumentHit(
        document=document_row(document, version, names[document.author]),
        case=case.id,
        case_number=case.number,
        case_title=case.title,
        task_title=case.task.title,
        administration=case.administration_id,
    )


def _after(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise WrongCaseCursor from None
