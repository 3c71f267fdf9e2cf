"""Who lives with a person and who may act for whom."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from indgang.core.citizens.masking import is_hidden, is_protected, shown_name
from indgang.core.citizens.models import Person, Representation
from indgang.core.citizens.values import Direction, HouseholdRow, Relation, RepresentationRole, RepresentationRow
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock

_MOST = 200  # of one person


def household(viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime) -> list[HouseholdRow]:
    """Who lives with the person, in Danish order; a look for each of them.

    Living together tells an address. So whoever may not see a protected person's address sees nobody with them, and
    does not see them with anybody; the look is logged as refused.
    """
    today = clock.local(at).date()
    own = _person(viewer, person_id, purpose, at)
    others = list(
        Person.objects.filter(household=own.household).exclude(id=own.id).order_by("sort_key", "id")[:_MOST]
        if own.household
        else []
    )
    if is_hidden(viewer, own.protected_until, today):
        shown: list[Person] = []
    else:
        shown = [one for one in others if not is_hidden(viewer, one.protected_until, today)]
    kept = {one.id for one in shown}
    kept |= set() if is_hidden(viewer, own.protected_until, today) else {own.id}
    access.open_many(
        viewer,
        citizens=kept,
        withheld=[one.id for one in (own, *others) if one.id not in kept],
        on_account_of=own.id,
        kind="household",
        purpose=purpose,
        at=at,
    )
    relations = _relations(own, shown)
    return [
        HouseholdRow(one.id, one.name, relations[one.id], is_protected(one.protected_until, today)) for one in shown
    ]


def representations(
    viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime, ended: bool = False
) -> list[RepresentationRow]:
    """Who may act for the person and for whom the person may act, newest first; a look for everybody named.

    Only those in force today or later, unless `ended`. A protected other side is named by nothing; between people who
    live together there is no row at all while one of them is protected from the viewer.
    """
    today = clock.local(at).date()
    own = _person(viewer, person_id, purpose, at)
    rows = Representation.objects.filter(Q(citizen=own) | Q(representative=own))
    if not ended:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    found = rows.select_related("citizen", "representative").order_by("-valid_from", "-id")[:_MOST]
    others = [row for row in found if _other(row, own).merged_into_id is None]
    kept = [row for row in others if not _tells_household(viewer, own, _other(row, own), today)]
    hidden = {one.id for one in (_other(row, own) for row in kept) if is_hidden(viewer, one.protected_until, today)}
    access.open_many(
        viewer,
        citizens={_other(row, own).id for row in kept} - hidden,
        withheld=hidden,
        on_account_of=own.id,
        kind="representation",
        purpose=purpose,
        at=at,
    )
    return [_row(row, own, hidden) for row in kept]


def may_represent(representative: UUID, citizen: UUID, task: str, at: datetime) -> bool:
    """Whether one may act for the other in this task (a code) today. Says nothing about anybody else."""
    today = clock.local(at).date()
    rows = Representation.objects.filter(representative=representative, citizen=citizen, valid_from__lte=today)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return rows.filter(Q(scope_tasks=[]) | Q(scope_tasks__contains=[task])).exists()


def _person(viewer: Viewer, person_id: UUID, purpose: Purpose, at: datetime) -> Person:
    """The person others are asked about; NotFound, and a refused look, where the purpose does not hold."""
    row = Person.objects.filter(id=person_id).first()
    if row is None:
        access.open_many(viewer, citizens=[person_id], kind="person", purpose=purpose, at=at)
        raise NotFound
    return row


def _tells_household(viewer: Viewer, own: Person, other: Person, today: date) -> bool:
    if own.household is None or own.household != other.household:
        return False
    return any(is_hidden(viewer, one.protected_until, today) for one in (own, other))


def _other(row: Representation, own: Person) -> Person:
    return row.representative if row.citizen_id == own.id else row.citizen


def _row(row: Representation, own: Person, hidden: set[UUID]) -> RepresentationRow:
    other = _other(row, own)
    return RepresentationRow(
        id=row.pk,
        person_id=None if other.id in hidden else other.id,
        name=shown_name(other.name, hidden=other.id in hidden),
        role=row.role,
        scope_tasks=tuple(row.scope_tasks),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        direction=Direction.BY if row.citizen_id == own.id else Direction.FOR,
        version=row.version,
    )


def _relations(own: Person, others: Iterable[Person]) -> dict[UUID, str]:
    """What each is to the person; custody tells parents also after it has ended."""
    known = [own.id, *(one.id for one in others)]
    if len(known) == 1:
        return {}
    custody = Representation.objects.filter(role=RepresentationRole.PARENT, representative__in=known, citizen__in=known)
    pairs = set(custody.values_list("representative_id", "citizen_id"))
    parents = {parent for parent, child in pairs if child == own.id}
    siblings = {child for parent, child in pairs if parent in parents}
    told: dict[UUID, str] = {}
    for one in others:
        if own.spouse_id == one.id or one.spouse_id == own.id:
            told[one.id] = Relation.SPOUSE
        elif one.id in parents:
            told[one.id] = Relation.PARENT
        elif (own.id, one.id) in pairs:
            told[one.id] = Relation.CHILD
        else:
            told[one.id] = Relation.SIBLING if one.id in siblings else Relation.OTHER
    return told
