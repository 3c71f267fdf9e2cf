"""Writing versions of cards: one place where a text becomes the published one, found by the search at once."""

from datetime import datetime

from django.db import connection
from django.db.models import Max

from indgang.core.catalogue import card_rendering, card_text, errors
from indgang.core.catalogue.card_content import BY_ANCHOR, CardContent
from indgang.core.catalogue.card_values import CardState
from indgang.core.catalogue.models import Card, CardSection, CardVersion, Interface, Phrase, Task
from indgang.core.organisation import selectors as organisation
from indgang.foundation.journal import services as journal

WAITING = (CardState.DRAFT, CardState.SUBMITTED, CardState.RETURNED)
_LONGEST_WHY = 300
_SECTION = """
INSERT INTO catalogue_cardsection (task_id, anchor, language, "order", title, text, public, vector)
VALUES (%s, %s, 'da', %s, %s, %s, %s,
    setweight(to_tsvector('danish', %s), 'B') || setweight(to_tsvector('danish', %s), 'C'))
"""


def open_card(task: str) -> Card:
    """The card, locked; made where the task has none yet. Raises TaskNotFound."""
    if not Task.objects.filter(code=task).exists():
        raise errors.TaskNotFound(task=task)
    Card.objects.get_or_create(task_id=task)
    return Card.objects.select_for_update(of=("self",)).select_related("published").get(task=task)


def latest(task: str) -> CardVersion | None:
    """The newest version somebody wrote or loaded; what the profile could not bring is none."""
    rows = CardVersion.objects.filter(task=task).exclude(state=CardState.CONFLICT)
    return rows.order_by("-number").first()


def add_version(card: Card, text: str, *, state: str, origin: str, why: str, author: str, at: datetime) -> CardVersion:
    """The next version; what was waiting before it is superseded by it."""
    number = CardVersion.objects.filter(task=card.pk).aggregate(last=Max("number"))["last"] or 0
    if state != CardState.CONFLICT:
        CardVersion.objects.filter(task=card.pk, state__in=WAITING).update(state=CardState.SUPERSEDED)
    return CardVersion.objects.create(
        task_id=card.pk, number=number + 1, state=state, origin=origin, text=text, why=short(why), author=author, at=at
    )


def publish(card: Card, version: CardVersion, *, viewer_name: str, at: datetime) -> bool:
    """Make this version the one everybody reads; True when its words changed and the search must be made anew."""
    CardVersion.objects.filter(task=card.pk, state=CardState.PUBLISHED).update(state=CardState.SUPERSEDED)
    later = CardVersion.objects.filter(task=card.pk, state=CardState.APPROVED, number__lt=version.number)
    later.update(state=CardState.SUPERSEDED)
    version.state, version.published_at = CardState.PUBLISHED, at
    version.save(update_fields=["state", "published_at", "reviewer", "reviewed_at", "publish_on"])
    content = card_rendering.content_of(version.text)
    changed = _write_phrases(content)
    _write_sections(content)
    card.published, card.attention = version, ""
    card.reviewed, card.review_by = content.reviewed, content.review_by
    card.blanks = len(card_text.blanks(version.text))
    card.words = Phrase.objects.filter(task=card.pk).count()
    card.save(update_fields=["published", "attention", "reviewed", "review_by", "blanks", "words"])
    journal.record(
        "card.published", at=at, viewer_name=viewer_name, subject=version,
        data={"task": card.pk, "version": version.number, "origin": version.origin},
    )  # fmt: skip
    return changed


def closed_owner(task: Task, at: datetime) -> str:
    """The name of the unit that takes the case after us, when it stands no more; else empty.

    It is the one the interfaces table names at level 3, where somebody has set it; otherwise the task's own.
    """
    said = Interface.objects.filter(task=task, level=3).exclude(unit=None).values_list("unit_id", flat=True).first()
    owner = said or task.follow_up_id
    if owner is None or any(unit.id == owner for unit in organisation.units(at=at)):
        return ""
    unit = organisation.unit(owner)
    return unit.name if unit else ""


def rewrite_words() -> None:
    """Every published card's words anew, after other words of the tasks have changed."""
    for card in Card.objects.exclude(published=None).select_related("published"):
        if card.published:
            _write_phrases(card_rendering.content_of(card.published.text))


def short(why: str) -> str:
    """One line of at most 300 signs."""
    return " ".join(why.replace("\x00", "").split())[:_LONGEST_WHY]


def _write_phrases(content: CardContent) -> bool:
    """The card's words, those that stand in phrases.csv left out; whether anything changed."""
    others = Phrase.objects.filter(task=content.task, of_card=False).values_list("language", "text")
    known = {(language, text.casefold()) for language, text in others}
    wanted = {
        (language, text): weight
        for text, language, weight in content.phrases()
        if (language, text.casefold()) not in known
    }
    present = {
        (one.language, one.text): one for one in Phrase.objects.filter(task=content.task, of_card=True).order_by("id")
    }
    gone = [one.pk for key, one in present.items() if wanted.get(key) != one.weight]
    new = [
        Phrase(task_id=content.task, text=text, language=language, weight=weight, of_card=True)
        for (language, text), weight in wanted.items()
        if (language, text) not in present or present[language, text].weight != weight
    ]
    if gone:
        Phrase.objects.filter(pk__in=gone).delete()
    Phrase.objects.bulk_create(new)
    return bool(gone or new)


def _write_sections(content: CardContent) -> None:
    CardSection.objects.filter(task=content.task).delete()
    rows = []
    for order, section in enumerate(content.sections):
        rule, text = BY_ANCHOR[section.anchor], card_rendering.plain(section.text)
        rows.append((content.task, section.anchor, order, rule.title, text, rule.public, rule.title, text))
    with connection.cursor() as cursor:
        cursor.executemany(_SECTION, rows)
