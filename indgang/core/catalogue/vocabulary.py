"""From a citizen's words to the lexemes the catalogue knows: exact, typed without æøå, compound, misspelt, foreign.

What is remembered between calls belongs to one version of the search; the version is kept until somebody changes it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection

from indgang.core.catalogue import words
from indgang.core.catalogue.common_words import WEAK
from indgang.core.catalogue.indexing import COMPOUND_FROM, LANGUAGES
from indgang.core.catalogue.models import SearchVersion, Task, Word
from indgang.foundation.runtime.services import lasting

Lexeme = tuple[str, str]  # language, lexeme

EXACT, VARIANT, COMPOUND, PART, NEAR, FAR = 1.0, 0.95, 0.8, 0.55, 0.85, 0.65
UNKNOWN_WEIGHT = 0.4  # a word nobody has used yet still counts as something that was said
WEAK_WEIGHT = 0.15
MOST_SPELLINGS = 12  # unknown words looked up by spelling in one text
REMEMBERED = 4000
CANDIDATES = 8
RARE_TRIPLES = 6  # a slip of the finger spoils three or four of a word's letter triples
_SPELLING_SQL = """
-- the letter triples of each unknown word, all of them and the few rare ones that lead to candidates
WITH q AS MATERIALIZED (
    SELECT bones, off, string_to_array(grams, '|')::varchar[] AS grams, string_to_array(rare, '|')::varchar[] AS rare
    FROM unnest(%s::text[], %s::int[], %s::text[], %s::text[]) AS given(bones, off, grams, rare)
)
-- per unknown word: the vocabulary's words of nearly its length that share most of its triples
SELECT q.bones, near.language, near.lexeme, near.skeleton
FROM q
CROSS JOIN LATERAL (
    SELECT w.language, w.lexeme, w.skeleton
    FROM catalogue_word w
    WHERE w.trigrams && q.rare
      AND length(w.skeleton) BETWEEN length(q.bones) - q.off AND length(q.bones) + q.off
    ORDER BY (SELECT count(*) FROM unnest(w.trigrams) g WHERE g = ANY (q.grams))::float / cardinality(w.trigrams) DESC,
        w.id
    LIMIT %s
) near
"""


@dataclass(frozen=True)
class Known:
    """What the search must know of a task to show it."""

    title: dict[str, str]
    valid_from: date
    valid_to: date | None
    historic: bool
    replaced_by: str

    def shown_on(self, day: date) -> bool:
        """Whether the task may be suggested: in force, or historic and still asked for."""
        if self.valid_from > day:
            return False
        return self.historic or self.valid_to is None or self.valid_to >= day


@dataclass(frozen=True)
class Concept:
    """One of the citizen's words and what it may mean: (language, lexeme) -> how surely."""

    word: str
    options: dict[Lexeme, float]
    weight: float

    @property
    def says_something(self) -> bool:
        """Whether the word tells what the inquiry is about."""
        return self.word not in WEAK


@dataclass
class Vocabulary:
    """All words of one version of the search."""

    version: UUID
    tasks: dict[str, Known]
    lexemes: dict[str, dict[str, str]] = field(default_factory=lambda: {lang: {} for lang in LANGUAGES})
    bones: dict[str, dict[str, set[str]]] = field(default_factory=lambda: {lang: {} for lang in LANGUAGES})
    rarity: dict[Lexeme, float] = field(default_factory=dict)
    spelled: dict[str, dict[Lexeme, float]] = field(default_factory=dict)
    stems: dict[str, tuple[str, str]] = field(default_factory=dict)  # of words asked for, known or not
    triples: Counter[str] = field(default_factory=Counter)

    def base(self, part: str) -> str | None:
        """The Danish lexeme of a part of a compound, inflected or not."""
        known = self.lexemes["da"]
        return next((known[form] for form in words.uninflected(part) if form in known), None)


_remembered: Vocabulary | None = None


def concepts_of(found: list[str], language: str) -> tuple[Vocabulary | None, dict[str, Concept | None]]:
    """What each word means to the catalogue; None for a stop word. No vocabulary: nothing has been loaded yet."""
    version = search_version() if found else None
    if version is None:
        return None, {}
    vocabulary = _vocabulary(version)
    stems = _stems(found, vocabulary)
    order = _languages(stems, language)
    meanings: dict[str, dict[Lexeme, float] | None] = {
        word: _meaning(word, stems[word], order, vocabulary) for word in found
    }
    unknown = [word for word, options in meanings.items() if options is not None and not options and word not in WEAK]
    for word, options in _spellings(unknown[:MOST_SPELLINGS], vocabulary).items():
        meanings[word] = options or _part(word, vocabulary)
    return vocabulary, {
        word: None if options is None else Concept(word, options, _weight(word, options, vocabulary))
        for word, options in meanings.items()
    }


@lasting("catalogue_searchversion")
def search_version() -> UUID | None:
    """The version of the search as it stands; None while nothing has been loaded."""
    return SearchVersion.objects.values_list("version", flat=True).first()


def _stems(found: list[str], vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """What the stemmers make of each word, in Danish and in English."""
    known = {word: pair for word in found if (pair := vocabulary.stems.get(word)) is not None}
    missing = [word for word in found if word not in known]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT w, COALESCE((ts_lexize('danish_stem', w))[1], ''),"
                " COALESCE((ts_lexize('english_stem', w))[1], '') FROM unnest(%s::text[]) w",
                [missing],
            )
            told = {word: (danish, english) for word, danish, english in cursor.fetchall()}
        if len(vocabulary.stems) > REMEMBERED:
            vocabulary.stems.clear()
        vocabulary.stems.update(told)
        known |= told
    return {word: known[word] for word in found}


def _vocabulary(version: UUID) -> Vocabulary:
    global _remembered
    if _remembered is None or _remembered.version != version:
        _remembered = _read(version)
    return _remembered


def _read(version: UUID) -> Vocabulary:
    fields = ("code", "title", "title_en", "valid_from", "valid_to", "historic", "replaced_by")
    tasks = {
        code: Known({"da": da, "en": en}, start, end, historic, replaced)
        for code, da, en, start, end, historic, replaced in Task.objects.values_list(*fields)
    }
    vocabulary = Vocabulary(version=version, tasks=tasks)
    for word, language, lexeme, skeleton in Word.objects.values_list("word", "language", "lexeme", "skeleton"):
        vocabulary.lexemes[language][word] = lexeme
        vocabulary.triples.update(words.trigrams(skeleton))
        for bones in (skeleton, words.skeleton(lexeme)):
            vocabulary.bones[language].setdefault(bones, set()).add(lexeme)
    used, weak = _uses(), set[Lexeme]()
    scale = math.log((len(tasks) + 1) / 1.5) if tasks else 1.0
    for language in LANGUAGES:
        for word, lexeme in vocabulary.lexemes[language].items():
            if word in WEAK:
                weak.add((language, lexeme))
            often = max(used.get((language, lexeme), 1), 1)
            rare = math.log((len(tasks) + 1) / (often + 0.5)) / scale if scale > 0.3 else 1.0
            vocabulary.rarity[language, lexeme] = min(1.0, max(WEAK_WEIGHT, rare))
    vocabulary.rarity.update(dict.fromkeys(weak, WEAK_WEIGHT))
    return vocabulary


def _uses() -> dict[Lexeme, int]:
    used: dict[Lexeme, int] = defaultdict(int)
    with connection.cursor() as cursor:
        for language in LANGUAGES:
            cursor.execute(
                "SELECT word, ndoc FROM ts_stat(format("
                "'SELECT vector FROM catalogue_searchrow WHERE language = %%L', %s::text), 'abd')",
                [language],
            )
            for lexeme, tasks in cursor.fetchall():
                used[language, lexeme] = tasks
    return used


def _languages(stems: dict[str, tuple[str, str]], language: str) -> list[str]:
    """The stated language first, unless the small words of the text say that it is written in the other."""
    stated = 0 if language == "da" else 1
    small = [sum(1 for pair in stems.values() if not pair[n]) for n in (0, 1)]
    first = 1 - stated if small[1 - stated] > small[stated] else stated
    return [LANGUAGES[first], LANGUAGES[1 - first]]


def _meaning(word: str, stems: tuple[str, str], order: list[str], vocabulary: Vocabulary) -> dict[Lexeme, float] | None:
    own = dict(zip(LANGUAGES, stems, strict=True))
    if not own[order[0]]:
        return None
    bones = words.skeleton(word)
    for language in order:
        lexeme = own[language]
        if (language, lexeme) in vocabulary.rarity:
            return {(language, lexeme): EXACT}
        by_bones = vocabulary.bones[language]
        for form in (bones, words.skeleton(lexeme)):
            if len(form) > 2 and form in by_bones:
                return {(language, other): VARIANT for other in by_bones[form]}
    if len(word) < COMPOUND_FROM:
        return {}
    parts = words.split_compound(word, lambda part: vocabulary.base(part) is not None)
    return {("da", base): COMPOUND for part in parts if (base := vocabulary.base(part))}


def _spellings(unknown: list[str], vocabulary: Vocabulary) -> dict[str, dict[Lexeme, float]]:
    """Each word with the vocabulary's words it is a misspelling of."""
    if len(vocabulary.spelled) > REMEMBERED:
        vocabulary.spelled.clear()
    missing = {word: words.skeleton(word) for word in unknown if word not in vocabulary.spelled}
    near: dict[str, dict[Lexeme, float]] = defaultdict(dict)
    ask = sorted({bones for bones in missing.values() if words.allowed_distance(bones)})
    for bones, language, lexeme, skeleton in _candidates(ask, vocabulary):
        allowed = words.allowed_distance(bones)
        off = words.distance(bones, skeleton, allowed)
        if off <= allowed:
            known = near[bones].get((language, lexeme), 0.0)
            near[bones][language, lexeme] = max(known, NEAR if off <= 1 else FAR)
    for word, bones in missing.items():
        best = max(near[bones].values(), default=0.0)
        vocabulary.spelled[word] = {key: sure for key, sure in near[bones].items() if sure == best}
    return {word: vocabulary.spelled.get(word, {}) for word in unknown}


def _candidates(bones: list[str], vocabulary: Vocabulary) -> Iterable[tuple[str, str, str, str]]:
    triples = [words.trigrams(each) for each in bones]
    rare = [
        sorted((triple for triple in own if vocabulary.triples[triple]), key=vocabulary.triples.__getitem__)
        for own in triples
    ]
    asked = [
        (each, words.allowed_distance(each), "|".join(own), "|".join(few[:RARE_TRIPLES]))
        for each, own, few in zip(bones, triples, rare, strict=True)
        if few
    ]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SPELLING_SQL, [*(list(column) for column in zip(*asked, strict=True)), CANDIDATES])
        return list(cursor.fetchall())


def _part(word: str, vocabulary: Vocabulary) -> dict[Lexeme, float]:
    if len(word) < COMPOUND_FROM:
        return {}
    parts = words.known_end(word, lambda part: vocabulary.base(part) is not None)
    return {("da", lexeme): PART for part in parts if (lexeme := vocabulary.base(part))}


def _weight(word: str, options: dict[Lexeme, float], vocabulary: Vocabulary) -> float:
    if word in WEAK:
        return WEAK_WEIGHT
    return max((vocabulary.rarity[key] for key in options), default=UNKNOWN_WEIGHT)
