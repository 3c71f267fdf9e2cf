"""Invented people of a demo town, written in bulk."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from indgang.core.citizens import people
from indgang.core.citizens.models import ContactPoint, Person
from indgang.core.citizens.registering import GENERATOR, MAIL, PHONE
from indgang.core.citizens.values import address_keys
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

_PROTECTION = timedelta(days=365)  # lapses after a year unless renewed, CPR act s. 28
_BATCH = 5_000


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
            "citizens.generated", at=at, viewer_name=GENERATOR.name, subject="citizens.person:invented",
            data={"count": added, "seed": seed},
        )  # fmt: skip
    return added


def _insert(batch: list[people.InventedPerson], at: datetime) -> None:
    until = clock.local(at).date() + _PROTECTION
    rows = []
    for one in batch:
        street_key, house_key = address_keys(one.street, one.house)
        rows.append(
            Person(
                id=one.id, cpr=one.cpr, name=one.name, sort_key=sort_key(one.name)[:200], born=one.born,
                street=one.street, house=one.house, postcode=one.postcode, city=one.city, language=one.language,
                street_key=street_key, house_key=house_key,
                protected_until=until if one.protected else None, invented=True,
            )
        )  # fmt: skip
    Person.objects.bulk_create(rows, ignore_conflicts=True)
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
