"""Sections of the cards in which somebody's words stand: the section, the sentence, and the words that were found.

At most `READ_AT_MOST` sections are ranked however many hold the words: ten times as many cards cost little more.
"""

from collections.abc import Sequence
from html import escape

from django.db import connection

from indgang.core.catalogue import vocabulary, words
from indgang.core.catalogue.values import SectionHit
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

_OF_TASKS = """
-- of each of these tasks the section that says most, with a sentence
WITH wanted AS (SELECT %(words)s::tsquery AS q),
best AS (
    SELECT DISTINCT ON (s.task_id) s.task_id, s.anchor, s.title, s.text, ts_rank_cd(s.vector, wanted.q, 1) AS score
    FROM catalogue_cardsection s, wanted
    WHERE s.vector @@ wanted.q AND s.task_id = ANY(%(tasks)s)
    ORDER BY s.task_id, score DESC, s.anchor
)
SELECT best.task_id, t.title, t.title_en, best.anchor, best.title, best.score,
    ts_headline('danish', best.text, wanted.q, %(marked)s)
FROM best JOIN catalogue_task t ON t.code = best.task_id, wanted
"""
_Row = tuple[str, str, str, str, str, float, str]


def search_sections(
    q: str, *, language: str = "da", public: bool = False, task: str = "", limit: int = 10
) -> list[SectionHit]:
    """The sections that hold all telling words of `q`, best first; where none does, those that hold some of them."""
    for asked in _asked(q, language):
        rows = _rows(asked, public, task, limit)
        if rows:
            return [_hit(row, language) for row in rows]
    return []


def sections_of(q: str, tasks: Sequence[str], *, language: str = "da") -> dict[str, SectionHit]:
    """For each of these tasks the section that answers `q` best; a task none of whose sections holds a word is left
    out. Two statements at most, however many tasks."""
    found: dict[str, SectionHit] = {}
    for asked in _asked(q, language):
        left = [task for task in tasks if task not in found]
        if left:
            with connection.cursor() as cursor:
                cursor.execute(_OF_TASKS, {"words": asked, "tasks": left, "marked": _MARKED})
                found |= {row[0]: _hit(row, language) for row in cursor.fetchall()}
    return found


def _asked(q: str, language: str) -> list[str]:
    """All telling words at once, and some of them; nothing where no word tells anything."""
    found, meanings = vocabulary.concepts_of(words.unique(words.tokens(words.normalise(q[:READ_CHARACTERS]))), language)
    if found is None:
        return []
    telling = [concept for concept in meanings.values() if concept is not None and concept.says_something]
    parts = [_any_of(concept) for concept in sorted(telling, key=lambda concept: -concept.weight)[:MOST_WORDS]]
    return list(dict.fromkeys((" & ".join(parts), " | ".join(parts[:SOME_WORDS])))) if parts else []


def _rows(asked: str, public: bool, task: str, limit: int) -> Sequence[_Row]:
    with connection.cursor() as cursor:
        given: dict[str, str | int | bool] = {"words": asked, "public": public, "task": task, "limit": limit}
        cursor.execute(_SQL, given | {"read": READ_AT_MOST, "marked": _MARKED})
        rows: list[_Row] = cursor.fetchall()
    return rows


def _any_of(concept: Concept) -> str:
    """The word as it is, its beginning, or what the catalogue knows it to mean; sections are Danish."""
    known = {lexeme for language, lexeme in concept.options if language == "da"}
    beginning = f"{_quoted(concept.word)}:*" if len(concept.word) >= SHORTEST_BEGINNING else _quoted(concept.word)
    return "(" + " | ".join([beginning, *sorted(_quoted(lexeme) for lexeme in known)]) + ")"


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _hit(row: _Row, language: str) -> SectionHit:
    task, title, title_en, anchor, section, score, text = row
    marked = escape(text).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
    return SectionHit(task, title_en if language == "en" and title_en else title, anchor, section, marked, score)
