"""Builders for tests of this and other modules."""

import itertools
from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from indgang.core.citizens.models import Business, ContactPoint, Person, Representation, SpecialGroup
from indgang.core.citizens.values import HOME, RepresentationRole, address_keys, normal_mail, normal_phone
from indgang.core.organisation.testing import make_unit
from indgang.foundation.runtime.services import sort_key

_number = itertools.count(1)


def make_person(
    name: str = "Bente Birkelund",
    *,
    cpr: str | None = None,
    mail: str = "",
    phone: str = "",
    street: str = "Lanternens Allé",
    house: str = "4, 2. th",
    postcode: str = "2500",
    city: str = "Valby",
    language: str = "da",
    protected_until: date | None = None,
    provisional: bool = False,
    born: date | None = date(1990, 2, 2),
    household: UUID | None = None,
    municipality: str = HOME,
    interpreter: str = "",
    adviser: int | None = None,
    special_group: str | None = None,
) -> Person:
    """An invented person with a CPR number of their own, born on 2 February 1990."""
    street_key, house_key = address_keys(street, house)
    person = Person.objects.create(
        id=uuid4(),
        cpr=cpr or f"020290{next(_number):04}",
        name=name,
        sort_key=sort_key(name),
        born=born,
        household=household,
        municipality=municipality,
        interpreter=interpreter,
        adviser_id=adviser,
        special_group_id=special_group,
        street_key=street_key,
        house_key=house_key,
        street=street,
        house=house,
        postcode=postcode,
        city=city,
        language=language,
        protected_until=protected_until,
        provisional=provisional,
        invented=True,
    )
    for kind, value in (("mail", normal_mail(mail)), ("phone", normal_phone(phone))):
        if value:
            ContactPoint.objects.create(person=person, kind=kind, value=value)
    return person


def make_special_group(code: str = "homeless", title: str = "Hjemløse", *, unit: str = "RAADGIV") -> SpecialGroup:
    """A group of citizens with special needs and the unit that serves them."""
    place = make_unit(unit, kind="office")
    return SpecialGroup.objects.create(code=code, title=title, title_en=title, unit=place)


def make_representation(
    representative: Person,
    citizen: Person,
    *,
    role: str = RepresentationRole.ATTORNEY,
    scope_tasks: Sequence[str] = (),
    valid_from: date = date(2000, 1, 1),
    valid_to: date | None = None,
) -> Representation:
    """One person who may act for another."""
    return Representation.objects.create(
        representative=representative,
        citizen=citizen,
        role=role,
        scope_tasks=list(scope_tasks),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def make_business(name: str = "Bageriet Bølgen", *, cvr: str = "90000012") -> Business:
    """An invented business; the number is of the block that is given to nobody."""
    return Business.objects.create(id=uuid4(), cvr=cvr, name=name, sort_key=sort_key(name), invented=True)


def forget_people() -> None:
    """Nobody is known."""
    Person.objects.all().delete()
