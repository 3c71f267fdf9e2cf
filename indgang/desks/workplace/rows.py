"""Rows of long lists: the template of a row is drawn once for each language and kind of row, with a place for every
fact that differs; the facts of each row are then put into their places, escaped."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from unicodedata import normalize

from django.template.loader import render_to_string
from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from indgang.core.contacts.values import ContactRow
from indgang.core.routing.values import ItemRow
from indgang.desks.workplace.case_ways import ANY
from indgang.desks.workplace.templatetags.media import medium_word
from indgang.foundation.runtime import clock

LONGEST = 70  # characters of a title
_PLACE = "\ue000{}\ue001"  # signs no text of ours has, and escaping leaves alone
_CONTACT = ("id", "title", "reference", "inquirer", "channel", "state", "received")
_ITEM = ("contact", "title", "reference", "medium", "state", "agent", "due")


def contact_rows(rows: Iterable[ContactRow]) -> SafeString:
    """The rows of the list of contacts."""
    drawn = _drawn("workplace/parts/contact_row.html", _CONTACT, "", False, get_language())
    return _together(
        _filled(
            drawn,
            id=str(row.id),
            title=short(row.subject or row.reference),
            reference=row.reference,
            inquirer=row.inquirer,
            channel=row.channel_name,
            state=f"{row.state_name}: {row.outcome_name}" if row.outcome_name else row.state_name,
            received=_day(row.received_at, year=True),
        )
        for row in rows
    )


def queue_rows(rows: Iterable[ItemRow]) -> SafeString:
    """The rows of the queue."""
    return _together(_item(row) for row in rows)


def short(text: str) -> str:
    """As much of a title as a row has room for."""
    composed = normalize("NFC", text)
    return composed if len(composed) <= LONGEST else Truncator(composed).chars(LONGEST)


def _item(row: ItemRow) -> str:
    kind = "contact" if row.contact else "case" if row.medium == "case" else "other"
    title = {"contact": row.subject or row.reference, "case": row.subject}.get(kind)
    drawn = _drawn("workplace/parts/queue_row.html", _ITEM, kind, row.overdue, get_language())
    return _filled(
        drawn,
        contact=str(row.contact),
        title=row.subject if title is None else short(title),
        reference=row.reference,
        medium=medium_word(row.medium),
        state=row.state_name,
        agent=row.agent or "",
        due=f"{WEEKDAYS_ABBR[clock.local(row.due_at).weekday()]} {_day(row.due_at, year=False)}",
    )


def _day(moment: datetime, *, year: bool) -> str:
    """ "2. mar 2026 9.30" as the filter "j. b Y H.i" writes it."""
    local = clock.local(moment)
    return f"{local.day}. {MONTHS_3[local.month]} {f'{local.year:04d} ' if year else ''}{local:%H.%M}"


def _filled(drawn: str, **facts: str) -> str:
    return drawn % {name: escape(fact) for name, fact in facts.items()}


def _together(rows: Iterable[str]) -> SafeString:
    return mark_safe("".join(rows))  # noqa: S308 (templates drew them, and every fact is escaped)


@cache
def _drawn(template: str, names: tuple[str, ...], kind: str, overdue: bool, _language: str | None) -> str:
    """The row as a text for `%`."""
    places = {name: _PLACE.format(name) for name in names}
    text = render_to_string(template, {**places, "kind": kind, "overdue": overdue, "any": ANY}).replace("%", "%%")
    for name, place in places.items():
        text = text.replace(place, f"%({name})s")
    return text.replace(ANY, "%(reference)s")
