"""The newest rows that have some words, without opening every row that has them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import chain, repeat
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

# Among so many of the newest, words that many rows have are found at once where a row keeps its words.
NEWEST = 2_000
# A word that hardly any of these has, or that is not looked for among them, is asked for in one question when its hits
# are at most so many.
RARE, FEW = NEWEST // 50, 3_000
# Words in between are looked for in so many more of the newest, then in so many more, and only then in all the rest:
# nobody waits until every row with such a word has been asked whose it is.
WINDOWS = (10_000, 50_000)
AT_ONCE = (100, 400, 1_600)  # hits whose rights are asked for in one question; then always as many as the last

Row = TypeVar("Row", bound=Model)
Found = TypeVar("Found")


def newest_with(
    rows: QuerySet[Row, Found], everything: QuerySet[Row], words: Q, wanted: int, *, stored: bool
) -> list[Found]:
    """So many of `rows` that have the words, newest (largest key) first; `everything` is what they are part of.

    The right stands in `rows` only, so that it is asked of hits alone. `stored`: a row keeps its words, so that a few
    thousand can be looked through faster than the index of words is asked.
    """
    found: list[Found] = []
    rest: UUID | None = None
    for hits, rest in _parts(everything, words, stored):
        found += _allowed(rows, hits, wanted - len(found))
        if len(found) == wanted:
            return found
        if rest is None:
            break
    else:
        # Not in the order of the keys, or they are walked along and row after row is opened.
        left = rows.filter(words) if rest is None else rows.filter(words, id__lte=rest)
        found += left.order_by(Cast("id", CharField()).desc())[: wanted - len(found)]
    return found


def _parts(everything: QuerySet[Row], words: Q, stored: bool) -> Iterator[tuple[list[UUID], UUID | None]]:
    """Keys of rows with these words, part by part, the newest first, and the newest key not looked at yet.

    Ends before all is looked at when what is left is best asked in one question.
    """
    older, hits = everything, list[UUID]()
    if stored:
        hits, rest = _part(older, words, NEWEST, _sorted)
        yield hits, rest
        if rest is None:
            return
        older = older.filter(id__lte=rest)
    with _without_keys() if stored else nullcontext():  # where all are asked, nothing is in the order of keys
        if len(hits) <= RARE and older.filter(words)[: FEW + 1].count() <= FEW:
            return
    for size in WINDOWS:
        hits, rest = _part(older, words, size, _by_words)
        yield hits, rest
        if rest is None:
            return
        older = older.filter(id__lte=rest)


def _part(
    older: QuerySet[Row], words: Q, size: int, find: Callable[[QuerySet[Row]], list[UUID]]
) -> tuple[list[UUID], UUID | None]:
    """What so many of the newest of these have, and the next one after them."""
    rest = _nth(older, size)
    newest = older.filter(words)
    return find(newest if rest is None else newest.filter(id__gt=rest)), rest


def _nth(older: QuerySet[Row], number: int) -> UUID | None:
    """The one after so many of the newest of these; None when there are not so many."""
    return older.order_by("-id").values_list("id", flat=True)[number : number + 1].first()


def _sorted(some: QuerySet[Row]) -> list[UUID]:
    return sorted(some.values_list("id", flat=True), reverse=True)


def _by_words(some: QuerySet[Row]) -> list[UUID]:
    """The newest first, found by the index of the words.

    Walking along the keys looks cheaper to the database than it is: unpacking each row's words is not counted.
    """
    with _without_keys():
        return _sorted(some)


@contextmanager
def _without_keys() -> Iterator[None]:
    """Questions inside use no index in the order of its keys."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
        yield
        cursor.execute("SET LOCAL enable_indexscan = on")


def _allowed(rows: QuerySet[Row, Found], hits: Sequence[UUID], wanted: int) -> list[Found]:
    """The newest of these hits that are among the rows."""
    found: list[Found] = []
    first = 0
    for size in chain(AT_ONCE, repeat(AT_ONCE[-1])):
        if first >= len(hits) or len(found) == wanted:
            break
        keys = RawSQL("SELECT unnest(%s::uuid[])", [list(hits[first : first + size])])  # one value, however many
        found += rows.filter(id__in=keys).order_by("-id")[: wanted - len(found)]
        first += size
    return found
