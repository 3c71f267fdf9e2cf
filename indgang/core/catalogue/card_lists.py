"""Cards in lists: history, news, what waits for approval, what needs attention, how far each administration is."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from indgang.core.catalogue.card_keeping import latest
from indgang.core.catalogue.card_links import linked_cards
from indgang.core.catalogue.card_names import name_of, names_of
from indgang.core.catalogue.card_rules import fewest_words
from indgang.core.catalogue.card_services import may_approve, owns
from indgang.core.catalogue.card_values import (
    CardDraft,
    CardOrigin,
    CardState,
    CardVersionRow,
    ChangedCard,
    CompletenessRow,
    ReviewRow,
)
from indgang.core.catalogue.models import Card, CardVersion, Interface, Task
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

AHEAD = timedelta(days=30)  # somebody is told so long before a card must be looked at again


def card_versions(code: str) -> list[CardVersionRow]:
    """The card's history, the newest first."""
    rows = list(CardVersion.objects.filter(task=code).order_by("-number").defer("text"))
    names = names_of({one.author for one in rows} | {one.reviewer for one in rows if one.reviewer})
    return [_row(one, names) for one in rows]


def cards_waiting() -> list[tuple[str, str, CardVersionRow]]:
    """Code, title and version of what waits for approval or for its day, the oldest first."""
    states = (CardState.SUBMITTED, CardState.APPROVED)
    rows = list(CardVersion.objects.filter(state__in=states).select_related("task").defer("text").order_by("at"))
    names = names_of({one.author for one in rows} | {one.reviewer for one in rows if one.reviewer})
    return [(one.task_id, one.task.title, _row(one, names)) for one in rows]


def may_approve_card(viewer: Viewer, task: str, version: int, *, at: datetime) -> bool:
    """Whether this viewer may approve that version: of the owner's administration, and neither author nor sender."""
    row = Task.objects.select_related("administration").filter(code=task).first()
    found = CardVersion.objects.filter(task=task, number=version).first()
    return row is not None and found is not None and may_approve(viewer, row, found, at)


def owns_card(viewer: Viewer, task: str, *, at: datetime) -> bool:
    """Whether this viewer answers for the task and may take up an earlier text of its card alone."""
    row = Task.objects.select_related("administration").filter(code=task).first()
    return row is not None and owns(viewer, row, at)


def card_draft(code: str) -> CardDraft:
    """The newest text of a card, whatever its state; number 0 and no text where there is none yet."""
    last = latest(code)
    attention = Card.objects.filter(task=code).values_list("attention", flat=True).first() or ""
    if last is None:
        return CardDraft(code, 0, CardState.DRAFT, "", "", None, attention)
    return CardDraft(code, last.number, last.state, last.text, name_of(last.author), last.at, attention)


def card_files(codes: Iterable[str] | None = None) -> dict[str, str]:
    """The published cards as files: name -> text."""
    cards = Card.objects.exclude(published=None).select_related("published").order_by("task")
    if codes is not None:
        cards = cards.filter(task__in=list(codes))
    return {f"{one.pk}.md": one.published.text for one in cards if one.published}


def card_conflicts() -> list[str]:
    """Cards written on by hand whose file in the profile has changed since, until somebody has looked at them."""
    files = CardVersion.objects.filter(task=OuterRef("pk"), state=CardState.CONFLICT)
    return list(Card.objects.exclude(attention="").filter(Exists(files)).order_by("pk").values_list("pk", flat=True))


def cards_changed(since: datetime, *, groups: Iterable[str] | None = None, at: datetime) -> list[ChangedCard]:
    """What was published after `since`, the newest first; one row per card. `groups`: of these competence groups."""
    rows = CardVersion.objects.filter(state=CardState.PUBLISHED, published_at__gt=since, published_at__lte=at)
    if groups is not None:
        rows = rows.filter(task__group__in=list(groups))
    return [
        ChangedCard(
            one.task_id, one.task.title, one.number, one.published_at or one.at, one.why,
            one.origin != CardOrigin.PROFILE,
        )
        for one in rows.select_related("task").defer("text").order_by("-published_at", "task")
    ]  # fmt: skip


def card_completeness(*, at: datetime | None = None) -> list[CompletenessRow]:
    """How far each administration's cards are, by its name; historic tasks among them."""
    today = clock.local(at or clock.now()).date()
    cards = {one.pk: one for one in Card.objects.exclude(published=None)}
    counts: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    tasks = Task.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today)).select_related("administration")
    for task in tasks:
        count = counts.setdefault(task.administration_id, Counter())
        names[task.administration_id] = task.administration.name
        card = cards.get(task.code)
        if card is None:
            count["without_card"] += 1
            continue
        count["cards"] += 1
        count["reviewed"] += bool(card.reviewed)
        count["blanks"] += card.blanks
        count["overdue"] += card.review_by is not None and card.review_by < today
        count["few_words"] += card.words < fewest_words(task.frequent)
    fields = ("cards", "reviewed", "blanks", "overdue", "without_card", "few_words")
    return [
        CompletenessRow(code, names[code], *(counts[code][field] for field in fields))
        for code in sorted(counts, key=names.__getitem__)
    ]


def cards_to_review(at: datetime, *, administration: str | None = None) -> list[ReviewRow]:
    """Cards that need attention, the most overdue first: review day, conflicts, dead links, laws replaced."""
    today = clock.local(at).date()
    faulty = linked_cards(today)
    for task in _without_owner(at):
        faulty.setdefault(task, []).append(gettext("Enheden, som tager sagen efter os, er lukket"))
    due = Q(review_by__lte=today + AHEAD) | ~Q(attention="") | Q(pk__in=list(faulty))
    cards = Card.objects.filter(due).select_related("task").order_by("review_by", "task")
    if administration:
        cards = cards.filter(task__administration=administration)
    found = []
    for card in cards:
        reasons = [] if card.review_by is None or card.review_by > today + AHEAD else [_due(card.review_by > today)]
        if card.attention:
            reasons.append(card.attention)
        reasons += faulty.get(card.pk, [])
        found.append(ReviewRow(card.pk, card.task.title, card.task.administration_id, card.review_by, tuple(reasons)))
    return found


def _without_owner(at: datetime) -> list[str]:
    """The tasks with a card whose unit, as `closed_owner` reads it, stands no more."""
    standing = {unit.id for unit in organisation.units(at=at)}
    said = dict(Interface.objects.filter(level=3).exclude(unit=None).values_list("task_id", "unit_id"))
    owners = Card.objects.values_list("pk", "task__follow_up_id")
    units = {task: said.get(task, unit) for task, unit in owners}
    return [task for task, unit in units.items() if unit is not None and unit not in standing]


def _due(ahead: bool) -> str:
    return gettext("Skal snart gennemgås igen") if ahead else gettext("Skulle have været gennemgået igen")


def _row(one: CardVersion, names: dict[str, str]) -> CardVersionRow:
    return CardVersionRow(
        one.number, one.state, names[one.author], names.get(one.reviewer, ""), one.why, one.reason, one.at,
        one.publish_on, one.published_at, one.origin,
    )  # fmt: skip
