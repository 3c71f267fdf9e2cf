"""The usual moments work comes back at: never while one's own unit is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import Channel
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

MORNING = time(8)


@dataclass(frozen=True)
class Usual:
    """A moment one chooses by its name."""

    code: str
    name: str
    at: datetime
    moved: bool  # the unit is closed at the moment of that name; it is when it opens


def usual(viewer: Viewer, at: datetime) -> list[Usual]:
    """In an hour, tomorrow morning, Monday morning."""
    now = clock.local(at)
    today = now.date()
    wanted = [
        ("hour", gettext("om en time"), now + timedelta(hours=1)),
        ("tomorrow", gettext("i morgen kl. 8"), _morning(today + timedelta(days=1))),
        ("monday", gettext("på mandag kl. 8"), _morning(today + timedelta(days=7 - today.weekday()))),
    ]
    card = organisation.unit(viewer.actor.unit) if viewer.actor else None
    found = []
    for code, name, moment in wanted:
        opening = organisation.opening(card.code, Channel.PHONE, moment) if card else None
        opens = opening.opens if opening and not opening.open else None
        found.append(Usual(code, name, opens or moment, opens is not None))
    return found


def by_code(viewer: Viewer, at: datetime) -> Mapping[str, datetime]:
    """The same, to read a form by."""
    return {one.code: one.at for one in usual(viewer, at)}


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, clock.COPENHAGEN)
