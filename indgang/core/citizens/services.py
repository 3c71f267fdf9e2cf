"""What one can do with persons."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from indgang.core.citizens import people
from indgang.core.citizens.errors import WrongCpr
from indgang.core.citizens.models import ContactPoint, Person
from indgang.core.citizens.values import normal_cpr, normal_mail, normal_phone
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key, uuid7

MAIL, PHONE = "mail", "phone"
_PROTECTION = timedelta(days=365)  # lapses after a year unless renewed, CPR act s. 28
_BATCH = 5_000
_GENERATOR = system("generator")


@transaction.atomic
def register_provisional(
    name: str, mail: str, phone: str, at: datetime, *, cpr: str = "", viewer: Viewer = _GENERATOR
) -> Person:
    """A person known only by what they said; a CPR number given on the way is kept, never believed. Raises WrongCpr."""
    digits = normal_cpr(cpr) if cpr else None
    if cpr and digits is None:
        raise WrongCpr
    shown = _line(name)
    new: dict[str, object] = {"id": uuid7(at), "name": shown, "sort_key": sort_key(shown), "provisional": True}
    if digits is None:
        person = Person.objects.create(**new)
    else:
        person, is_new = Person.objects.get_or_create(cpr=digits, defaults=new)
        if not is_new:
            return person
    points = [
        ContactPoint(person=person, kind=kind, value=value)
        for kind, value in ((MAIL, normal_mail(mail)), (PHONE, normal_phone(phone)))
        if value
    ]
    ContactPoint.objects.bulk_create(points)
    journal.record(
        "citizen.registered", at=at, viewer_name=viewer.name, subject=person, citizen=person.id,
        data={"provisional": True},
    )  # fmt: skip
    return person


def generate(count: int, seed: int, at: datetime) -> int:
    """Invented people of a demo town (`invented=True`); the same seed again adds only who is missing. How many are new.

    One event sums them up: they are no news about anybody.
    """
    before = Person.objects.count()
    stream = people.invent(count, seed)
    with transaction.atomic():
        while batch := list(islice(stream, _BATCH)):
            _insert(batch, at)
        added = Person.objects.count() - before
        journal.record(
            "citizens.generated", at=at, viewer_name=_GENERATOR.name, subject="citizens.person:invented",
            data={"count": added, "seed": seed},
        )  # fmt: skip
    return added


def _insert(batch: list[people.InventedPerson], at: datetime) -> None:
    until = clock.local(at).date() + _PROTECTION
    Person.objects.bulk_create(
        [
            Person(
                id=one.id, cpr=one.cpr, name=one.name, sort_key=sort_key(one.name)[:200], born=one.born,
                street=one.street, house=one.house, postcode=one.postcode, city=one.city, language=one.language,
                protected_until=until if one.protected else None, invented=True,
            )
            for one in batch
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    kept = set(Person.objects.filter(id__in=[one.id for one in batch]).values_list("id", flat=True))
    ContactPoint.objects.bulk_create(
        [ContactPoint(person_id=key, kind=kind, value=value) for key, kind, value in _points(batch) if key in kept],
        ignore_conflicts=True,
    )


def _points(batch: list[people.InventedPerson]) -> Iterator[tuple[UUID, str, str]]:
    for one in batch:
        if one.mail:
            yield one.id, MAIL, one.mail
        if one.phone:
            yield one.id, PHONE, one.phone


def _line(text: str) -> str:
    """A name in one line the database can hold."""
    whole = text.encode("utf-8", "replace").decode().replace("\x00", "")
    return " ".join(whole.split())[:160]
