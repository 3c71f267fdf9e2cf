"""Searching inside documents: one question to the database, with the right to the case in it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, repeat
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
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
# Among so many of the newest, words that many letters have are found at once.
NEWEST = 2_000
# Of a word that hardly any of these has, all hits are taken when they are at most so many.
RARE, FEW = NEWEST // 50, 3_000
# Words in between are looked for in so many more of the newest, then in so many more, and only then in all the rest:
# nobody waits until every letter with such a word has been asked whose it is.
WINDOWS = (10_000, 50_000)
_AT_ONCE = (100, 400, 1_600)  # hits whose cases are asked for in one question; then always as many as the last
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
    found: list[DocumentVersion] = []
    for hits, rest in _hits(asked, last):
        found += _allowed(rows, hits, wanted - len(found))
        if len(found) == wanted or rest is None:
            return found
    # By the moment, which no index is on: none that must open row after row is walked along.
    return found + list(rows.filter(id__lte=rest).order_by("-at", "-id")[: wanted - len(found)])


def _hits(asked: SearchQuery, last: DocumentVersion | None) -> Iterator[tuple[list[UUID], UUID | None]]:
    """Versions with these words, part by part, the newest first, and the newest version not looked at yet."""
    older = DocumentVersion.objects.filter(id__lt=last.id) if last is not None else DocumentVersion.objects.all()
    rest = _nth(older, NEWEST)
    newest = older.filter(words=asked)
    hits = list((newest if rest is None else newest.filter(id__gt=rest)).values_list("id", flat=True))
    yield sorted(hits, reverse=True), rest
    if rest is not None and len(hits) <= RARE:
        few = _by_words(older.filter(words=asked, id__lte=rest)[: FEW + 1])
        if len(few) <= FEW:
            yield few, None
            return
    for size in WINDOWS:
        if rest is None:
            return
        older = older.filter(id__lte=rest)
        rest = _nth(older, size)
        newest = older.filter(words=asked)
        yield _by_words(newest if rest is None else newest.filter(id__gt=rest)), rest


def _nth(older: QuerySet[DocumentVersion], number: int) -> UUID | None:
    """The one after so many of the newest of these; None when there are not so many."""
    return older.order_by("-id").values_list("id", flat=True)[number : number + 1].first()


def _by_words(some: QuerySet[DocumentVersion]) -> list[UUID]:
    """The newest first, found by the index of the words.

    Walking along the keys looks cheaper to the database than it is: unpacking each row's words is not counted.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
        found = sorted(some.values_list("id", flat=True), reverse=True)
        cursor.execute("SET LOCAL enable_indexscan = on")
    return found


def _allowed(rows: QuerySet[DocumentVersion], hits: Sequence[UUID], wanted: int) -> list[DocumentVersion]:
    """The newest of these hits that are among the rows."""
    found: list[DocumentVersion] = []
    first = 0
    for size in chain(_AT_ONCE, repeat(_AT_ONCE[-1])):
        if first >= len(hits) or len(found) == wanted:
            break
        found += rows.filter(id__in=hits[first : first + size])[: wanted - len(found)]
        first += size
    return found


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
