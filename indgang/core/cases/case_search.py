"""Finding cases by their number, by words of their title and by the citizens they are about: one statement each."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
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
# Who sees cases for more reasons than these sees most: titles with the words are found, then asked whose they are.
MOST_PLACES = 60
_AT_ONCE = 12  # of these reasons in one look at the index: with more of them each title it finds costs more
_HAVING = "to_tsvector('danish', COALESCE(c.title, '')) @@ to_tsquery('danish', %(words)s)"
_HAVING_OWN = "cases_title_words(c.title, c.task_id, c.unit_id, c.handler_id) @@ %({own})s::tsquery"
_STEM = re.compile(r"'((?:[^']|'')+)'(:\*)?(?:( & | <-> )|$)")


def with_number(viewer: Viewer, number: str, at: datetime) -> list[Listed]:
    """The case of a number, where this viewer may see it. Raises NotFound for who is not staff."""
    facts = {"number": number, **seen_by(viewer, at)}
    return [Listed._make(row) for row in _told(statement("case_of_number"), facts)]


def newest_cases(viewer: Viewer, words: str, people: Sequence[UUID], wanted: int, at: datetime) -> list[Listed]:
    """So many of the cases this viewer may see that have the words (as `to_tsquery` reads them) in their title or are
    about one of these citizens, newest first. Raises NotFound for who is not staff."""
    facts = {"words": words, "people": list(people), "wanted": wanted, **seen_by(viewer, at)}
    having, own = (_HAVING, {}) if people else _having(words, facts)  # the words of a name stand in few titles
    asked = statement("search_cases").replace("{having}", having)
    first, second = dividers(Case, NEWEST)
    parts = {"first": first, "second": second, "few": max(1, wanted // PART), "beside": bool(own)}
    return [Listed._make(row) for row in _told(asked, {**facts, **own, **parts})]


def _having(words: str, facts: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The condition on a title, asked by the index of all titles or by that of tasks, units and handlers."""
    places = [f"t{task}:" for task in facts["informed"]] + [f"u{unit}:" for unit in facts["units"]]
    places.append(f"h{facts['me']}:")
    stems = None if facts["sees_all"] or len(places) > MOST_PLACES else _stems(words)
    if stems is None:
        return _HAVING, {}
    own = {
        f"own{first}": " & ".join(f"({_anywhere(places[first : first + _AT_ONCE], stem)})" for stem in stems[0])
        for first in range(0, len(places), _AT_ONCE)
    }
    having = f"({' OR '.join(_HAVING_OWN.format(own=name) for name in own)})"
    return (having if stems[1] else f"{having} AND ({_HAVING}) IS TRUE"), own


def _anywhere(places: Iterable[str], stem: tuple[str, str]) -> str:
    word, begins = stem
    escaped = (place.replace("\\", "\\\\").replace("'", "''") for place in places)
    return " | ".join(f"'{place}{word}'{begins}" for place in escaped)


@lru_cache(maxsize=1000)
def _stems(words: str) -> tuple[tuple[tuple[str, str], ...], bool] | None:
    """Each word as the index has it, with ":*" where it may go on, and whether they may stand anywhere; None where it
    is more than words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsquery('danish', %s)::text", [words])
        said = str(cursor.fetchone()[0])
    stems = tuple((found[1], found[2] or "") for found in _STEM.finditer(said))
    return None if _STEM.sub("", said) else (stems, "<->" not in said)


def _told(asked: str, facts: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(asked, facts)
        return list(cursor.fetchall())
