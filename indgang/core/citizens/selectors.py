"""What one can ask about persons. Names and addresses leave only through here, after the access log, masked."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.utils.translation import gettext

from indgang.core.citizens.errors import TooShortSearch
from indgang.core.citizens.models import NAME_WORDS, ContactPoint, Person
from indgang.core.citizens.values import (
    PROTECTED,
    DemoPerson,
    FoundPerson,
    PersonCard,
    cpr_checks_out,
    masked_cpr,
    normal_cpr,
    normal_mail,
    normal_phone,
)
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Role, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

SEARCH = Purpose("reason", "search")
_HITS = 20
_SHORTEST = 3
_SEES_PROTECTED = frozenset({Role.CASEWORKER.value, Role.ADVISER.value})  # whose work needs the address
_MASKED = ("name", "street", "place")


def by_mail(mail: str) -> list[UUID]:
    """Persons with this mail address; an address proves nothing about who writes."""
    return _by_point("mail", normal_mail(mail))


def by_phone(phone: str) -> list[UUID]:
    """Persons with this phone number."""
    return _by_point("phone", normal_phone(phone))


def find(viewer: Viewer, q: str, at: datetime, *, purpose: Purpose = SEARCH) -> list[FoundPerson]:
    """At most 20 persons by name, CPR number, mail or phone, in Danish order. Each hit is logged before it shows.

    Raises TooShortSearch; NotFound where the purpose does not hold.
    """
    text = q.replace("\x00", "").strip()
    if len(text) < _SHORTEST:
        raise TooShortSearch
    keys = list(Person.objects.filter(_condition(text)).order_by("sort_key", "id").values_list("id", flat=True)[:_HITS])
    for key in keys:
        access.open_for(viewer, citizen=key, kind="search", purpose=purpose, at=at)
    today = clock.local(at).date()
    rows = Person.objects.in_bulk(keys)
    return [_found(rows[key], viewer, today) for key in keys if key in rows]


def person(viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime) -> PersonCard:
    """A person, after the look is in the access log; protected fields masked unless the viewer's work needs them.

    Missing and forbidden answer alike: NotFound. LogUnavailable where the look cannot be written.
    """
    access.open_for(viewer, citizen=person_id, kind="person", purpose=purpose, at=at)
    row = Person.objects.filter(id=person_id).first()
    if row is None:
        raise NotFound
    protected = is_protected(row.protected_until, clock.local(at).date())
    hidden = protected and not _sees_protected(viewer)
    points = list(ContactPoint.objects.filter(person=row).order_by("id").values_list("kind", "value"))
    return PersonCard(
        id=row.id,
        name=gettext(PROTECTED) if hidden else row.name,
        cpr=masked_cpr(row.cpr),
        born=row.born,
        street=gettext(PROTECTED) if hidden else f"{row.street} {row.house}".strip(),
        place=gettext(PROTECTED) if hidden else f"{row.postcode} {row.city}".strip(),
        mails=tuple(value for kind, value in points if kind == "mail"),
        phones=tuple(value for kind, value in points if kind == "phone"),
        language=row.language,
        protected=protected,
        masked=_MASKED if hidden else (),
        provisional=row.provisional,
        invented=row.invented,
        cpr_warning=_cpr_warning(row),
    )


def is_known(person_id: UUID) -> bool:
    """Whether there is such a person; says nothing about them."""
    return Person.objects.filter(id=person_id).exists()


def is_protected(until: date | None, today: date) -> bool:
    """Whether name and address protection is in force."""
    return until is not None and until >= today


def invented_people(limit: int) -> Iterable[DemoPerson]:
    """Invented people for demo contacts and simulators, in a fixed order; never anybody real."""
    rows = list(
        Person.objects.filter(invented=True).order_by("id").values_list("id", "name", "language", "cpr")[:limit]
    )
    points: dict[UUID, dict[str, str]] = {}
    owners = ContactPoint.objects.filter(person__invented=True).order_by("person", "-id")
    for key, kind, value in owners.values_list("person_id", "kind", "value"):
        points.setdefault(key, {})[kind] = value
    for key, name, language, cpr in rows:
        known = points.get(key, {})
        yield DemoPerson(key, name, known.get("mail", ""), known.get("phone", ""), language, cpr or "")


def _by_point(kind: str, value: str) -> list[UUID]:
    if not value:
        return []
    rows = ContactPoint.objects.filter(kind=kind, value=value.replace("\x00", "")).order_by("id")
    return list(rows.values_list("person_id", flat=True)[:_HITS])


def _condition(text: str) -> Q:
    if (digits := normal_cpr(text)) is not None:
        return Q(cpr=digits)
    if "@" in text:
        return Q(id__in=by_mail(text))
    if sum(c.isdigit() for c in text) >= 8:
        return Q(id__in=by_phone(text))
    keys = [key for key in (sort_key(word) for word in text.split()) if key]
    if not keys:
        return Q(pk__in=[])
    words = SearchQuery(" & ".join(f"{key}:*" for key in keys), config="simple", search_type="raw")
    return Q(id__in=Person.objects.annotate(words=NAME_WORDS).filter(words=words).values("id"))


def _found(row: Person, viewer: Viewer, today: date) -> FoundPerson:
    protected = is_protected(row.protected_until, today)
    hidden = protected and not _sees_protected(viewer)
    return FoundPerson(
        id=row.id,
        name=gettext(PROTECTED) if hidden else row.name,
        cpr=masked_cpr(row.cpr),
        place="" if hidden else f"{row.postcode} {row.city}".strip(),
        protected=protected,
    )


def _sees_protected(viewer: Viewer) -> bool:
    return viewer.actor is not None and bool(viewer.actor.roles & _SEES_PROTECTED)


def _cpr_warning(row: Person) -> str:
    if row.cpr is None or cpr_checks_out(row.cpr):
        return ""
    return gettext("Kontrolcifferet passer ikke. Det er tilladt siden 2007; se efter, at nummeret er skrevet rigtigt.")
