"""Writing down what CPR says about a person: only what differs, and which news that is."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db.models import Q

from indgang.core.citizens.changing import save
from indgang.core.citizens.models import Person, Representation
from indgang.core.citizens.registering import line
from indgang.core.citizens.values import RepresentationRole, address_keys, comes_of_age
from indgang.foundation.registers.values import CprPerson
from indgang.foundation.runtime.services import sort_key

_FOR_EVER = date(9999, 12, 31)  # protection without an end
_MUNICIPALITY = re.compile(r"\d{4}", re.ASCII)
_HOME = ("street", "house", "postcode", "city", "municipality")


def update(row: Person, found: CprPerson, today: date) -> list[str]:
    """Make the person what CPR says they are; the verbs of what is new. The row is locked by the caller."""
    before = {field: getattr(row, field) for field in ("name", "died", "protected_until", *_HOME)}
    was_protected = row.protected_until is not None and row.protected_until >= today
    new = _fields(row, found)
    changed = [field for field, value in new.items() if getattr(row, field) != value]
    moved = any(before[field] != new[field] for field in _HOME)
    for field in changed:
        setattr(row, field, new[field])
    if moved:
        row.household, changed = _household_at(row), [*changed, "household"]
    verbs = ["citizen.moved"] if moved else []
    if row.name != before["name"]:
        verbs.append("citizen.renamed")
    if row.died is not None and before["died"] is None:
        verbs.append("citizen.died")
    is_protected = row.protected_until is not None and row.protected_until >= today
    if is_protected != was_protected:
        verbs.append("citizen.protection_set" if is_protected else "citizen.protection_lifted")
    verbs += _marry(row, found, changed)
    if changed:
        save(row, *changed)
    return verbs


def register_child(parent: Person, child: UUID, found: CprPerson) -> bool:
    """The child is a person here and the parent has custody; False where both were so already."""
    shared = parent.household or uuid4()
    if parent.household is None:
        parent.household = shared
        save(parent, "household")
    row, is_new = Person.objects.get_or_create(
        cpr=found.cpr, defaults={"id": child, "name": line(found.name), "born": found.born, "household": shared}
    )
    if is_new:
        row.invented = parent.invented
        for field, value in _fields(row, found).items():
            setattr(row, field, value)
        row.save()
    born = found.born or row.born
    if born is None or Representation.objects.filter(representative=parent, citizen=row).exists():
        return is_new
    Representation.objects.create(
        representative=parent,
        citizen=row,
        role=RepresentationRole.PARENT,
        valid_from=born,
        valid_to=comes_of_age(born) - timedelta(days=1),
    )
    return True


def _fields(row: Person, found: CprPerson) -> dict[str, object]:
    name = line(found.name)
    street, house = line(found.street)[:120], line(found.house)[:20]
    street_key, house_key = address_keys(street, house)
    fits = _MUNICIPALITY.fullmatch(found.municipality)
    return {
        "name": name,
        "sort_key": sort_key(name)[:200],
        "street": street,
        "house": house,
        "postcode": line(found.postcode)[:4],
        "city": line(found.city)[:60],
        "municipality": found.municipality if fits else row.municipality,
        "street_key": street_key,
        "house_key": house_key,
        "protected_until": (found.protected_until or _FOR_EVER) if found.protected else None,
        "died": found.died,
    }


def _household_at(row: Person) -> UUID | None:
    """Of those who live behind the very same door; who moves in with nobody lives alone."""
    if not row.street:
        return None
    there = Person.objects.filter(
        street_key=row.street_key, house_key=row.house_key, house=row.house, postcode=row.postcode, died=None
    ).exclude(id=row.id)
    others = list(there.order_by("id")[:20])
    shared = next((one.household for one in others if one.household), None)
    if shared is None and others:
        shared = uuid4()
        for one in others:
            one.household = shared
            save(one, "household")
    return shared


def _marry(row: Person, found: CprPerson, changed: list[str]) -> list[str]:
    """The spouse stands with one of the two; a spouse who is unknown here is nobody we can point at."""
    theirs = Person.objects.filter(cpr=found.spouse, provisional=False).first() if found.spouse else None
    now = Person.objects.filter(Q(id=row.spouse_id) | Q(spouse=row)).first()
    if (now.id if now else None) == (theirs.id if theirs else None):
        return []
    for one in Person.objects.select_for_update(of=("self",)).filter(spouse=row):
        one.spouse = None
        save(one, "spouse")
    row.spouse = theirs
    changed.append("spouse")
    return ["citizen.married"] if theirs is not None else ["citizen.divorced"] if found.died is None else []
