"""Sections of the cards in which somebody's words stand: the section, the sentence, and the words that were found.

At most `READ_AT_MOST` sections are ranked however many hold the words: ten times as many cards cost little more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.db import connection

from indgang.core.catalogue import vocabulary, words
from indgang.core.catalogue.vocabulary import Concept

READ_AT_MOST = 300
READ_CHARACTERS = 1000
MOST_WORDS = 5
SOME_WORDS = 3  # the rarest, where no section holds all
SHORTEST_BEGINNING = 4  # letters; a shorter word is looked for whole
_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = f"StartSel={_OPEN}, StopSel={_CLOSE}, MinWords=12, MaxWords=30"
_SQL = """
-- what is asked for; some of the sections that hold it; the best of those, with a sentence
WITH wanted AS (SELECT %(words)s::tsquery AS q),
read AS MATERIALIZED (
    SELECT s.task_id, s.anchor, s.title, s.text, s.vector
    FROM catalogue_cardsection s, wanted
    WHERE s.vector @@ wanted.q AND (s.public OR NOT %(public)s) AND (%(task)s = '' OR s.task_id = %(task)s)
    LIMIT %(read)s
),
best AS (
    SELECT read.*, ts_rank_cd(read.vector, wanted.q, 1) AS score FROM read, wanted
    ORDER BY score DESC, task_id, anchor LIMIT %(limit)s
)
SELECT best.task_id, t.title, t.title_en, best.anchor, best.title, best.score,
    ts_headline('danish', best.text, wanted.q, %(marked)s)
FROM best JOIN catalogue_task t ON t.code = best.task_id, wanted
ORDER BY best.score DESC, best.task_id, best.anchor
"""


@dataclass(frozen=True)
class SectionHit:
    """A section of a card: `excerpt` is safe HTML with the words found in <mark>."""

    task: str
    title: str
    anchor: str
    section: str
    excerpt: str
    score: float


def search_sections(
    q: str, *, language: str = "da", public: bool = False, task: str = "", limit: int = 10
) -> list[SectionHit]:
    """The sections that hold all telling words of `q`, best first; where none does, those that hold some of them."""
    found, meanings = vocabulary.concepts_of(words.unique(words.tokens(words.normalise(q[:READ_CHARACTERS]))), language)
    if found is None:
        return []
    telling = [concept for concept in meanings.values() if concept is not None and concept.says_something]
    telling = sorted(telling, key=lambda concept: -concept.weight)[:MOST_WORDS]
    if not telling:
        return []
    parts = [_any_of(concept) for concept in telling]
    for joined in dict.fromkeys((" & ".join(parts), " | ".join(parts[:SOME_WORDS]))):
        rows = _rows(joined, public, task, limit)
        if rows:
            return [_hit(row, language) for row in rows]
    return []


def _rows(asked: str, public: bool, task: str, limit: int) -> Sequence[tuple[str, str, str, str, str, float, str]]:
    with connection.cursor() as cursor:
        given: dict[str, str | int | bool] = {"words": asked, "public": public, "task": task, "limit": limit}
        cursor.execute(_SQL, given | {"read": READ_AT_MOST, "marked": _MARKED})
        rows: list[tuple[str, str, str, str, str, float, str]] = cursor.fetchall()
    return rows


def _any_of(concept: Concept) -> str:
    """The word as it is, its beginning, or what the catalogue knows it to mean; sections are Danish."""
    known = {lexeme for language, lexeme in concept.options if language == "da"}
    beginning = f"{_quoted(concept.word)}:*" if len(concept.word) >= SHORTEST_BEGINNING else _quoted(concept.word)
    return "(" + " | ".join([beginning, *sorted(_quoted(lexeme) for lexeme in known)]) + ")"


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _hit(row: tuple[str, str, str, str, str, float, str], language: str) -> SectionHit:
    task, title, title_en, anchor, section, score, text = row
    marked = escape(text).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
    return SectionHit(task, title_en if language == "en" and title_en else title, anchor, section, marked, score)
