"""Businesses become known and change."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from indgang.core.citizens import errors
from indgang.core.citizens.changing import locked, require_worker
from indgang.core.citizens.models import Business, BusinessContact
from indgang.core.citizens.registering import line
from indgang.core.citizens.values import normal_cvr, normal_mail, normal_phone
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import sort_key, uuid7


@transaction.atomic
def register_business(
    *,
    cvr: str,
    name: str,
    street: str = "",
    house: str = "",
    postcode: str = "",
    city: str = "",
    phone: str = "",
    mail: str = "",
    viewer: Viewer,
    at: datetime,
) -> Business:
    """A business by its CVR number, whose check digit is only a warning.

    Raises NotFound, WrongCvr, CvrTaken, MissingName.
    """
    require_worker(viewer, at)
    digits = normal_cvr(cvr)
    if digits is None:
        raise errors.WrongCvr
    facts = _facts(name, street, house, postcode, city, phone, mail)
    try:
        with transaction.atomic():
            row = Business.objects.create(id=uuid7(at), cvr=digits, **facts)
    except IntegrityError:
        raise errors.CvrTaken(cvr=digits) from None
    _told("business.registered", row, viewer, at)
    return row


@transaction.atomic
def change_business(
    *,
    business_id: UUID,
    name: str,
    street: str = "",
    house: str = "",
    postcode: str = "",
    city: str = "",
    phone: str = "",
    mail: str = "",
    version: int | None = None,
    viewer: Viewer,
    at: datetime,
) -> Business:
    """What the business is called and how it is reached. Raises NotFound, Stale, MissingName."""
    require_worker(viewer, at)
    row = _locked(business_id, version)
    facts = _facts(name, street, house, postcode, city, phone, mail)
    changed = [field for field, value in facts.items() if getattr(row, field) != value]
    if not changed:
        return row
    for field in changed:
        setattr(row, field, facts[field])
    _save(row, *changed)
    _told("business.changed", row, viewer, at, fields=[field for field in changed if field != "sort_key"])
    return row


@transaction.atomic
def add_business_contact(
    *,
    business_id: UUID,
    name: str,
    title: str = "",
    phone: str = "",
    mail: str = "",
    person_id: UUID | None = None,
    viewer: Viewer,
    at: datetime,
) -> BusinessContact:
    """Somebody who speaks for the business. Raises NotFound, MissingName."""
    require_worker(viewer, at)
    row = _locked(business_id)
    shown = line(name)
    if not shown:
        raise errors.MissingName
    if person_id is not None:
        locked(person_id)
    made = BusinessContact.objects.create(
        business=row,
        person_id=person_id,
        name=shown,
        title=line(title)[:120],
        phone=normal_phone(phone),
        mail=normal_mail(mail),
    )
    _save(row)
    _told("business.contact_added", row, viewer, at, citizen=person_id, contact_person=made.pk)
    return made


@transaction.atomic
def remove_business_contact(*, contact_person_id: int, viewer: Viewer, at: datetime) -> None:
    """They speak for the business no more. Raises NotFound."""
    require_worker(viewer, at)
    gone = BusinessContact.objects.filter(pk=contact_person_id).first()
    if gone is None:
        raise NotFound
    row = _locked(gone.business_id)
    BusinessContact.objects.filter(pk=contact_person_id).delete()
    _save(row)
    _told("business.contact_removed", row, viewer, at, citizen=gone.person_id, contact_person=contact_person_id)


def _facts(name: str, street: str, house: str, postcode: str, city: str, phone: str, mail: str) -> dict[str, str]:
    shown = line(name)
    if not shown:
        raise errors.MissingName
    return {
        "name": shown,
        "sort_key": sort_key(shown)[:200],
        "street": line(street)[:120],
        "house": line(house)[:20],
        "postcode": line(postcode)[:4],
        "city": line(city)[:60],
        "phone": normal_phone(phone),
        "mail": normal_mail(mail),
    }


def _locked(business_id: UUID, version: int | None = None) -> Business:
    row = Business.objects.select_for_update().filter(id=business_id).first()
    if row is None:
        raise NotFound
    if version is not None and version != row.version:
        raise errors.Stale
    return row


def _save(row: Business, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _told(
    verb: str, row: Business, viewer: Viewer, at: datetime, *, citizen: UUID | None = None, **facts: object
) -> None:
    journal.record(verb, at=at, viewer_name=viewer.name, subject=row, citizen=citizen, data=facts)
