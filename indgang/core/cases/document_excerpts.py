"""The words around what a search has found, so that one sees which of the documents it is without opening them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Excerpt = tuple[tuple[str, bool], ...]
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


def stems_in(asked: str) -> tuple[Stem, ...]:
    """The stems of a question as the database says it; none when it only has words that every text has."""
    return tuple(Stem(text.replace("''", "'"), bool(begins)) for text, begins in _LEXEME.findall(asked))


def excerpts(texts: Iterable[str | None], stems: Sequence[Stem]) -> list[Excerpt]:
    """Of each text a piece as (words, whether they were asked for); of one without such words, or none, nothing."""
    wanted = _pattern(stems)
    return [_excerpt(text, wanted) if text else () for text in texts]


def _pattern(stems: Sequence[Stem]) -> re.Pattern[str]:
    """A Danish stem is how its word begins."""
    ways = (re.escape(one.text) + (r"\w*" if one.begins else rf"\w{{0,{_ENDING}}}(?!\w)") for one in stems)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})", re.IGNORECASE)


def _excerpt(text: str, wanted: re.Pattern[str]) -> Excerpt:
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
