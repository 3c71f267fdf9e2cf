"""What the editors' desk asks of cards beyond one published card: drafts, blanks, a text nobody has saved yet."""

from datetime import date, datetime

from django.db.models import QuerySet

from indgang.core.catalogue import card_files, card_text
from indgang.core.catalogue.card_around import rate_row
from indgang.core.catalogue.card_differences import differences
from indgang.core.catalogue.card_lists import _row
from indgang.core.catalogue.card_names import names_of
from indgang.core.catalogue.card_selectors import _shown
from indgang.core.catalogue.card_values import BlankRow, CardState, CardVersionRow, DiffRow, RateRow
from indgang.core.catalogue.models import Card, CardVersion, Rate
from indgang.core.catalogue.task_cards import task as task_card
from indgang.core.catalogue.values import GuidanceCard


def card_drafts() -> list[tuple[str, str, CardVersionRow]]:
    """Code, title and version of what somebody is still writing, or got back, the oldest first."""
    return _listed(CardVersion.objects.filter(state__in=(CardState.DRAFT, CardState.RETURNED)))


def conflict_versions() -> list[tuple[str, str, CardVersionRow]]:
    """Code, title and version of profiles' files nobody has compared yet with what was written by hand."""
    waiting = Card.objects.exclude(attention="").values("pk")
    return _listed(CardVersion.objects.filter(state=CardState.CONFLICT, task__in=waiting))


def _listed(rows: QuerySet[CardVersion]) -> list[tuple[str, str, CardVersionRow]]:
    found = list(rows.select_related("task").defer("text").order_by("at"))
    names = names_of({one.author for one in found} | {one.reviewer for one in found if one.reviewer})
    return [(one.task_id, one.task.title, _row(one, names)) for one in found]


def card_preview(task: str, text: str, *, language: str = "da", at: datetime) -> GuidanceCard | None:
    """The card a text would be, before anybody saves it. Raises CardFaulty; None where there is no such task."""
    known = task_card(task, language=language)
    if known is None:
        return None
    content = card_files.parse(text, name=f"{task}.md")
    card = Card.objects.filter(task=task).first() or Card(task_id=task)
    kept = CardVersion(task_id=task, number=0, state=CardState.DRAFT, text=card_files.write(content))
    return _shown(known, card, kept, content, False, language, at)


def text_difference(old: str, new: str) -> list[DiffRow]:
    """From one text to another that may be saved nowhere. Raises CardFaulty."""
    return list(differences(card_files.parse(old, name="") if old else None, card_files.parse(new, name="")))


def card_blanks() -> list[BlankRow]:
    """What the municipality must still fill in, card by card, the most first."""
    cards = Card.objects.filter(blanks__gt=0).exclude(published=None).select_related("published", "task")
    rows = [
        BlankRow(one.pk, one.task.title, one.task.administration_id, tuple(card_text.blanks(one.published.text)))
        for one in cards
        if one.published
    ]
    return sorted(rows, key=lambda row: (-len(row.blanks), row.code))


def rates_on(day: date) -> list[RateRow]:
    """Every rate as it is on that day, by its words; unknown amounts among them."""
    found: dict[str, Rate] = {}
    for row in Rate.objects.order_by("label", "code", "valid_from"):
        last = found.get(row.code)
        if last is None or not (last.valid_from <= day and (last.valid_to is None or last.valid_to >= day)):
            found[row.code] = row
    return [rate_row(row, day) for row in found.values()]
