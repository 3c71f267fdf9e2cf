"""What one can ask about persons. Names and addresses leave only through here, after the access log, masked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from indgang.core.citizens.businesses import business, business_rows, businesses
from indgang.core.citizens.masking import card
from indgang.core.citizens.masking import is_protected as is_protected
from indgang.core.citizens.models import ContactPoint, Merge, Person, SpecialGroup
from indgang.core.citizens.near import near
from indgang.core.citizens.one_person import PersonRead, read_person
from indgang.core.citizens.posting import Reach, has_address, reach
from indgang.core.citizens.protection import id_of_cpr, protected_among
from indgang.core.citizens.relating import household, may_represent, representations
from indgang.core.citizens.searching import SEARCH, by_mail, by_phone, find, search
from indgang.core.citizens.values import DemoPerson, MergeRow, PersonCard, PersonFacts, SpecialGroupRow
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.registers.values import Subject
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembered

__all__ = [
    "SEARCH",
    "Reach",
    "adviser_of",
    "business",
    "business_rows",
    "businesses",
    "by_mail",
    "by_phone",
    "facts_for_routing",
    "find",
    "has_address",
    "household",
    "id_of_cpr",
    "invented_people",
    "is_known",
    "is_protected",
    "may_represent",
    "merges_of",
    "near",
    "person",
    "protected_among",
    "reach",
    "register_subject",
    "representations",
    "search",
    "special_groups",
]


def person(viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime) -> PersonCard:
    """A person, after the look is in the access log; protected fields masked unless the viewer's work needs them.

    Missing and forbidden answer alike: NotFound. LogUnavailable where the look cannot be written.
    """
    access.open_for(viewer, citizen=person_id, kind="person", purpose=purpose, at=at)
    row = read_person(person_id)
    if row is None:
        raise NotFound
    _subjects()[person_id] = _subject(row)
    return card(row, _in_language(row.group_title, row.group_title_en), viewer, clock.local(at).date())


def register_subject(viewer: Viewer, person_id: UUID) -> Subject:
    """Whom registers are asked about; the number stays inside the house. `registers.ask_all` checks and logs the look.

    Raises NotFound for somebody unknown, and for viewers who are neither staff nor a process.
    """
    if not (viewer.is_staff or viewer.is_process):
        raise NotFound
    known = _subjects().get(person_id)
    if known is not None:
        return known
    row = read_person(person_id)
    if row is None:
        raise NotFound
    return _subject(row)


def is_known(person_id: UUID) -> bool:
    """Whether there is such a person; says nothing about them."""
    return Person.objects.filter(id=person_id).exists()


def adviser_of(person_id: UUID, at: datetime) -> int | None:
    """The person's adviser, an employee who works here now; names nobody, so there is no look."""
    return facts_for_routing(person_id, at).adviser


def facts_for_routing(person_id: UUID, at: datetime) -> PersonFacts:
    """What decides who serves this person; names nobody, so there is no look."""
    columns = ("adviser_id", "language", "interpreter", "special_group_id", "special_group__unit_id")
    row = Person.objects.filter(id=person_id).values_list(*columns).first()
    if row is None:
        return PersonFacts()
    adviser, language, interpreter, group, unit = row
    if adviser is not None and not organisation.agent_facts([adviser], at):
        adviser = None
    return PersonFacts(adviser, language, interpreter, group or "", unit)


def special_groups(language: str | None = None) -> list[SpecialGroupRow]:
    """The groups of citizens with special needs that may be chosen, in the municipality's order."""
    rows = SpecialGroup.objects.filter(valid_to=None).select_related("unit").order_by("order", "code")
    return [SpecialGroupRow(row.code, _title(row, language), row.unit.code, row.unit_id) for row in rows]


def merges_of(person_id: UUID) -> list[MergeRow]:
    """The merges of and into a person, newest first; ids only."""
    rows = Merge.objects.filter(provisional=person_id) | Merge.objects.filter(into=person_id)
    return [
        MergeRow(row.id, row.provisional_id, row.into_id, row.undone_at is not None) for row in rows.order_by("-id")
    ]


def invented_people(limit: int, *, protected: bool = False) -> Iterable[DemoPerson]:
    """Invented people for demo contacts and simulators, in a fixed order; never anybody real.

    `protected`: only those whose name and address are.
    """
    known_people = Person.objects.filter(invented=True)
    if protected:
        known_people = known_people.exclude(protected_until=None)
    rows = list(known_people.order_by("id").values_list("id", "name", "language", "cpr")[:limit])
    points: dict[UUID, dict[str, str]] = {}
    owners = ContactPoint.objects.filter(person__invented=True).order_by("person", "-id")
    for key, kind, value in owners.values_list("person_id", "kind", "value"):
        points.setdefault(key, {})[kind] = value
    for key, name, language, cpr in rows:
        known = points.get(key, {})
        yield DemoPerson(key, name, known.get("mail", ""), known.get("phone", ""), language, cpr or "")


def _title(group: SpecialGroup, language: str | None = None) -> str:
    return _in_language(group.title, group.title_en, language)


def _in_language(danish: str, english: str, language: str | None = None) -> str:
    return english if (language or get_language() or "da").startswith("en") else danish


@remembered
def _subjects() -> dict[UUID, Subject]:
    """Those whose card was shown during one look: registers are asked about them next."""
    return {}


def _subject(row: PersonRead) -> Subject:
    return Subject(row.id, row.whole_cpr or "", row.protected_until)
