"""Searching inside documents: one question to the database, with the right to the case in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from indgang.core.cases.document_excerpts import excerpts, stems_of
from indgang.core.cases.document_presenting import author_names, document_row
from indgang.core.cases.document_values import DocumentHit, DocumentHits
from indgang.core.cases.errors import WrongCaseCursor
from indgang.core.cases.lists import LISTED
from indgang.core.cases.models import DocumentVersion
from indgang.core.cases.newest_hits import newest_with
from indgang.core.cases.rights import visible
from indgang.core.cases.search_words import words_asked
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Viewer

MOST = 100
_READ = ("document__case__task", "document__case__administration")


def search_documents(
    viewer: Viewer, q: str, *, case: UUID | None = None, at: datetime, cursor: str = "", limit: int = 20
) -> DocumentHits:
    """Documents whose title or text has all these words, in the cases this viewer may see, newest first.

    Words are found in all their Danish forms, longer ones by how they begin; a piece of the text is shown around them.
    Everybody whose document is listed stands in the access log before this returns. Raises NotFound, WrongCaseCursor,
    LogUnavailable.
    """
    right = of_case(visible(viewer, at))
    asked = words_asked(q)
    stems = stems_of(q)
    if asked is None or not stems:
        return DocumentHits((), "", searched=False)
    everything, has_words = DocumentVersion.objects.all(), Q(words=asked)
    if cursor:
        everything = everything.filter(id__lt=_last(cursor))
    rows = everything.filter(right, has_words, document__current=F("number"))
    rows = rows.defer("words").select_related(*_READ)
    size = max(1, min(limit, MOST))
    if case is not None:
        found = list(rows.filter(document__case=case).order_by("-id")[: size + 1])
    else:
        found = newest_with(rows, everything, has_words, size + 1, stored=True)
    shown = found[:size]
    _log_shown(viewer, shown, at)
    names = author_names(version.document.author for version in shown)
    pieces = excerpts([version.id for version in shown], stems)
    return DocumentHits(
        tuple(_hit(version, names, pieces.get(version.id, ())) for version in shown),
        str(shown[-1].id) if len(found) > size else "",
    )


def _log_shown(viewer: Viewer, shown: Sequence[DocumentVersion], at: datetime) -> None:
    """A look at everybody a piece of whose documents is shown; LogUnavailable: then nobody's is."""
    cases = (version.document.case for version in shown)
    people = [case.person_id or case.id for case in cases]
    if people:
        access.open_many(viewer, citizens=people, kind="document_excerpt", purpose=LISTED, at=at)


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


def _hit(version: DocumentVersion, names: dict[str, str], excerpt: tuple[tuple[str, bool], ...]) -> DocumentHit:
    document, case = version.document, version.document.case
    return DocumentHit(
        document=document_row(document, version, names[document.author]),
        case=case.id,
        case_number=case.number,
        case_title=case.title,
        task_title=case.task.title,
        administration=case.administration_id,
        administration_name=case.administration.name,
        excerpt=excerpt,
    )


def _last(cursor: str) -> UUID:
    """The last document of the page before."""
    try:
        key = UUID(cursor)
    except ValueError:
        raise WrongCaseCursor from None
    if not DocumentVersion.objects.filter(id=key).exists():
        raise WrongCaseCursor
    return key
