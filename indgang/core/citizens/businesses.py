"""Businesses and those who speak for them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.utils.translation import gettext

from indgang.core.citizens.errors import TooShortSearch
from indgang.core.citizens.masking import is_hidden, shown_name
from indgang.core.citizens.models import NAME_WORDS, Business, BusinessContact
from indgang.core.citizens.values import (
    BusinessCard,
    BusinessContactRow,
    BusinessRow,
    cvr_checks_out,
    normal_cvr,
)
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

_HITS, _SHORTEST, _LONGEST = 20, 2, 200


def businesses(viewer: Viewer, q: str, at: datetime) -> list[BusinessRow]:
    """The first 20 businesses by CVR number or name, in Danish order; a business is no person and has no look."""
    _require_staff(viewer)
    text = " ".join(q.replace("\x00", "").split())[:_LONGEST]
    if len(text) < _SHORTEST:
        raise TooShortSearch
    rows = Business.objects.order_by("sort_key", "id")
    if (number := normal_cvr(text)) is not None:
        return [_row(one) for one in rows.filter(cvr=number)]
    keys = [key for key in (sort_key(word) for word in text.split()) if key]
    if not keys:
        return []
    words = SearchQuery(" & ".join(f"{key}:*" for key in keys), config="simple", search_type="raw")
    return [_row(one) for one in rows.alias(words=NAME_WORDS).filter(words=words)[:_HITS]]


def business_rows(ids: Iterable[UUID]) -> dict[UUID, BusinessRow]:
    """Those of these that are known, by id, for modules that name one; a business is no person and has no look."""
    wanted = list(ids)
    return {row.id: _row(row) for row in Business.objects.filter(id__in=wanted)} if wanted else {}


def business(viewer: Viewer, business_id: UUID, *, purpose: Purpose, at: datetime) -> BusinessCard:
    """A business with its contact persons; a look for each of them who is a person of the register."""
    _require_staff(viewer)
    row = Business.objects.filter(id=business_id).first()
    if row is None:
        raise NotFound
    today = clock.local(at).date()
    people = list(BusinessContact.objects.filter(business=row).select_related("person").order_by("id"))
    hidden = {one.person.id for one in people if one.person and is_hidden(viewer, one.person.protected_until, today)}
    known = {one.person.id for one in people if one.person} - hidden
    opened = _opened(viewer, known, hidden, purpose, at) if known or hidden else frozenset()
    return BusinessCard(
        id=row.id,
        cvr=row.cvr,
        name=row.name,
        street=f"{row.street} {row.house}".strip(),
        place=f"{row.postcode} {row.city}".strip(),
        phone=row.phone,
        mail=row.mail,
        invented=row.invented,
        version=row.version,
        cvr_warning=_warning(row.cvr),
        contacts=tuple(_contact(one, opened) for one in people),
    )


def _opened(viewer: Viewer, known: set[UUID], hidden: set[UUID], purpose: Purpose, at: datetime) -> frozenset[UUID]:
    """Whose names show; a purpose that opens none of the people still shows the business."""
    try:
        return access.open_many(viewer, citizens=known, withheld=hidden, kind="business", purpose=purpose, at=at)
    except NotFound:
        return frozenset()


def _contact(row: BusinessContact, opened: frozenset[UUID]) -> BusinessContactRow:
    hidden = row.person_id is not None and row.person_id not in opened
    return BusinessContactRow(
        id=row.pk,
        person_id=None if hidden else row.person_id,
        name=shown_name(row.name, hidden=hidden),
        title=row.title,
        phone="" if hidden else row.phone,
        mail="" if hidden else row.mail,
    )


def _row(row: Business) -> BusinessRow:
    return BusinessRow(row.id, row.cvr, row.name, f"{row.postcode} {row.city}".strip())


def _warning(cvr: str) -> str:
    if cvr_checks_out(cvr):
        return ""
    return gettext("Kontrolcifferet passer ikke. Se efter, at CVR-nummeret er skrevet rigtigt.")


def _require_staff(viewer: Viewer) -> None:
    if not (viewer.is_system or viewer.is_staff):
        raise NotFound
