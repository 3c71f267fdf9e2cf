"""The newest rows that have some words, without opening every row that has them."""

import time
from collections.abc import Iterator, Sequence
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
# A word that no more than one in so many rows of the first part has is asked for in one question when the rest has at
# most so many of it.
RARE, FEW = 50, 3_000
# A word that so many rows of the first part have, but no more than one in so many, and none that may be shown, is asked
# for in one question too.
SURE, COMMON = 20, 20
# Words in between are looked for in so many more of the newest, then in so many more, and only then in all the rest:
# nobody waits until every row with such a word has been asked whose it is.
WINDOWS = (10_000, 50_000)
COUNTED_ANEW = 300.0  # seconds after which the parts of a table are counted out again
AT_ONCE = (100, 400, 1_600)  # hits whose rights are asked for in one question; then always as many as the last

_counted: dict[tuple[str, tuple[int, ...]], tuple[float, tuple[UUID, ...]]] = {}
Row = TypeVar("Row", bound=Model)
Found = TypeVar("Found")


def newest_with(
    rows: QuerySet[Row, Found], everything: QuerySet[Row], words: Q, wanted: int, *, stored: bool
) -> list[Found]:
    """So many of `rows` that have the words, newest (largest key) first; `everything` is what they are part of.

    The right stands in `rows` only, so that it is asked of hits alone. `stored`: a row keeps its words, so that a few
    thousand can be looked through faster than the index of words is asked.
    """
    sizes = (NEWEST, *WINDOWS) if stored else WINDOWS
    found: list[Found] = []
    older, rest = everything, None
    for size, rest in zip(sizes, chain(dividers(everything, sizes), repeat(None)), strict=False):
        some = older.filter(words) if rest is None else older.filter(words, id__gt=rest)
        hits = _sorted(some) if stored and size == NEWEST else _by_words(some)
        found += _allowed(rows, hits, wanted - len(found))
        if len(found) == wanted or rest is None:
            return found
        older = older.filter(id__lte=rest)
        if size == sizes[0] and (_hardly_seen(hits, found, size) or _are_few(older.filter(words), hits, size, stored)):
            break
    # Not in the order of the keys, or they are walked along and row after row is opened.
    left = rows.filter(words) if rest is None else rows.filter(words, id__lte=rest)
    return found + list(left.order_by(Cast("id", CharField()).desc())[: wanted - len(found)])


def _hardly_seen(hits: Sequence[UUID], found: Sequence[object], size: int) -> bool:
    """Whether these words stand in rows that are not theirs who ask: then all are asked for sooner or later."""
    return not found and SURE <= len(hits) <= size // COMMON


def _are_few(older: QuerySet[Row], hits: Sequence[UUID], size: int, stored: bool) -> bool:
    """Whether the rest is best asked for in one question."""
    if len(hits) > size // RARE:
        return False
    with _without_keys() if stored else nullcontext():  # where all are asked, nothing is in the order of keys
        return older[: FEW + 1].count() <= FEW


def dividers(everything: QuerySet[Row], sizes: tuple[int, ...]) -> tuple[UUID, ...]:
    """The newest key after each part of these sizes, as many as there are.

    Any key divides the rows rightly, so those of the whole table are counted out once in a while only.
    """
    if everything.query.where:
        return tuple(_counted_out(everything, sizes))
    known, now = (everything.model._meta.label, sizes), time.monotonic()
    until, keys = _counted.get(known, (0.0, ()))
    if now > until:
        keys = tuple(_counted_out(everything, sizes))
        _counted[known] = now + COUNTED_ANEW, keys
    return keys


def _counted_out(rows: QuerySet[Row], sizes: tuple[int, ...]) -> Iterator[UUID]:
    for size in sizes:
        rest: UUID | None = rows.order_by("-id").values_list("id", flat=True)[size : size + 1].first()
        if rest is None:
            return
        yield rest
        rows = rows.filter(id__lte=rest)


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
