"""Triage: a citizen's own words looked up in the search and weighed by `ranking`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext, ngettext, override

from indgang.core.catalogue import model_in_use, ranking, vocabulary, words
from indgang.core.catalogue.learned import Judged
from indgang.core.catalogue.ranking import Match, PhraseMatch, Score
from indgang.core.catalogue.values import Decision, Notice, Suggestion, Triage
from indgang.core.catalogue.vocabulary import Concept, Vocabulary
from indgang.foundation.runtime import clock

READ_CHARACTERS = 6000  # of a longer text its beginning tells what it is about
MOST_CONCEPTS = 60
MOST_SENTENCES = 40
MOST_WORDS_SHOWN = 4
ONE_HIT = 0.6079271  # ts_rank of a single word with weight 1
_SQL = (Path(__file__).parent / "sql" / "search_words.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class _LookedUp:
    """What the search makes of a text: no vocabulary while nothing has been loaded."""

    found: Vocabulary | None
    concepts: list[Concept]
    shown: dict[str, Score]


def triage(text: str, *, language: str, at: datetime) -> Triage:
    """The tasks the words may be about, best first, or what to ask, or why none fits. Never fails on any text."""
    looked = _look_up(text, language, at)
    with override(language):
        if looked.found is None:
            return _answer(ranking.Verdict(Decision.ASK, []), None, [], language)
        telling = sum(1 for concept in looked.concepts if concept.says_something)
        judged = _judged(text, looked.found, at)
        if judged.likely:
            mixed = ranking.mix(looked.shown, judged.likely)
            verdict = ranking.decide_mixed(mixed, telling_words=telling, outside=judged.outside)
        else:
            verdict = ranking.decide(looked.shown, telling_words=telling)
        return _answer(verdict, looked.found, looked.concepts, language)


def _judged(text: str, found: Vocabulary, at: datetime) -> Judged:
    """What the trained model says, of what may be shown that day."""
    day = clock.local(at).date()
    said = model_in_use.judge(text[:READ_CHARACTERS])
    shown = {
        target: share
        for target, share in said.likely.items()
        if target.startswith("!") or (target in found.tasks and found.tasks[target].shown_on(day))
    }
    return replace(said, likely=shown)


def by_words(text: str, *, language: str, at: datetime) -> list[tuple[str, float]]:
    """Every target the search alone finds, tasks and notices, with its score, best first."""
    shown = _look_up(text, language, at).shown
    return sorted(((target, score.value) for target, score in shown.items()), key=lambda pair: (-pair[1], pair[0]))


def _look_up(text: str, language: str, at: datetime) -> _LookedUp:
    spoken = words.segments(text[:READ_CHARACTERS])[:MOST_SENTENCES]
    found, meanings = vocabulary.concepts_of(words.unique(word for words_ in spoken for word in words_), language)
    if found is None:
        return _LookedUp(None, [], {})
    concepts = _weightiest(concept for concept in meanings.values() if concept is not None)
    day = clock.local(at).date()
    shown = {
        target: score
        for target, score in _scores(concepts, spoken, found).items()
        if target.startswith("!") or (target in found.tasks and found.tasks[target].shown_on(day))
    }
    return _LookedUp(found, concepts, shown)


def ranked(text: str, *, language: str, at: datetime, limit: int) -> list[Suggestion]:
    """The tasks any of the words lead to, best first, without a judgement whether they are meant."""
    looked = _look_up(text, language, at)
    if looked.found is None:
        return []
    mixed = ranking.mix(looked.shown, _judged(text, looked.found, at).likely)
    scored = [(task, score) for task, score in mixed.items() if not task.startswith("!") and score.value > 0]
    scored.sort(key=lambda pair: (-pair[1].value, -pair[1].raw, pair[0]))
    with override(language):
        return [_suggestion(task, score, looked.found, looked.concepts, language) for task, score in scored[:limit]]


def _weightiest(concepts: Iterable[Concept]) -> list[Concept]:
    return sorted(concepts, key=lambda concept: -concept.weight)[:MOST_CONCEPTS]


def _scores(concepts: Sequence[Concept], spoken: list[list[str]], found: Vocabulary) -> dict[str, Score]:
    number = {concept.word: n for n, concept in enumerate(concepts)}
    sentences = [{number[word] for word in sentence if word in number} for sentence in spoken]
    sentences = [sentence for sentence in sentences if sentence]
    if len(sentences) > 1 and len(concepts) <= ranking.WHOLE_UP_TO:
        sentences.append(set(number.values()))
    options = [
        (n, language, lexeme, sure)
        for n, concept in enumerate(concepts)
        for (language, lexeme), sure in concept.options.items()
    ]
    if not options:
        return {}
    weights = [concept.weight for concept in concepts]
    matches, phrases = _found(options)
    return ranking.scores(weights, sentences, matches, _phrases(phrases, options, found))


def _found(options: list[tuple[int, str, str, float]]) -> tuple[list[Match], list[tuple[str, str, float, list[str]]]]:
    """The lines of sql/search_words.sql: where the words stand, and the phrases that share one."""
    concepts, languages, lexemes, sure = (list(column) for column in zip(*options, strict=True))
    given = {"concepts": concepts, "languages": languages, "lexemes": lexemes, "sure": sure}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"one_hit": ONE_HIT, **given})
        rows = cursor.fetchall()
    matches = [Match(target, concept, strength) for target, concept, strength, *_ in rows if concept is not None]
    return matches, [(target, *phrase) for target, concept, _, *phrase in rows if concept is None]


def _phrases(
    rows: list[tuple[str, str, float, list[str]]], options: list[tuple[int, str, str, float]], found: Vocabulary
) -> list[PhraseMatch]:
    by_lexeme = {(language, lexeme): (n, sure) for n, language, lexeme, sure in options}
    made = []
    for target, language, weight, lexemes in rows:
        rare = {lexeme: found.rarity.get((language, lexeme), 1.0) for lexeme in lexemes}
        shared: dict[int, tuple[float, float]] = {}
        for lexeme in lexemes:
            if (language, lexeme) in by_lexeme:
                n, sure = by_lexeme[language, lexeme]
                shared[n] = (rare[lexeme] + shared.get(n, (0.0, 0.0))[0], sure)
        made.append(PhraseMatch(target, weight, sum(rare.values()), shared))
    return made


def _answer(verdict: ranking.Verdict, found: Vocabulary | None, concepts: list[Concept], language: str) -> Triage:
    suggestions = [
        _suggestion(task, score, found, concepts, language) for task, score in verdict.ranked if found is not None
    ]
    if verdict.decision == Decision.ASK:
        return Triage(Decision.ASK.value, suggestions, _questions(suggestions))
    if verdict.decision == Decision.NONE:
        return Triage(Decision.NONE.value, [], [], _notice(verdict.notice))
    return Triage(Decision.SUGGEST.value, suggestions, [])


def _suggestion(task: str, score: Score, found: Vocabulary, concepts: list[Concept], language: str) -> Suggestion:
    known = found.tasks[task]
    words_hit = [concepts[n] for n in sorted(score.concepts, key=lambda n: -concepts[n].weight)]
    hit = [concept.word for concept in words_hit if concept.says_something] or [each.word for each in words_hit]
    hit = hit[:MOST_WORDS_SHOWN]
    why = ngettext("Passer på ordet {words}.", "Passer på ordene {words}.", len(hit)).format(words=_listed(hit))
    if not hit:
        why = gettext("Ligner det, andre har spurgt om.")
    if known.historic and known.replaced_by:
        why += " " + gettext("Ordningen findes ikke længere. I stedet: {replacement}.").format(
            replacement=known.replaced_by.rstrip(".")
        )
    return Suggestion(task_id=task, title=known.title[language], score=score.value, why=why)


def _listed(hit: list[str]) -> str:
    """The words as one reads them in a sentence."""
    quoted = [gettext("»{word}«").format(word=word) for word in hit]
    if len(quoted) < 2:
        return "".join(quoted)
    return gettext("{first} og {last}").format(first=", ".join(quoted[:-1]), last=quoted[-1])


def _questions(suggestions: list[Suggestion]) -> list[str]:
    if suggestions:
        return [gettext("Handler det om »{title}«?").format(title=each.title) for each in suggestions]
    return [
        gettext("Hvad drejer det sig om? Skriv gerne en hel sætning, for eksempel »jeg er flyttet til en ny adresse«.")
    ]


def _notice(name: str) -> str:
    sentences = {
        Notice.EMERGENCY.value: gettext(
            "Er liv eller helbred i fare, så ring 112 nu. Vi læser ikke beskeder med det samme."
        ),
        Notice.PRIVATE.value: gettext("Det kan kommunen ikke hjælpe med. Det er en privat sag."),
        Notice.OTHER_AUTHORITY.value: gettext(
            "Det er en anden myndigheds opgave. På borger.dk kan du se, hvem der kan hjælpe."
        ),
    }
    return sentences.get(
        name,
        gettext(
            "Vi fandt ingen opgave, der passer. Skriv det med andre ord, eller skriv til os alligevel, så læser vi det."
        ),
    )
