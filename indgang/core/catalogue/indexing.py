"""Makes the search: one vector per task and language, lexemes per phrase, and the words with their trigrams."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from indgang.core.catalogue import words
from indgang.core.catalogue.models import Phrase, SearchVersion, Task, Word
from indgang.foundation.runtime.services import uuid7

LANGUAGES = ("da", "en")
STEMMERS = {"da": "danish_stem", "en": "english_stem"}
COMPOUND_FROM = 8  # shorter words are rarely compounds worth splitting
MOST_PLACES = 20
_VECTOR = """
INSERT INTO catalogue_searchrow (task_id, language, vector) VALUES (%s, %s, %s::tsvector)
ON CONFLICT (task_id, language) DO UPDATE SET vector = excluded.vector
WHERE catalogue_searchrow.vector <> excluded.vector
"""
_GONE = """
DELETE FROM catalogue_searchrow
WHERE (task_id, language) NOT IN (SELECT * FROM unnest(%(tasks)s::text[], %(languages)s::text[]))
"""
_FORGET = "DELETE FROM catalogue_word WHERE (word, language) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
_LOCK = 724_112  # one search at a time over all processes


@dataclass
class _Page:
    """What one task says in one language: word -> the weight of every place it stands in."""

    weights: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, text: str, weight: str) -> None:
        for word in words.tokens(words.normalise(text)):
            self.weights[word].append(weight)


@dataclass(frozen=True)
class _Said:
    """A phrase as it stands, with its words."""

    id: int
    language: str
    words: list[str]
    lexemes: list[str]


def rebuild(at: datetime) -> int:
    """Make every row of the search anew, write those that changed, and change its version, inside the caller's
    transaction. Returns how many words it knows.

    One card's words are a few rows, but what they change is known only from all: a new word may be a part of others.
    """
    one_at_a_time()
    pages, phrases = _pages()
    vocabulary: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for (_, language), page in pages.items():
        vocabulary[language].update(page.weights)
    for phrase in phrases:
        vocabulary[phrase.language].update(phrase.words)
    stems = {language: stem(vocabulary[language], language) for language in LANGUAGES}
    _write_vectors(pages, stems, vocabulary)
    _write_phrases(phrases, stems)
    count = _write_words(pages, vocabulary, stems)
    SearchVersion.objects.update_or_create(id=1, defaults={"version": uuid7(at)})
    return count


def one_at_a_time() -> None:
    """Wait until nobody else makes the search; from here to the end of the transaction nobody else begins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def stem(found: Iterable[str], language: str) -> dict[str, str]:
    """What PostgreSQL's stemmer makes of each word; "" for a stop word."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w, COALESCE((ts_lexize(%s::regdictionary, w))[1], '') FROM unnest(%s::text[]) w",
            [STEMMERS[language], list(found)],
        )
        return dict(cursor.fetchall())


def _pages() -> tuple[dict[tuple[str, str], _Page], list[_Said]]:
    pages: dict[tuple[str, str], _Page] = defaultdict(_Page)
    for task in Task.objects.all():
        danish, english = pages[task.code, "da"], pages[task.code, "en"]
        danish.add(task.title, "A")
        danish.add(task.name, "B")
        danish.add(task.summary, "C")
        english.add(task.title_en, "A")
        english.add(task.summary_en, "C")
    phrases = []
    columns = ("id", "task_id", "language", "text", "weight", "lexemes")
    for key, task_code, language, text, weight, lexemes in Phrase.objects.values_list(*columns):
        said = _Said(key, language, words.tokens(words.normalise(text)), lexemes)
        phrases.append(said)
        if task_code:
            for word in said.words:
                pages[task_code, language].weights[word].append("A" if weight >= 1 else "B")
    return pages, phrases


def _write_vectors(
    pages: dict[tuple[str, str], _Page], stems: dict[str, dict[str, str]], vocabulary: dict[str, set[str]]
) -> None:
    rows = []
    for (task, language), page in pages.items():
        lexemes: dict[str, list[str]] = defaultdict(list)
        for word, weights in page.weights.items():
            lexemes[stems[language][word]] += weights
            for part in _parts(word, vocabulary[language]):
                lexemes[stems[language][part]].append("D")
        rows.append((task, language, _vector(lexemes)))
    with connection.cursor() as cursor:
        cursor.execute(_GONE, {"tasks": [row[0] for row in rows], "languages": [row[1] for row in rows]})
        cursor.executemany(_VECTOR, rows)


def _vector(lexemes: dict[str, list[str]]) -> str:
    """Each lexeme once for every place it stands in, the weightiest first; ts_rank lets further ones count less."""
    return " ".join(
        f"'{lexeme}':" + ",".join(f"{n}{weight}" for n, weight in enumerate(sorted(weights)[:MOST_PLACES], 1))
        for lexeme, weights in lexemes.items()
        if lexeme
    )


def _parts(word: str, vocabulary: set[str]) -> tuple[str, ...]:
    if len(word) < COMPOUND_FROM:
        return ()
    return words.split_compound(word, lambda part: part in vocabulary and part != word)


def _write_phrases(phrases: list[_Said], stems: dict[str, dict[str, str]]) -> None:
    changed = []
    for phrase in phrases:
        lexemes = words.unique(lexeme for word in phrase.words if (lexeme := stems[phrase.language][word]))
        if phrase.lexemes != lexemes:
            changed.append(Phrase(id=phrase.id, lexemes=lexemes))
    Phrase.objects.bulk_update(changed, ["lexemes"], batch_size=500)


def _write_words(
    pages: dict[tuple[str, str], _Page], vocabulary: dict[str, set[str]], stems: dict[str, dict[str, str]]
) -> int:
    tasks: dict[tuple[str, str], int] = defaultdict(int)
    for (_, language), page in pages.items():
        for word in page.weights:
            tasks[word, language] += 1
    wanted = {}
    for language in LANGUAGES:
        for word in sorted(vocabulary[language]):
            if stems[language][word]:
                shape = words.skeleton(word)
                wanted[word, language] = (stems[language][word], shape, words.trigrams(shape), tasks[word, language])
    columns = ("word", "language", "lexeme", "skeleton", "trigrams", "tasks")
    there = {(word, language): tuple(facts) for word, language, *facts in Word.objects.values_list(*columns)}
    changed = [key for key, facts in wanted.items() if there.get(key) != facts]
    _forget_words([*(there.keys() - wanted.keys()), *changed])
    new = [Word(**dict(zip(columns, (*key, *wanted[key]), strict=True))) for key in changed]
    Word.objects.bulk_create(new, batch_size=1000)
    return len(wanted)


def _forget_words(keys: list[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [[word for word, _ in keys], [language for _, language in keys]])
