"""One search over the cards: the task, why it was found, and the section that says it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import SectionHit, TaskCard
from indgang.core.organisation import selectors as organisation
from indgang.foundation.runtime import clock

MOST = 12
FEWEST, BESIDE = 3, 0.35  # shown at least; of the best score, for the others
READ = 6  # cards whose own section is looked for
BY_TEXT_ALONE = 5  # shown where no task's words fit


@dataclass(frozen=True)
class Found:
    """A card the words lead to, and where on it they stand; `excerpt` is safe HTML."""

    task: TaskCard
    why: str
    anchor: str
    section: str
    excerpt: str


def found(words: str, language: str, at: datetime) -> list[Found]:
    """The cards, best first; a task's number leads straight to it."""
    hits = catalogue.search(words, language, MOST, at=at)
    least = BESIDE * max((hit.score for hit in hits), default=0)
    whys = {hit.task_id: hit.why for place, hit in enumerate(hits) if place < FEWEST or hit.score >= least}
    number = words.strip().upper()
    codes = ([number] if number not in whys else []) + list(whys)
    cards = catalogue.cards(codes, language=language)
    known = [cards[code] for code in codes if code in cards]
    sections = catalogue.sections_of(words, [card.code for card in known[:READ]])
    rows = [_found(card, whys.get(card.code, ""), sections.get(card.code)) for card in known]
    return rows or _by_text(words, language)


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


def _found(task: TaskCard, why: str, hit: SectionHit | None) -> Found:
    if hit is None or "<mark>" not in hit.excerpt:
        return Found(task, why, "", "", "")
    return Found(task, why, hit.anchor, hit.section, _excerpt(hit.excerpt))


def _excerpt(html: str) -> SafeString:
    """A piece of a text, with dots where it was cut."""
    words = strip_tags(html).strip()
    before = "" if words[:1].isupper() else "… "
    after = "" if words[-1:] in {".", "!", "?", ""} else " …"
    return mark_safe(f"{before}{html.strip()}{after}")  # noqa: S308 - escaped by who cut it


def _by_text(words: str, language: str) -> list[Found]:
    """Cards whose text holds the words, where nobody thought of them as the task's words."""
    best = {hit.task: hit for hit in reversed(catalogue.search_sections(words, language=language, limit=MOST))}
    cards = catalogue.cards(best, language=language)
    rows = [
        Found(cards[code], "", hit.anchor, hit.section, _excerpt(hit.excerpt))
        for code, hit in sorted(best.items(), key=lambda pair: -pair[1].score)
        if code in cards and strip_tags(hit.excerpt)
    ]
    return rows[:BY_TEXT_ALONE]
