"""What the public pages show, put together from the catalogue and the opening hours."""

from dataclasses import dataclass
from datetime import datetime

from indgang.core.catalogue.values import TaskCard
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.errors import UnknownUnit
from indgang.core.organisation.values import Channel, Opening, UnitCard
from indgang.foundation.runtime.services import sort_key

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

    def counter(self, code: str) -> Counter | None:
        """The centre somebody has chosen, if it still stands."""
        return next((counter for counter in self.counters if counter.unit.code == code), None)


def channels(at: datetime) -> Channels:
    """All ways in at this moment."""
    centre = organisation.unit(CONTACT_CENTRE)
    return Channels(
        phone=phone_opening(at),
        number=centre.phone if centre else "",
        counters=counters(at),
    )


def counters(at: datetime) -> list[Counter]:
    """The municipality's service centres; job centres have an entrance of their own and are none."""
    units = organisation.units("centre", at)
    found = organisation.opening_many([unit.code for unit in units], Channel.COUNTER, at)
    return sorted((Counter(unit, found[unit.code]) for unit in units), key=lambda one: sort_key(one.unit.name))


def phone_opening(at: datetime) -> Opening | None:
    """Whether the contact centre answers the phone now; None in a town that has none."""
    return organisation.opening_many([CONTACT_CENTRE], Channel.PHONE, at).get(CONTACT_CENTRE)


def answered_by(card: TaskCard, at: datetime) -> datetime | None:
    """When somebody who writes now has an answer at the latest."""
    try:
        return organisation.add_opening_hours(CONTACT_CENTRE, Channel.MAIL, at, card.answer_hours)
    except UnknownUnit:
        return None


def icon(life_situation: str) -> str:
    """The picture beside a life situation."""
    return _ICONS.get(life_situation, "chevron-right")
