"""Where a search by words begins: keys that part a table's newest rows from all the older ones, and words most have."""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

COUNTED_ANEW = 300.0  # seconds after which a table is counted out again
NONE_ABOVE = UUID(int=(1 << 128) - 1)
_FREQUENT = """
SELECT coalesce(array_agg(word), '{}')
FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) often(word, share)
WHERE schemaname = current_schema() AND tablename = %s AND attname = %s AND share >= %s AND word <> ''
"""

T = TypeVar("T")
_counted: dict[tuple[Any, ...], tuple[float, Any]] = {}


def dividers(model: type[Model], sizes: tuple[int, ...]) -> tuple[UUID, ...]:
    """The keys below which so many of the newest rows end, then so many more, and so on, one for each of the sizes.

    Where the table has fewer rows, a part is empty; nothing stands above `NONE_ABOVE`. Any key parts the rows rightly,
    so they are counted out once in a while only.
    """
    return _now_and_then((model, sizes), lambda: _counted_out(model, sizes))


def frequent_words(model: type[Model], column: str, share: float) -> list[str]:
    """The words that at least such a share of the rows have in a column of words, as the database's statistics know."""
    return _now_and_then((model, column, share), lambda: _frequent(model._meta.db_table, column, share))


def _now_and_then(asked: tuple[Any, ...], count: Callable[[], T]) -> T:
    now = time.monotonic()
    until, answer = _counted.get(asked, (0.0, None))
    if now > until:
        answer = count()
        _counted[asked] = now + COUNTED_ANEW, answer
    found: T = answer
    return found


def _counted_out(model: type[Model], sizes: tuple[int, ...]) -> tuple[UUID, ...]:
    keys: list[UUID] = []
    rows = model._default_manager.order_by("-id").values_list("id", flat=True)
    for size in sizes:
        above = rows.filter(id__lte=keys[-1]) if keys else rows
        key = above[size : size + 1].first()
        keys.append(key or (keys[-1] if keys else NONE_ABOVE))
    return tuple(keys)


def _frequent(table: str, column: str, share: float) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_FREQUENT, [table, column, share])
        [[words]] = cursor.fetchall()
    return list(words)
