"""Finding persons: by CPR number, name, phone, mail or address; a page at a time, each hit logged before it shows.

A protected person is found by CPR number, or by somebody whose work needs it. In every other search such a person does
not show at all, so that a name, a number or a neighbour's address tells nothing; the search leaves a refused look.
"""

import re
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.core import signing
from django.db.models import Q, QuerySet
from django.db.models.functions import Collate

from indgang.core.citizens.errors import TooShortSearch, WrongCursor
from indgang.core.citizens.masking import found, is_hidden
from indgang.core.citizens.models import NAME_WORDS, ContactPoint, Person
from indgang.core.citizens.values import (
    AddressQuery,
    FoundPage,
    FoundPerson,
    address_query,
    normal_cpr,
    normal_mail,
    normal_phone,
)
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

SEARCH = Purpose("reason", "search")
LIMIT, MOST = 20, 100
_SHORTEST, _LONGEST = 3, 200
_PHONE = re.compile(r"\+?[\d\s().-]+")
_LAST = "\U0010ffff"
_SALT = "citizens.search"
_STEP = 8  # a few more rows than shown: some of them may be withheld


def search(
    viewer: Viewer, q: str, at: datetime, *, purpose: Purpose, cursor: str = "", limit: int = LIMIT
) -> FoundPage:
    """A page of persons in Danish order. Never more than the page is read, however many there are.

    Raises TooShortSearch, WrongCursor; NotFound where the purpose does not hold; LogUnavailable.
    """
    text = " ".join(q.replace("\x00", "").split())[:_LONGEST]
    if len(text) < _SHORTEST:
        raise TooShortSearch
    number = normal_cpr(text)
    rows = _matching(text, number)
    today, size = clock.local(at).date(), min(max(limit, 1), MOST)
    shown, withheld = _page(rows, viewer, today, size, _after(cursor), exact=number is not None)
    page = shown[:size]
    opened = access.open_many(
        viewer, citizens=[row.id for row in page], withheld=withheld, kind="search", purpose=purpose, at=at
    )
    more = len(shown) > size
    next_cursor = signing.dumps(page[-1].id.hex, salt=_SALT) if more else ""
    return FoundPage([found(row, viewer, today) for row in page if row.id in opened], next_cursor, more)


def find(viewer: Viewer, q: str, at: datetime, *, purpose: Purpose = SEARCH) -> list[FoundPerson]:
    """The first 20 persons of a search."""
    return search(viewer, q, at, purpose=purpose).rows


def by_mail(mail: str) -> list[UUID]:
    """Persons with this mail address; an address proves nothing about who writes."""
    return _by_point("mail", normal_mail(mail))


def by_phone(phone: str) -> list[UUID]:
    """Persons with this phone number."""
    return _by_point("phone", normal_phone(phone))


def _page(
    rows: "QuerySet[Person]", viewer: Viewer, today: date, size: int, after: Person | None, *, exact: bool
) -> tuple[list[Person], list[UUID]]:
    """At most one person more than fit the page, and the protected ones passed over on the way."""
    shown: list[Person] = []
    withheld: list[UUID] = []
    step = size + 1 + _STEP
    while True:
        part = list((rows if after is None else rows.filter(_behind(after)))[:step])
        for row in part:
            if not exact and is_hidden(viewer, row.protected_until, today):
                withheld.append(row.id)
            else:
                shown.append(row)
            if len(shown) > size:
                return shown, withheld
        if len(part) < step:
            return shown, withheld
        after, step = part[-1], step * 4


def _behind(row: Person) -> Q:
    return Q(sort_key__gt=row.sort_key) | Q(sort_key=row.sort_key, id__gt=row.id)


def _after(cursor: str) -> Person | None:
    """The last person of the page before; signed, or a protected person's id would tell where their name lies."""
    if not cursor:
        return None
    try:
        key = UUID(hex=signing.loads(cursor, salt=_SALT))
    except (signing.BadSignature, ValueError):
        raise WrongCursor from None
    row = Person.objects.filter(id=key).only("id", "sort_key").first()
    if row is None:
        raise WrongCursor
    return row


def _matching(text: str, number: str | None) -> "QuerySet[Person]":
    rows = Person.objects.filter(merged_into=None).order_by("sort_key", "id")
    if number is not None:
        return rows.filter(cpr=number)
    if "@" in text:
        return rows.filter(id__in=by_mail(text))
    if _PHONE.fullmatch(text) and sum(c.isdigit() for c in text) >= 8:
        return rows.filter(id__in=by_phone(text))
    if (address := address_query(text)) is not None:
        return rows.filter(_at_address(address))
    keys = [key for key in (sort_key(word) for word in text.split()) if key]
    if not keys:
        return rows.none()
    words = SearchQuery(" & ".join(f"{key}:*" for key in keys), config="simple", search_type="raw")
    # By an expression, or a frequent given name is looked for along the whole order instead of in the index of words.
    return rows.alias(words=NAME_WORDS).filter(words=words).order_by(Collate("sort_key", "C"), "id")


def _at_address(asked: AddressQuery) -> Q:
    """The beginning of a street's name, with all that was typed after it."""
    place = Q(street_key__gte=asked.street, street_key__lt=asked.street + _LAST)
    if asked.house:
        place &= Q(house_key=asked.house)
    if asked.postcode:
        place &= Q(postcode=asked.postcode)
    if asked.floor:
        place &= Q(house__iendswith=asked.floor)
    return place


def _by_point(kind: str, value: str) -> list[UUID]:
    if not value:
        return []
    rows = ContactPoint.objects.filter(kind=kind, value=value.replace("\x00", "")).order_by("id")
    return list(rows.values_list("person_id", flat=True)[:MOST])
