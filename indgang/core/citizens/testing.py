"""Builders for tests of this and other modules."""

import itertools
from datetime import date
from uuid import uuid4

from indgang.core.citizens.models import ContactPoint, Person
from indgang.core.citizens.values import normal_mail, normal_phone
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
) -> Person:
    """An invented person with a CPR number of their own, born on 2 February 1990."""
    person = Person.objects.create(
        id=uuid4(),
        cpr=cpr or f"020290{next(_number):04}",
        name=name,
        sort_key=sort_key(name),
        born=date(1990, 2, 2),
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


def forget_people() -> None:
    """Nobody is known."""
    Person.objects.all().delete()
