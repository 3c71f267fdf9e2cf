"""How long one waits for an answer, in words: by net, phone and counter; what is only promised says so."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from indgang.core.catalogue.values import TaskCard
from indgang.core.routing import selectors as routing
from indgang.core.routing.values import WaitRow

_IN_SECONDS = 90  # longer waits are told in minutes
_STEP = 5  # seconds; nobody plans by less


@dataclass(frozen=True)
class Wait:
    """What one can expect, and where that is known from."""

    sentence: str
    source: str


def waits(card: TaskCard, at: datetime) -> dict[str, Wait]:
    """Per medium with something to say about it: what was measured, else what is promised."""
    found = routing.expected_waits(card.code, card.group, at)
    return {medium: told for medium, row in found.items() if (told := _told(row))}


def _told(row: WaitRow) -> Wait | None:
    if row.median is not None and row.most is not None:
        words = gettext("På dette tidspunkt venter halvdelen højst {median} og 8 af 10 højst {most}.")
        return Wait(words.format(median=span(row.median), most=span(row.most)), gettext("Målt de seneste fire uger."))
    if row.promised is None or row.share is None:
        return None
    words = {
        "phone": gettext("Mål: {share} % af opkaldene besvares inden {span}."),
        "counter": gettext("Mål: {share} % kommer til inden {span}."),
    }.get(row.medium, "")
    told = words.format(share=round(row.share * 100), span=span(row.promised))
    return Wait(told, gettext("Den virkelige ventetid er ikke målt endnu.")) if told else None


def span(seconds: int) -> str:
    """So long, rounded up."""
    if seconds < _IN_SECONDS:
        number = max(_STEP, -(-seconds // _STEP) * _STEP)
        return ngettext("{n} sekund", "{n} sekunder", number).format(n=number)
    number = -(-seconds // 60)
    return ngettext("{n} minut", "{n} minutter", number).format(n=number)
