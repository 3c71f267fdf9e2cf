"""Searching inside documents: one question to the database, with the right to the case in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet

from indgang.core.cases.document_excerpts import excerpts, stems_of
from indgang.core.cases.document_presenting import author_names, document_row
from indgang.core.cases.document_values import DocumentHit, DocumentHits
from indgang.core.cases.errors import WrongCaseCursor
from indgang.core.cases.lists import LISTED
from indgang.core.cases.models import DocumentVersion
from indgang.core.cases.rights import visible
from indgang.core.cases.search_words import words_asked
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Viewer

MOST = 100
# Newest first: words every letter has are found among the newest at once; of others so many hits are looked at for the
# right to their case, then more, then all.
NEWEST = 200
_ALL = 10_000_000
HITS = (3_000, 30_000)
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
    rows = DocumentVersion.objects.filter(right, words=asked, document__current=F("number"))
    rows = rows.defer("words").select_related(*_READ).order_by("-id")
    last = _last(cursor) if cursor else None
    if last is not None:
        rows = rows.filter(id__lt=last.id)
    size = max(1, min(limit, MOST))
    if case is not None:
        found = list(rows.filter(document__case=case)[: size + 1])
    else:
        found = _newest(rows, asked, last, size + 1)
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


def _newest(
    rows: QuerySet[DocumentVersion], asked: SearchQuery, last: DocumentVersion | None, wanted: int
) -> list[DocumentVersion]:
    """The newest of these that are older than the last one shown."""
    everything = DocumentVersion.objects.order_by("-id").values_list("id", flat=True)
    hits = DocumentVersion.objects.filter(words=asked)
    if last is not None:
        everything, hits = everything.filter(id__lt=last.id), hits.filter(at__lte=last.at)
    oldest = everything[NEWEST : NEWEST + 1].first()
    found = list(rows.filter(id__gt=oldest)[:wanted]) if oldest is not None else []
    if len(found) == wanted:
        return found
    for most in HITS:
        # By the moment, which no index is on: the words' index is used, and none that must open row after row.
        some = hits.order_by("-at", "-id").values("id")[:most]
        found = list(rows.filter(id__in=some)[:wanted])
        if len(found) == wanted or hits.order_by()[:most].count() < most:
            return found
    return list(rows.filter(id__in=hits.order_by("-at").values("id")[:_ALL])[:wanted])


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


def _last(cursor: str) -> DocumentVersion:
    """The last document of the page before."""
    try:
        key = UUID(cursor)
    except ValueError:
        raise WrongCaseCursor from None
    found = DocumentVersion.objects.defer("words").filter(id=key).first()
    if found is None:
        raise WrongCaseCursor
    return found
