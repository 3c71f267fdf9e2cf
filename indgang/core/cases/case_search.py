"""Finding cases by their number, by words of their title and by the citizens they are about: one statement each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from indgang.core.cases.models import Case
from indgang.core.cases.newest_hits import dividers
from indgang.core.cases.presenting import Listed
from indgang.core.cases.seeing import seen_by, statement
from indgang.foundation.access.values import Viewer

# Among so many of the newest cases titles are looked through first; among so many more where that was not quite enough.
NEWEST = (10_000, 50_000)
# Less than this part of what is wanted among the first, and all there are is asked for at once: the part in between
# would not be enough either.
PART = 6
_LISTED = len(Listed._fields)


def with_number(viewer: Viewer, number: str, at: datetime) -> list[Listed]:
    """The case of a number, where this viewer may see it. Raises NotFound for who is not staff."""
    return [Listed._make(row) for row in _told("case_of_number", {"number": number, **seen_by(viewer, at)})]


def newest_cases(viewer: Viewer, words: str, people: Sequence[UUID], wanted: int, at: datetime) -> list[Listed]:
    """So many of the cases this viewer may see that have the words (as `to_tsquery` reads them) in their title or are
    about one of these citizens, newest first. Raises NotFound for who is not staff."""
    facts = {"words": words, "people": list(people), "wanted": wanted, **seen_by(viewer, at)}
    keys = dividers(Case.objects.all(), NEWEST)
    found = []
    for key in keys or (UUID(int=0),):
        few = 0 if not keys else wanted if key == keys[-1] else max(1, wanted // PART)
        found = _told("search_cases", {**facts, "newest": key, "few": few})
        above = found[0][_LISTED] if found else 0
        if above < few or above >= wanted:
            break
    return [Listed._make(row[:_LISTED]) for row in found]


def _told(name: str, facts: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement(name), facts)
        return list(cursor.fetchall())
