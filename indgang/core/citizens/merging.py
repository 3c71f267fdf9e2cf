"""A provisional person turns out to be a real one; a wrong merge gives back exactly what it took."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.core.citizens import errors
from indgang.core.citizens.changing import require_worker, save
from indgang.core.citizens.models import ContactPoint, Merge, Person, Representation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7

FILLED = ("interpreter", "adviser_id", "special_group_id")  # go over where the real person has none


@transaction.atomic
def merge(*, provisional: UUID, into: UUID, version: int | None = None, viewer: Viewer, at: datetime) -> Merge:
    """Put a provisional person into a real one: contact points, representations and needs go over.

    Who hears "citizen.merged" moves their own rows of the person, in this transaction. `version` is the provisional
    person's. Raises NotFound, Stale, MergeIntoSelf, MergeOfRealPerson, MergeIntoProvisional, AlreadyMerged.
    """
    require_worker(viewer, at)
    if provisional == into:
        raise errors.MergeIntoSelf
    rows = _both(provisional, into)
    source, target = rows[provisional], rows[into]
    _refuse(source, target, version)
    done = Merge(id=uuid7(at), provisional=source, into=target, at=at, by=viewer.name)
    done.contact_points = _move_points(source, target)
    done.represented, done.representing = _move_representations(source, target)
    done.filled = {
        field: getattr(source, field) for field in FILLED if getattr(source, field) and not getattr(target, field)
    }
    for field, value in done.filled.items():
        setattr(target, field, value)
    done.save(force_insert=True)
    source.merged_into = target
    save(source, "merged_into")
    save(target, *done.filled)
    _told("citizen.merged", done, viewer, at)
    return done


@transaction.atomic
def undo_merge(*, merge_id: UUID, viewer: Viewer, at: datetime) -> Merge:
    """Give the provisional person back what the merge took, and nothing else. Raises NotFound, AlreadyUndone."""
    require_worker(viewer, at)
    done = Merge.objects.select_for_update().filter(id=merge_id).first()
    if done is None:
        raise NotFound
    if done.undone_at is not None:
        raise errors.AlreadyUndone
    rows = _both(done.provisional_id, done.into_id)
    source, target = rows[done.provisional_id], rows[done.into_id]
    ContactPoint.objects.filter(id__in=done.contact_points, person=target).update(person=source)
    Representation.objects.filter(id__in=done.represented, citizen=target).update(citizen=source)
    Representation.objects.filter(id__in=done.representing, representative=target).update(representative=source)
    given_back = [field for field, value in done.filled.items() if getattr(target, field) == value]
    for field in given_back:
        setattr(target, field, "" if field == "interpreter" else None)
    save(target, *given_back)
    source.merged_into = None
    save(source, "merged_into")
    done.undone_at = at
    done.save(update_fields=["undone_at"])
    _told("citizen.merge_undone", done, viewer, at)
    return done


def _both(one: UUID, other: UUID) -> dict[UUID, Person]:
    rows = Person.objects.select_for_update(of=("self",)).filter(id__in=[one, other]).order_by("id")
    found = {row.id: row for row in rows}
    if len(found) < 2:
        raise NotFound
    return found


def _refuse(source: Person, target: Person, version: int | None) -> None:
    if source.merged_into_id is not None:
        raise errors.AlreadyMerged
    if not source.provisional:
        raise errors.MergeOfRealPerson
    if target.provisional or target.merged_into_id is not None:
        raise errors.MergeIntoProvisional
    if version is not None and version != source.version:
        raise errors.Stale


def _move_points(source: Person, target: Person) -> list[int]:
    """Those the real person has already stay where they are."""
    has = set(ContactPoint.objects.filter(person=target).values_list("kind", "value"))
    rows = ContactPoint.objects.filter(person=source).order_by("id")
    moved = [row.pk for row in rows if (row.kind, row.value) not in has]
    ContactPoint.objects.filter(pk__in=moved).update(person=target)
    return moved


def _move_representations(source: Person, target: Person) -> tuple[list[int], list[int]]:
    """Both sides; what would make the person act for themselves, or say the same twice, stays."""
    moved: tuple[list[int], list[int]] = ([], [])
    for side, other, ids in (("citizen", "representative", moved[0]), ("representative", "citizen", moved[1])):
        columns = (f"{other}_id", "role", "valid_from")
        has = set(Representation.objects.filter(**{side: target}).values_list(*columns))
        for row in Representation.objects.filter(**{side: source}).exclude(**{other: target}).order_by("id"):
            if tuple(getattr(row, column) for column in columns) not in has:
                ids.append(row.pk)
        Representation.objects.filter(pk__in=ids).update(**{side: target})
    return moved


def _told(verb: str, done: Merge, viewer: Viewer, at: datetime) -> None:
    """News once, with the real person; and a line in the provisional person's own history."""
    facts: dict[str, object] = {"from": str(done.provisional_id), "into": str(done.into_id), "merge": str(done.id)}
    for name, citizen in ((verb, done.into_id), (f"{verb}_away", done.provisional_id)):
        journal.record(name, at=at, viewer_name=viewer.name, subject=done, citizen=citizen, data=facts)
