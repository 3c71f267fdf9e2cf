"""Persons who become known, how they are reached, and what serving them takes."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.core.citizens import errors
from indgang.core.citizens.changing import locked, require_worker, save
from indgang.core.citizens.models import ContactPoint, Person, SpecialGroup
from indgang.core.citizens.values import HOME, address_keys, normal_cpr, normal_mail, normal_phone
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import sort_key, uuid7

MAIL, PHONE = "mail", "phone"
GENERATOR = system("generator")
_MOST_POINTS = 10
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MUNICIPALITY = re.compile(r"\d{4}", re.ASCII)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@transaction.atomic
def register_provisional(
    name: str,
    mail: str,
    phone: str,
    at: datetime,
    *,
    cpr: str = "",
    municipality: str = HOME,
    viewer: Viewer = GENERATOR,
) -> Person:
    """A person known only by what they said; a CPR number given on the way is kept, never believed. Raises WrongCpr."""
    digits = normal_cpr(cpr) if cpr else None
    if cpr and digits is None:
        raise errors.WrongCpr
    shown = line(name)
    new: dict[str, object] = {"id": uuid7(at), "name": shown, "sort_key": sort_key(shown)[:200], "provisional": True}
    new["municipality"] = _municipality(municipality)
    if digits is None:
        person = Person.objects.create(**new)
    else:
        person, is_new = Person.objects.select_related("merged_into").get_or_create(cpr=digits, defaults=new)
        if not is_new:
            return person.merged_into or person
    _add_points(person, [mail], [phone])
    journal.record(
        "citizen.registered", at=at, viewer_name=viewer.name, subject=person, citizen=person.id,
        data={"provisional": True},
    )  # fmt: skip
    return person


@transaction.atomic
def set_needs(
    *,
    person_id: UUID,
    language: str,
    interpreter: str,
    special_group: str,
    version: int | None = None,
    viewer: Viewer,
    at: datetime,
) -> Person:
    """Which language the person speaks, the interpreter they need (a language, or nothing) and their special needs.

    Raises NotFound, Stale, UnknownLanguage, UnknownSpecialGroup.
    """
    require_worker(viewer, at)
    row = locked(person_id, version)
    for field, value in (("language", language), ("interpreter", interpreter)):
        if (value or field == "language") and not _LANGUAGE.fullmatch(value):
            raise errors.UnknownLanguage(language=value[:20], field=field)
    if special_group not in {"", row.special_group_id} and not _may_be_given(special_group):
        raise errors.UnknownSpecialGroup(group=special_group[:40])
    new = {"language": language, "interpreter": interpreter, "special_group_id": special_group or None}
    changed = [field for field, value in new.items() if getattr(row, field) != value]
    if not changed:
        return row
    for field in changed:
        setattr(row, field, new[field])
    save(row, *changed)
    _told("citizen.needs_set", row, viewer, at, fields=changed)
    return row


@transaction.atomic
def set_adviser(
    *, person_id: UUID, employee_id: int | None, version: int | None = None, viewer: Viewer, at: datetime
) -> Person:
    """The person's own adviser from now on; None: nobody. Raises NotFound, Stale, UnknownAdviser."""
    require_worker(viewer, at)
    row = locked(person_id, version)
    if employee_id is not None and not organisation.agent_facts([employee_id], at):
        raise errors.UnknownAdviser
    if row.adviser_id == employee_id:
        return row
    before, row.adviser_id = row.adviser_id, employee_id
    save(row, "adviser_id")
    _told("citizen.adviser_set", row, viewer, at, before=before, after=employee_id)
    return row


@transaction.atomic
def set_contact_points(
    *,
    person_id: UUID,
    mails: Sequence[str],
    phones: Sequence[str],
    version: int | None = None,
    viewer: Viewer,
    at: datetime,
) -> Person:
    """Exactly these mail addresses and phone numbers.

    Raises NotFound, Stale, TooManyContactPoints, WrongContactPoint.
    """
    require_worker(viewer, at)
    row = locked(person_id, version)
    wanted = _wanted_points(mails, phones)
    present = {(one.kind, one.value): one for one in ContactPoint.objects.filter(person=row)}
    gone = [one.pk for key, one in present.items() if key not in wanted]
    new = [key for key in wanted if key not in present]
    if not gone and not new:
        return row
    ContactPoint.objects.filter(pk__in=gone).delete()
    ContactPoint.objects.bulk_create([ContactPoint(person=row, kind=kind, value=value) for kind, value in new])
    save(row)
    _told("citizen.contact_points_set", row, viewer, at, added=len(new), removed=len(gone))
    return row


@transaction.atomic
def correct_provisional(
    *,
    person_id: UUID,
    name: str,
    street: str = "",
    house: str = "",
    postcode: str = "",
    city: str = "",
    municipality: str = HOME,
    version: int | None = None,
    viewer: Viewer,
    at: datetime,
) -> Person:
    """What a provisional person, or somebody of another municipality, is called and where they live.

    Raises NotFound, Stale, MissingName, WrongMunicipality; RegisteredElsewhere for the municipality's own people.
    """
    require_worker(viewer, at)
    row = locked(person_id, version)
    if not row.provisional and row.municipality == HOME:
        raise errors.RegisteredElsewhere
    shown = line(name)
    if not shown:
        raise errors.MissingName
    street_key, house_key = address_keys(line(street), line(house))
    new = {
        "name": shown, "sort_key": sort_key(shown)[:200], "street": line(street)[:120], "house": line(house)[:20],
        "postcode": line(postcode)[:4], "city": line(city)[:60], "street_key": street_key, "house_key": house_key,
        "municipality": _municipality(municipality),
    }  # fmt: skip
    changed = [field for field, value in new.items() if getattr(row, field) != value]
    if not changed:
        return row
    for field in changed:
        setattr(row, field, new[field])
    save(row, *changed)
    _told("citizen.corrected", row, viewer, at, fields=[field for field in changed if not field.endswith("_key")])
    return row


def line(text: str) -> str:
    """A name in one line the database can hold."""
    whole = text.encode("utf-8", "replace").decode().replace("\x00", "")
    return " ".join(whole.split())[:160]


def _told(verb: str, row: Person, viewer: Viewer, at: datetime, **facts: object) -> None:
    journal.record(verb, at=at, viewer_name=viewer.name, subject=row, citizen=row.id, data=facts)


def _may_be_given(group: str) -> bool:
    return SpecialGroup.objects.filter(code=group, valid_to=None).exists()


def _municipality(code: str) -> str:
    if not _MUNICIPALITY.fullmatch(code):
        raise errors.WrongMunicipality
    return code


def _add_points(person: Person, mails: Sequence[str], phones: Sequence[str]) -> None:
    found = [(MAIL, normal_mail(one)) for one in mails] + [(PHONE, normal_phone(one)) for one in phones]
    ContactPoint.objects.bulk_create(
        [ContactPoint(person=person, kind=kind, value=value) for kind, value in found if value]
    )


def _wanted_points(mails: Sequence[str], phones: Sequence[str]) -> list[tuple[str, str]]:
    if max(len(mails), len(phones)) > _MOST_POINTS:
        raise errors.TooManyContactPoints(most=_MOST_POINTS)
    wanted = []
    for typed in mails:
        value = normal_mail(typed)
        if value and not _MAIL.fullmatch(value):
            raise errors.WrongContactPoint(value=typed[:80])
        wanted.append((MAIL, value))
    for typed in phones:
        value = normal_phone(typed)
        if (value or typed.strip()) and len(value) < 3:
            raise errors.WrongContactPoint(value=typed[:80], field="phones")
        wanted.append((PHONE, value))
    return list(dict.fromkeys(one for one in wanted if one[1]))
