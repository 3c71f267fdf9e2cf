"""One search over the cards: the task, why it was found, and the section that says it."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import CardSection, TaskCard
from indgang.core.organisation import selectors as organisation
from indgang.foundation.runtime import clock

MOST = 12
FEWEST, BESIDE = 3, 0.35  # shown at least; of the best score, for the others
READ = 6  # cards whose text is looked through for the section
_ROOT = 5  # letters two words must share at their beginning
_EXCERPT = 180


@dataclass(frozen=True)
class Found:
    """A card the words lead to."""

    task: TaskCard
    why: str
    section: CardSection | None  # the one the words stand in
    excerpt: str


def found(words: str, language: str, at: datetime) -> list[Found]:
    """The cards, best first; a task's number leads straight to it."""
    hits = catalogue.search(words, language, MOST, at=at)
    least = BESIDE * max((hit.score for hit in hits), default=0)
    hits = [hit for place, hit in enumerate(hits) if place < FEWEST or hit.score >= least]
    whys = {hit.task_id: hit.why for hit in hits}
    number = words.strip().upper()
    codes = ([number] if number not in whys else []) + list(whys)
    cards = catalogue.cards(codes, language=language)
    rows = []
    for place, code in enumerate(one for one in codes if one in cards):
        section = _section(code, words, at) if place < READ else None
        rows.append(Found(cards[code], whys.get(code, ""), section, excerpt(section, words) if section else ""))
    return rows


def excerpt(section: CardSection, words: str) -> str:
    """The sentence of the section that holds most of the words, not too long."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", section.text)
    best = max(sentences, key=lambda sentence: _shared(sentence, words), default="")
    best = re.sub(r"^(?:-|\d+\.)\s+", "", best.strip())
    return best if len(best) <= _EXCERPT else best[: _EXCERPT - 1].rstrip() + "…"


def foreign_owners() -> frozenset[str]:
    """The codes of owners that are other authorities."""
    owners = organisation.owners(clock.now()).cards.values()
    return frozenset(card.code for card in owners if card.external)


def day_of(text: str, at: datetime) -> date:
    """A day from an address; today for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.local(at).date()


def _section(code: str, words: str, at: datetime) -> CardSection | None:
    card = catalogue.guidance(code, at=at)
    if card is None:
        return None
    best = max(card.sections, key=lambda section: _shared(f"{section.title} {section.text}", words), default=None)
    return best if best is not None and _shared(f"{best.title} {best.text}", words) else None


def _shared(text: str, words: str) -> int:
    """How many of the words stand in the text, inflected or not."""
    there = {word[:_ROOT] for word in re.findall(r"\w{4,}", text.casefold())}
    return len({word[:_ROOT] for word in re.findall(r"\w{4,}", words.casefold())} & there)
