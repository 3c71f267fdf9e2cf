"""Makes the search: one vector per task and language, lexemes per phrase, and the words with their trigrams."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from indgang.core.catalogue import words
from indgang.core.catalogue.models import Phrase, SearchRow, SearchVersion, Task, Word
from indgang.foundation.runtime.services import uuid7

LANGUAGES = ("da", "en")
STEMMERS = {"da": "danish_stem", "en": "english_stem"}
COMPOUND_FROM = 8  # shorter words are rarely compounds worth splitting
MOST_PLACES = 20
_LOCK = 724_112  # one search at a time over all processes


@dataclass
class _Page:
    """What one task says in one language: word -> the weight of every place it stands in."""

    weights: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, text: str, weight: str) -> None:
        for word in words.tokens(words.normalise(text)):
            self.weights[word].append(weight)


def rebuild(at: datetime) -> int:
    """Write every row of the search again and change its version, inside the caller's transaction."""
    one_at_a_time()
    pages, phrases = _pages()
    vocabulary: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for (_, language), page in pages.items():
        vocabulary[language].update(page.weights)
    for phrase in phrases:
        vocabulary[phrase.language].update(words.tokens(words.normalise(phrase.text)))
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


def _pages() -> tuple[dict[tuple[str, str], _Page], list[Phrase]]:
    pages: dict[tuple[str, str], _Page] = defaultdict(_Page)
    for task in Task.objects.all():
        danish, english = pages[task.code, "da"], pages[task.code, "en"]
        danish.add(task.title, "A")
        danish.add(task.name, "B")
        danish.add(task.summary, "C")
        english.add(task.title_en, "A")
        english.add(task.summary_en, "C")
    phrases = list(Phrase.objects.all())
    for phrase in phrases:
        if phrase.task_id:
            pages[phrase.task_id, phrase.language].add(phrase.text, "A" if phrase.weight >= 1 else "B")
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
    SearchRow.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalogue_searchrow (task_id, language, vector) VALUES (%s, %s, %s::tsvector)", rows
        )


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


def _write_phrases(phrases: list[Phrase], stems: dict[str, dict[str, str]]) -> None:
    changed = []
    for phrase in phrases:
        found = (stems[phrase.language][word] for word in words.tokens(words.normalise(phrase.text)))
        lexemes = words.unique(lexeme for lexeme in found if lexeme)
        if phrase.lexemes != lexemes:
            phrase.lexemes = lexemes
            changed.append(phrase)
    Phrase.objects.bulk_update(changed, ["lexemes"], batch_size=500)


def _write_words(
    pages: dict[tuple[str, str], _Page], vocabulary: dict[str, set[str]], stems: dict[str, dict[str, str]]
) -> int:
    tasks: dict[tuple[str, str], int] = defaultdict(int)
    for (_, language), page in pages.items():
        for word in page.weights:
            tasks[word, language] += 1
    rows = [
        Word(
            word=word,
            language=language,
            lexeme=stems[language][word],
            skeleton=words.skeleton(word),
            trigrams=words.trigrams(words.skeleton(word)),
            tasks=tasks[word, language],
        )
        for language in LANGUAGES
        for word in sorted(vocabulary[language])
        if stems[language][word]
    ]
    Word.objects.all().delete()
    Word.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
