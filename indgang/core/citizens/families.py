"""What invented people are to each other: parents, spouses, helpers; their needs, advisers and firms. Pure.

Drawn from a row of random numbers of its own, household by household, so that it changes no name drawn before. A tie
stands with the one of two who came last: a shorter town never points at somebody who is not there.
"""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from indgang.core.citizens.values import RepresentationRole, comes_of_age, cvr_checks_out

TODAY = date(2026, 3, 1)  # of the town; whoever is a child is so then
_GROWN, _OLD = date(TODAY.year - 18, TODAY.month, 1), date(1950, 1, 1)
_YEAR = timedelta(days=365)
_YOUNGEST_PARENT, _OLDEST_PARENT, _SPOUSES_APART = 18 * _YEAR, 48 * _YEAR, 15 * _YEAR
_INTERPRETER, _SPECIAL, _ADVISER, _HELPER, _GUARDIAN = 0.5, 0.05, 0.6, 0.03, 0.1
_FOREIGN_EVERY = 2_000  # households
_FIRM_EVERY = 100  # people
_MOVING = ("T-076",)
_TRADES = ("Bageriet", "Blomsterhuset", "Boghandelen", "Cykelværkstedet", "Gartneriet", "Snedkeriet", "Systuen")
_SIGNS = ("Bølgen", "Fyrtårnet", "Kometen", "Lærken", "Månen", "Regnbuen", "Stjernen", "Ørnen", "Ålen")


@dataclass(frozen=True)
class Member:
    """Somebody of a household, as drawn."""

    id: UUID
    born: date
    language: str

    @property
    def is_child(self) -> bool:
        return self.born > _GROWN


@dataclass(frozen=True)
class Tie:
    """Somebody who may act for somebody."""

    representative: UUID
    citizen: UUID
    role: str
    scope_tasks: tuple[str, ...]
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Firm:
    """A business that does not exist; its number is of the block beginning with 9, which is given to nobody."""

    id: UUID
    cvr: str
    name: str


@dataclass(frozen=True)
class Bonds:
    """What one of a household is to the others and needs."""

    spouse: UUID | None = None
    interpreter: str = ""
    special: int | None = None  # which of the groups with special needs; 0 is the children's
    adviser: int | None = None  # which of the advisers
    firm: Firm | None = None
    ties: tuple[Tie, ...] = ()


NO_BONDS = Bonds()


@dataclass
class Town:
    """What is remembered from household to household."""

    chance: random.Random
    households: int = 0
    people: int = 0
    foreign_due: bool = True
    old: deque[UUID] = field(default_factory=lambda: deque(maxlen=20))


def first_adult(members: Sequence[Member]) -> tuple[date, date] | None:
    """Between which days the first of a household must be born so that no child is without an adult; None: as drawn."""
    children = [one for one in members[1:] if one.is_child]
    if not members[0].is_child and all(_parents(child, members) for child in children):
        return None
    if not children:
        return date(1950, 1, 2), date(2005, 12, 31)
    oldest = min(child.born for child in children)
    return oldest - 40 * _YEAR, oldest - 22 * _YEAR


def is_foreign(town: Town, size: int) -> bool:
    """Whether this household lives in another municipality: one family of three or more among very many."""
    town.households += 1
    if town.households % _FOREIGN_EVERY == 0:
        town.foreign_due = True
    if town.foreign_due and size > 2:
        town.foreign_due = False
        return True
    return False


def bonds(members: Sequence[Member], town: Town) -> list[Bonds]:
    """What each is to those before them, and what each needs."""
    found = [_bonds(members, place, town) for place in range(len(members))]
    town.old.extend(one.id for one in members if one.born < _OLD)
    return found


def _bonds(members: Sequence[Member], place: int, town: Town) -> Bonds:
    one, before, chance = members[place], members[:place], town.chance
    ties = [*_custody(one, before), *(_help(one, town))]
    special = (0 if one.is_child else chance.randint(1, 999)) if chance.random() < _SPECIAL else None
    town.people += 1
    return Bonds(
        spouse=_spouse(one, before),
        interpreter=one.language if one.language != "da" and chance.random() < _INTERPRETER else "",
        special=special,
        adviser=chance.randint(0, 999) if special is not None and chance.random() < _ADVISER else None,
        firm=_firm(town) if town.people % _FIRM_EVERY == 0 and not one.is_child else None,
        ties=tuple(ties),
    )


def _parents(child: Member, members: Sequence[Member]) -> list[Member]:
    fitting = [m for m in members if _YOUNGEST_PARENT < child.born - m.born < _OLDEST_PARENT and not m.is_child]
    return fitting[:2]


def _custody(one: Member, before: Sequence[Member]) -> list[Tie]:
    pairs = [(parent, one) for parent in _parents(one, before)] if one.is_child else []
    pairs += [
        (one, child)
        for child in before
        if child.is_child and _parents(child, [one]) and len(_parents(child, before)) < 2
    ]
    return [
        Tie(
            parent.id,
            child.id,
            RepresentationRole.PARENT.value,
            (),
            child.born,
            comes_of_age(child.born) - timedelta(days=1),
        )
        for parent, child in pairs
    ]


def _help(one: Member, town: Town) -> list[Tie]:
    """Now and then somebody acts for an old person of another household."""
    chance = town.chance
    if one.is_child or not town.old or chance.random() >= _HELPER:
        return []
    role = RepresentationRole.GUARDIAN if chance.random() < _GUARDIAN else RepresentationRole.ATTORNEY
    tasks = _MOVING if role == RepresentationRole.ATTORNEY and chance.random() < 0.5 else ()
    begun = TODAY - timedelta(days=chance.randint(30, 1500))
    ends = TODAY + timedelta(days=chance.randint(30, 1500)) if chance.random() < 0.5 else None
    return [Tie(one.id, town.old.popleft(), role.value, tasks, begun, ends)]


def _spouse(one: Member, before: Sequence[Member]) -> UUID | None:
    """The first two of an age."""
    if len(before) != 1 or one.is_child or before[0].is_child:
        return None
    return before[0].id if abs(one.born - before[0].born) < _SPOUSES_APART else None


def _firm(town: Town) -> Firm:
    number = 9_000_000 + town.people // _FIRM_EVERY
    fitting = next((digit for digit in range(10) if cvr_checks_out(f"{number}{digit}")), 0)
    name = f"{town.chance.choice(_TRADES)} {town.chance.choice(_SIGNS)}"
    return Firm(UUID(int=town.chance.getrandbits(128), version=4), f"{number}{fitting}", name)
