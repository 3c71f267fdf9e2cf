"""The invented people as outside registers know them: the same generator, by CPR number instead of our ids. Pure."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from uuid import UUID

from indgang.core.citizens.people import InventedPerson, invent
from indgang.core.citizens.values import RepresentationRole
from indgang.foundation.registers.values import TownPerson


def town(count: int, seed: int, protected_until: date) -> Iterator[TownPerson]:
    """So many people; those of a household know each other, guardians know whom they act for."""
    numbers: dict[UUID, str] = {}
    for _, household in groupby(invent(count, seed), key=lambda one: one.household or one.id):
        members = list(household)
        numbers.update((one.id, one.cpr) for one in members)
        for one in members:
            yield _known(one, members, numbers, protected_until)


def _known(
    one: InventedPerson, members: list[InventedPerson], numbers: dict[UUID, str], protected_until: date
) -> TownPerson:
    custody = [tie for member in members for tie in member.bonds.ties if tie.role == RepresentationRole.PARENT]
    wed = [member.cpr for member in members if one.bonds.spouse == member.id or member.bonds.spouse == one.id]
    guarded = [tie.citizen for tie in one.bonds.ties if tie.role == RepresentationRole.GUARDIAN]
    return TownPerson(
        cpr=one.cpr,
        name=one.name,
        born=one.born,
        street=one.street,
        house=one.house,
        postcode=one.postcode,
        city=one.city,
        municipality=one.municipality,
        protected_until=protected_until if one.protected else None,
        spouse=wed[0] if wed else "",
        children=tuple(numbers[tie.citizen] for tie in custody if tie.representative == one.id),
        custodians=tuple(numbers[tie.representative] for tie in custody if tie.citizen == one.id),
        guards=tuple(numbers[person] for person in guarded if person in numbers),
    )
