"""People and units to talk to or to hand work to, found by words; never all of them at once."""

from dataclasses import dataclass
from datetime import datetime

from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.core.contacts.values import ContactPage
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import Channel, EmployeeCard, UnitCard
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import sort_key

MOST = 12


@dataclass(frozen=True)
class Entry:
    """Somebody one can call or hand work to."""

    to: str  # "employee:7", "unit:12" or "group:moving"
    kind: str  # employee, unit or group
    name: str
    about: str
    phone: str
    mail: str
    is_open: bool | None  # None: the question makes no sense
    sentence: str  # "Lukket. Åbner mandag kl. 9.00"
    first: bool = False  # proposed before everybody else


def found(text: str, at: datetime) -> list[Entry]:
    """People and units whose name holds the words; nothing without words."""
    words = text.strip()
    return [*_units(words, at), *_people(words, at)] if len(words) > 1 else []


def receivers(viewer: Viewer, page: ContactPage, text: str, at: datetime) -> list[Entry]:
    """Whom this contact can be handed to: by words, or those it most likely belongs to."""
    words = text.strip()
    if len(words) > 1:
        key = sort_key(words)
        groups = [_group(code, name) for code, name in organisation.groups() if key in sort_key(name)]
        return [*groups, *found(words, at)][: MOST * 2]
    names = dict(organisation.groups())
    adviser = citizens.adviser_of(page.card.person, at) if page.card.person else None
    own = organisation.employee(adviser) if adviser else None
    cards = catalogue.cards([row.code for row in page.tasks]).values()
    likely = dict.fromkeys(card.group for card in cards if card.group in names)
    units = dict.fromkeys(card.follow_up for card in cards if card.follow_up)
    first = [_person(own, first=True)] if own else []
    return [*first, *(_group(code, names[code]) for code in likely), *(_unit(key, at) for key in units)]


def _group(code: str, name: str) -> Entry:
    return Entry(f"group:{code}", "group", name, "", "", "", None, "")


def _unit(unit_id: int, at: datetime) -> Entry:
    card = organisation.unit(unit_id)
    assert card is not None, "a task's follow-up unit is a foreign key"
    return _of_card(card, at)


def _units(words: str, at: datetime) -> list[Entry]:
    key = sort_key(words)
    return [_of_card(card, at) for card in organisation.units(at=at) if key in sort_key(card.name)][:MOST]


def _of_card(card: UnitCard, at: datetime) -> Entry:
    opening = organisation.opening(card.code, Channel.PHONE, at)
    return Entry(
        f"unit:{card.id}", "unit", card.name, card.address, card.phone, card.mail, opening.open, opening.sentence
    )


def _people(words: str, at: datetime) -> list[Entry]:
    return [_person(one) for one in organisation.employees(words, at=at)[:MOST]]


def _person(card: EmployeeCard, *, first: bool = False) -> Entry:
    about = f"{card.title}, {card.unit_name}"
    return Entry(f"employee:{card.id}", "employee", card.name, about, card.phone, card.mail, None, "", first)
