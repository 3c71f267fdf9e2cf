"""Who may change what is kept about a person, and the row to change, at the version they saw."""

from datetime import datetime
from uuid import UUID

from indgang.core.citizens.errors import Stale
from indgang.core.citizens.models import Person
from indgang.foundation.access import policy
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer


def require_worker(viewer: Viewer, at: datetime) -> None:
    """Processes of the house, and employees who have any task at all; NotFound for everybody else."""
    if viewer.is_process:
        return
    if viewer.actor is None:
        raise NotFound
    if not policy.scope(viewer.actor, at, viewer.dispensation, separation=viewer.separation).has_rights:
        raise NotFound


def locked(person_id: UUID, version: int | None = None) -> Person:
    """The person, until the transaction ends. NotFound also for somebody merged into another; Stale."""
    row = Person.objects.select_for_update(of=("self",)).filter(id=person_id, merged_into=None).first()
    if row is None:
        raise NotFound
    if version is not None and version != row.version:
        raise Stale
    return row


def locked_pair(one: UUID, other: UUID) -> tuple[Person, Person]:
    """Both persons, always taken in the same order, so that two who change them never wait for each other."""
    rows = {key: locked(key) for key in sorted({one, other})}
    return rows[one], rows[other]


def save(row: Person, *fields: str) -> Person:
    """Write the fields and count the version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row
