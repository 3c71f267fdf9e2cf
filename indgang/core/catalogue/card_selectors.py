"""A guidance card as shown, in five statements."""

from collections.abc import Sequence
from datetime import datetime

from indgang.core.catalogue import card_rendering as rendering
from indgang.core.catalogue import errors, guides
from indgang.core.catalogue.card_around import around
from indgang.core.catalogue.card_content import CardContent
from indgang.core.catalogue.card_missing import incomplete
from indgang.core.catalogue.card_values import CardAttributes, CardState
from indgang.core.catalogue.models import Card, CardVersion
from indgang.core.catalogue.task_cards import task as task_card
from indgang.core.catalogue.values import GuidanceCard, GuideState, TaskCard
from indgang.foundation.runtime import clock


def guidance(
    code: str, *, public: bool = False, version: int | None = None, language: str = "da", at: datetime
) -> GuidanceCard | None:
    """The published card of a task, or one version of it for an editor; None where there is none.

    The text is Danish; titles and fixed words are in the language asked for. In public, staff's sections are left out
    and what is not filled in becomes "Spørg os.".
    """
    card = Card.objects.select_related("published").filter(task=code).first()
    if card is None:
        return None
    kept = card.published if version is None or public else _version(code, version)
    task = task_card(code, language=language) if kept else None
    if kept is None or task is None:
        return None
    return _shown(task, card, kept, rendering.content_of(kept.text), public, language, at)


def guide_state(code: str, answers: Sequence[int], *, public: bool = False) -> GuideState:
    """Where the answers lead in the published card's questions. Raises NothingToGuide."""
    card = Card.objects.select_related("published").filter(task=code).first()
    guide = rendering.guide_of(card.published.text, public) if card and card.published else ()
    try:
        if guide:
            return guides.walk(guide, answers)
    except ValueError as wrong:
        raise errors.NothingToGuide from wrong
    raise errors.NothingToGuide


def _version(code: str, number: int) -> CardVersion | None:
    return CardVersion.objects.filter(task=code, number=number).first()


def _shown(
    task: TaskCard, card: Card, kept: CardVersion, content: CardContent, public: bool, language: str, at: datetime
) -> GuidanceCard:
    beside = around(content, clock.local(at).date())
    return GuidanceCard(
        task=task,
        version=kept.number,
        state=CardState(kept.state),
        updated=content.updated,
        reviewed=content.reviewed,
        review_by=content.review_by,
        published_at=kept.published_at,
        sections=rendering.sections_of(kept.text, public),
        attributes=CardAttributes(content.taxable, content.income_dependent, content.wealth_dependent),
        best_channel=content.best_channel,
        best_channel_why=rendering.line(content.best_channel_why, public),
        self_service=content.self_service,
        self_service_why_not=rendering.line(content.self_service_why_not, public),
        materials=content.materials,
        laws=beside.laws(content.laws),
        rates=beside.rates(),
        authority=beside.authority(),
        related=beside.related(language),
        guide=rendering.guide_of(kept.text, public),
        words=content.words + content.weak_words,
        words_en=content.words_en + content.weak_words_en,
        division=beside.division(task),
        owner_today=task.owner_today,
        incomplete=() if public else incomplete(content, card, task.frequent),
        attention="" if public else card.attention,
    )
