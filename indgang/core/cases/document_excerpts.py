"""The words around what a search has found, so that one sees which of the documents it is without opening them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from indgang.core.cases.models import DocumentText
from indgang.core.cases.search_words import question

LONGEST_TEXT = 200_000  # characters kept of one file for this; of a longer one the beginning
_BEFORE, _LENGTH = 70, 220  # characters shown before the first word found, and in all
_ENDING = 4  # letters a short word may have more than its stem
_LEXEME = re.compile(r"'((?:[^']|'')+)'(:\*)?")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Stem:
    """A word that was asked for, as the index knows it."""

    text: str
    begins: bool  # longer words that begin like it are found, too


def stems_of(text: str) -> tuple[Stem, ...]:
    """The stems of what somebody types; none when it is empty or only has words that every text has."""
    asked = question(text)
    if not asked:
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsquery('danish', %s)::text", [asked])
        said = str((cursor.fetchone() or ("",))[0])
    return tuple(Stem(text.replace("''", "'"), bool(begins)) for text, begins in _LEXEME.findall(said))


def excerpts(versions: Iterable[UUID], stems: Sequence[Stem]) -> dict[UUID, tuple[tuple[str, bool], ...]]:
    """Of each version a piece of its text as (words, whether they were asked for); of one without such words none."""
    if not stems:
        return {}
    texts = DocumentText.objects.filter(version__in=list(versions)).values_list("version_id", "text")
    wanted = _pattern(stems)
    return {key: piece for key, text in texts if (piece := _excerpt(text, wanted))}


def _pattern(stems: Sequence[Stem]) -> re.Pattern[str]:
    """A Danish stem is how its word begins."""
    ways = (re.escape(one.text) + (r"\w*" if one.begins else rf"\w{{0,{_ENDING}}}(?!\w)") for one in stems)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})", re.IGNORECASE)


def _excerpt(text: str, wanted: re.Pattern[str]) -> tuple[tuple[str, bool], ...]:
    first = wanted.search(text)
    if first is None:
        return ()
    start = max(0, first.start() - _BEFORE)
    start = text.find(" ", start, first.start()) + 1 if start else 0
    start = start or max(0, first.start() - _BEFORE)
    shown = text[start : max(start + _LENGTH, first.end())]
    if start + _LENGTH < len(text):
        cut = shown.rfind(" ")
        shown = f"{shown[:cut] if start + cut >= first.end() else shown} …"
    return tuple(_marked(_SPACES.sub(" ", f"… {shown}" if start else shown), wanted))


def _marked(shown: str, wanted: re.Pattern[str]) -> Iterable[tuple[str, bool]]:
    at = 0
    for hit in wanted.finditer(shown):
        if hit.start() > at:
            yield shown[at : hit.start()], False
        yield hit.group(), True
        at = hit.end()
    if at < len(shown):
        yield shown[at:], False
