"""Invented people of a demo town, written in bulk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from indgang.core.citizens import people, register_town
from indgang.core.citizens.models import (
    Business,
    BusinessContact,
    ContactPoint,
    Person,
    Representation,
    SpecialGroup,
)
from indgang.core.citizens.registering import GENERATOR, MAIL, PHONE
from indgang.core.citizens.values import address_keys
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Role
from indgang.foundation.journal import services as journal
from indgang.foundation.registers import services as registers
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

_PROTECTION = timedelta(days=365)  # lapses after a year unless renewed, CPR act s. 28
_BATCH = 5_000
_KNOWN = "SELECT id, cpr FROM citizens_person WHERE id = ANY(%(ids)s) OR cpr = ANY(%(numbers)s)"
_PERSON = (
    "id", "cpr", "name", "sort_key", "born", "street", "house", "postcode", "city", "street_key", "house_key",
    "municipality", "language", "interpreter", "household", "spouse_id", "special_group_id", "adviser_id",
    "protected_until", "provisional", "invented", "version",
)  # fmt: skip


@dataclass(frozen=True)
class _Town:
    """What invented people are given of the municipality's own rows; nothing where there is no profile."""

    groups: list[str]
    advisers: list[int]
    protected_until: date
    absent: set[UUID] = field(default_factory=set)  # whose CPR number somebody else has


def generate(count: int, seed: int, at: datetime) -> int:
    """Invented people of a demo town (`invented=True`); the same seed again adds only who is missing. How many are new.

    One event sums them up: they are no news about anybody.
    """
    before = Person.objects.count()
    stream = people.invent(count, seed)
    town = _Town(
        groups=list(
            SpecialGroup.objects.filter(valid_to=None).order_by("order", "code").values_list("code", flat=True)
        ),
        advisers=sorted(one.employee for one in organisation.agent_facts(None, at) if Role.ADVISER in one.roles),
        protected_until=clock.local(at).date() + _PROTECTION,
    )
    with transaction.atomic():
        while batch := list(islice(stream, _BATCH)):
            _insert(batch, town)
        added = Person.objects.count() - before
        journal.record(
            "citizens.generated", at=at, viewer_name=GENERATOR.name, subject="citizens.person:invented",
            data={"count": added, "seed": seed},
        )  # fmt: skip
    return added


def fill_registers(count: int, seed: int, at: datetime) -> int:
    """Let the simulated registers of a demo know the same invented people; how many are new there."""
    return registers.fill(register_town.town(count, seed, clock.local(at).date() + _PROTECTION))


def _insert(batch: list[people.InventedPerson], town: _Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"ids": [one.id for one in batch], "numbers": [one.cpr for one in batch]})
        taken = {value for row in cursor.fetchall() for value in row}
    new = [one for one in batch if one.id not in taken and one.cpr not in taken]
    town.absent.update(one.id for one in batch if one.id not in taken and one.cpr in taken)
    _copy(Person, _PERSON, (_row(one, town) for one in new))
    _copy(ContactPoint, ("person_id", "kind", "value"), _points(new))
    _insert_ties(new, town.absent)
    _insert_firms(new)


def _copy(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    """Hundreds of thousands of rows go in several times faster than by INSERT."""
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(order) as copy:
        for row in rows:
            copy.write_row(row)


def _row(one: people.InventedPerson, town: _Town) -> tuple[object, ...]:
    street_key, house_key = _address_keys(one.street, one.house)
    bonds = one.bonds
    return (
        one.id, one.cpr, one.name, _name_key(one.name), one.born, one.street, one.house, one.postcode, one.city,
        street_key, house_key, one.municipality, one.language, bonds.interpreter, one.household,
        None if bonds.spouse in town.absent else bonds.spouse, _group(bonds.special, town.groups),
        _chosen(bonds.adviser, town.advisers),
        town.protected_until if one.protected else None, False, True, 1,
    )  # fmt: skip


def _name_key(name: str) -> str:
    """The words of invented names are few."""
    return "0".join(map(_word_key, name.split()))[:200]


_word_key = lru_cache(maxsize=10_000)(sort_key)


@lru_cache(maxsize=100_000)
def _address_keys(street: str, house: str) -> tuple[str, str]:
    return address_keys(street, house)


def _insert_ties(new: list[people.InventedPerson], absent: set[UUID]) -> None:
    columns = ("representative_id", "citizen_id", "role", "scope_tasks", "valid_from", "valid_to", "version")
    rows = (
        (tie.representative, tie.citizen, tie.role, list(tie.scope_tasks), tie.valid_from, tie.valid_to, 1)
        for one in new
        for tie in one.bonds.ties
        if absent.isdisjoint((tie.representative, tie.citizen))
    )
    _copy(Representation, columns, rows)


def _insert_firms(new: list[people.InventedPerson]) -> None:
    """Businesses with their owners as contact persons."""
    owners = [(one, one.bonds.firm) for one in new if one.bonds.firm is not None]
    Business.objects.bulk_create(
        [
            Business(
                id=firm.id, cvr=firm.cvr, name=firm.name, sort_key=sort_key(firm.name), street=one.street,
                house=one.house, postcode=one.postcode, city=one.city, phone=one.phone,
                mail=f"firma.{firm.cvr}@virksomhed.example", invented=True,
            )
            for one, firm in owners
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    kept = set(Business.objects.filter(id__in=[firm.id for _, firm in owners]).values_list("id", flat=True))
    BusinessContact.objects.bulk_create(
        [
            BusinessContact(
                business_id=firm.id, person_id=one.id, name=one.name, title="Indehaver", phone=one.phone, mail=one.mail
            )
            for one, firm in owners
            if firm.id in kept
        ]
    )


def _points(batch: Iterable[people.InventedPerson]) -> Iterator[tuple[UUID, str, str]]:
    for one in batch:
        if one.mail:
            yield one.id, MAIL, one.mail
        if one.phone:
            yield one.id, PHONE, one.phone


def _group(drawn: int | None, groups: list[str]) -> str | None:
    """The first group is the children's."""
    if drawn is None or len(groups) < 2:
        return None
    return groups[0] if drawn == 0 else groups[1 + drawn % (len(groups) - 1)]


def _chosen(drawn: int | None, advisers: list[int]) -> int | None:
    return None if drawn is None or not advisers else advisers[drawn % len(advisers)]
