"""The pure part of triage: from matched words to scores, from scores to a decision. No database, no Django, no clock.

A task's evidence is what its words and its best phrase say about one sentence of the text, scaled down by what the
sentence says besides. A text about two things is judged sentence by sentence, so both are found.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indgang.core.catalogue.values import Decision

BAG, PHRASE = 0.6, 0.8  # what loose words and a whole phrase count for
BARE, COVERED = 0.4, 0.6  # evidence counts from 0.4 (much else is said) to 1 (it is all that is said)
ECHO = 0.2  # what further sentences add
SUGGEST_FROM = 0.3  # below, nothing is suggested as an answer
ASK_FROM = 0.18  # below, nothing in the catalogue fits
SHOWN_BESIDE = 0.4  # of the best score; weaker ones are not worth reading
EQUAL = 0.9  # of the best score
FEW_WORDS = 2
NEARLY_WHOLE = 0.75  # of a phrase's words, by rarity, must be said before it leads out of the catalogue
MOST = 5
# An emergency wins even when a task is a little likelier; the others only when they are the likeliest and clear.
_NOTICES = (("emergency", 0.25, 0.3), ("private", 0.45, 1.0), ("other_authority", 0.45, 1.0))
WHOLE_UP_TO = 25  # words; a longer text is judged by its sentences only
# Beside a trained model (`learned`): its share, and what the mixed likelihoods mean.
LEARNED = 0.7
COMPARED = 8  # the best so many by words share their part of the likelihood
WORTH_MIXING = 0.005
LEADS_OUT = {"emergency": (0.25, 0.0), "private": (0.35, 1.0), "other_authority": (0.35, 1.0)}  # at least; of the best
UNCLEAR = "!unclear"
OUTSIDE_FROM = -0.4  # from here on what is no task fits nearly as well as the likeliest task
LIKELY_FROM = 0.12  # below, nothing is suggested as an answer
ALONE_FROM = 0.3  # the same where a single word says anything at all
SHOWN_FROM = 0.03


@dataclass(frozen=True)
class Match:
    """A task one of the words stands in: how surely the word is meant times how prominently it stands (0 to 1.64)."""

    task: str
    concept: int
    strength: float


@dataclass(frozen=True)
class PhraseMatch:
    """A phrase that shares words with the text. `target` is a task, or a notice with "!" before it."""

    target: str
    weight: float
    total: float  # the rarity of all its words together
    shared: dict[int, tuple[float, float]]  # concept -> (rarity of the phrase's word, how surely it is meant)


@dataclass
class Score:
    """How well one target fits, and the words that say so."""

    raw: float = 0.0
    concepts: set[int] = field(default_factory=set)
    mixed: float | None = None  # the likelihood beside a trained model

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return round(1 - math.exp(-self.raw) if self.mixed is None else self.mixed, 3)


def scores(
    weights: Sequence[float], sentences: Sequence[set[int]], matches: Iterable[Match], phrases: Iterable[PhraseMatch]
) -> dict[str, Score]:
    """Every target's score over the sentences; `weights` holds the rarity of each concept."""
    bags: dict[str, dict[int, float]] = {}
    for match in matches:
        bag = bags.setdefault(match.task, {})
        bag[match.concept] = max(bag.get(match.concept, 0.0), match.strength)
    said: dict[str, list[PhraseMatch]] = {}
    for phrase in phrases:
        if phrase.target.startswith("!"):
            if _share(phrase) < NEARLY_WHOLE:
                continue  # a single word of "det brænder" is no fire
            bag = bags.setdefault(phrase.target, {})
            for concept, (_, sure) in phrase.shared.items():
                bag[concept] = max(bag.get(concept, 0.0), sure * min(1.0, phrase.weight))
        said.setdefault(phrase.target, []).append(phrase)
    return {target: _over_sentences(weights, sentences, bag, said.get(target, ())) for target, bag in bags.items()}


def _over_sentences(
    weights: Sequence[float], sentences: Sequence[set[int]], bag: dict[int, float], phrases: Sequence[PhraseMatch]
) -> Score:
    found = [_in_sentence(weights, sentence, bag, phrases) for sentence in sentences]
    found = sorted((score for score in found if score.raw > 0), key=lambda score: -score.raw)
    if not found:
        return Score()
    further = sum(score.raw for score in found[1:4])
    return Score(raw=found[0].raw + ECHO * further, concepts=found[0].concepts)


def _in_sentence(
    weights: Sequence[float], sentence: set[int], bag: dict[int, float], phrases: Sequence[PhraseMatch]
) -> Score:
    hit = sentence & bag.keys()
    if not hit:
        return Score()
    total = sum(weights[concept] for concept in sentence)
    words = sum(weights[concept] * bag[concept] for concept in hit)
    phrase = max((_phrase(phrase, sentence) for phrase in phrases), default=0.0)
    evidence = BAG * words + PHRASE * phrase
    return Score(raw=evidence * (BARE + COVERED * min(1.0, words / total)), concepts=hit)


def _phrase(phrase: PhraseMatch, sentence: set[int]) -> float:
    shared = sum(rare * sure for concept, (rare, sure) in phrase.shared.items() if concept in sentence)
    part = min(1.0, shared / phrase.total) if phrase.total else 0.0
    return phrase.weight * shared * part * math.sqrt(part)


def _share(phrase: PhraseMatch) -> float:
    """How much of the phrase the text says, by rarity; 1 is all of it."""
    return sum(rare * sure for rare, sure in phrase.shared.values()) / phrase.total if phrase.total else 0.0


@dataclass(frozen=True)
class Verdict:
    """What to do with the scores."""

    decision: Decision
    ranked: list[tuple[str, Score]]
    notice: str = ""


def mix(found: Mapping[str, Score], likely: Mapping[str, float]) -> dict[str, Score]:
    """What the words say and what the model has learned, as likelihoods; as it was without a model."""
    if not likely:
        return dict(found)
    total = sum(sorted((score.value for score in found.values()), reverse=True)[:COMPARED]) or 1.0
    targets = found.keys() | {target for target, share in likely.items() if share >= WORTH_MIXING}
    return {
        target: replace(
            found.get(target, Score()),
            mixed=LEARNED * likely.get(target, 0.0)
            + (1 - LEARNED) * (found[target].value / total if target in found else 0.0),
        )
        for target in targets
    }


def decide_mixed(found: Mapping[str, Score], *, telling_words: int, outside: float) -> Verdict:
    """As `decide`, over likelihoods: the model also knows what is unclear and what is none of our business.

    `outside` is how much better the text fits what is no task than the likeliest task.
    """
    tasks = sorted(
        ((target, score) for target, score in found.items() if not target.startswith("!")),
        key=lambda pair: (-pair[1].value, pair[0]),
    )
    best = tasks[0][1].value if tasks else 0.0
    for name, (at_least, of_best) in LEADS_OUT.items():
        share = found["!" + name].value if "!" + name in found else 0.0
        if share >= max(at_least, of_best * best):
            return Verdict(Decision.NONE, [], name)
    ranked = [(task, score) for task, score in tasks[:MOST] if score.value >= SHOWN_FROM]
    unclear = found[UNCLEAR].value if UNCLEAR in found else 0.0
    if telling_words == 0:
        return Verdict(Decision.ASK, [])
    if unclear > best or outside >= OUTSIDE_FROM or best < (ALONE_FROM if telling_words < FEW_WORDS else LIKELY_FROM):
        return Verdict(Decision.ASK, ranked[:3])
    return Verdict(Decision.SUGGEST, ranked)


def decide(found: dict[str, Score], *, telling_words: int) -> Verdict:
    """Suggest, ask or none; an emergency goes before everything it is nearly as likely as."""
    tasks = sorted(
        ((target, score) for target, score in found.items() if not target.startswith("!")),
        key=lambda pair: (-pair[1].raw, pair[0]),
    )
    best = tasks[0][1].value if tasks else 0.0
    notice = _notice(found, best)
    if notice:
        return Verdict(Decision.NONE, [], notice)
    ranked = [(task, score) for task, score in tasks[:MOST] if score.value >= max(ASK_FROM, SHOWN_BESIDE * best)]
    if telling_words == 0:
        return Verdict(Decision.ASK, [])
    if best < ASK_FROM:
        return Verdict(Decision.NONE, [])
    if best < SUGGEST_FROM:
        return Verdict(Decision.ASK if telling_words <= FEW_WORDS else Decision.NONE, ranked)
    equal = [task for task, score in ranked if score.value >= EQUAL * best]
    if len(equal) > 1 and telling_words < FEW_WORDS:
        return Verdict(Decision.ASK, ranked)
    return Verdict(Decision.SUGGEST, ranked)


def _notice(found: dict[str, Score], best: float) -> str:
    for name, sure, at_least in _NOTICES:
        score = found.get("!" + name)
        if score is not None and score.value >= sure and score.value >= at_least * best:
            return name
    return ""
