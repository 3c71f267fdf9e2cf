"""What the public pages show, put together from the catalogue and the opening hours."""

from dataclasses import dataclass
from datetime import datetime

from indgang.core.catalogue.values import TaskCard
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.errors import UnknownUnit
from indgang.core.organisation.values import Channel, Opening, UnitCard

CONTACT_CENTRE = "KC"
_ICONS = {"family": "persons", "work": "business", "housing": "home", "third_age": "accessibility-new"}


@dataclass(frozen=True)
class Counter:
    """A service centre and whether one can come now."""

    unit: UnitCard
    opening: Opening


@dataclass(frozen=True)
class Channels:
    """The ways to the municipality, with whether they are open now; None where nothing is known."""

    phone: Opening | None
    number: str
    counters: list[Counter]

    @property
    def open_counters(self) -> int:
        """How many centres are open now."""
        return sum(counter.opening.open for counter in self.counters)


def channels(at: datetime) -> Channels:
    """All ways in at this moment."""
    centre = organisation.unit(CONTACT_CENTRE)
    found = [(unit, _opening(unit.code, Channel.COUNTER, at)) for unit in organisation.units("centre", at)]
    return Channels(
        phone=phone_opening(at),
        number=centre.phone if centre else "",
        counters=[Counter(unit, opening) for unit, opening in found if opening is not None],
    )


def phone_opening(at: datetime) -> Opening | None:
    """Whether the contact centre answers the phone now; None in a town that has none."""
    return _opening(CONTACT_CENTRE, Channel.PHONE, at)


def answered_by(card: TaskCard, at: datetime) -> datetime | None:
    """When somebody who writes now has an answer at the latest."""
    try:
        return organisation.add_opening_hours(CONTACT_CENTRE, Channel.MAIL, at, card.answer_hours)
    except UnknownUnit:
        return None


def icon(life_situation: str) -> str:
    """The picture beside a life situation."""
    return _ICONS.get(life_situation, "chevron-right")


def _opening(unit: str, channel: str, at: datetime) -> Opening | None:
    try:
        return organisation.opening(unit, channel, at)
    except UnknownUnit:
        return None
