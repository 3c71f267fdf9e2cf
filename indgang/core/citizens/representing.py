"""Giving and ending the right to act for a citizen."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from indgang.core.citizens import errors
from indgang.core.citizens.changing import locked_pair, require_worker
from indgang.core.citizens.models import Person, Representation
from indgang.core.citizens.values import RepresentationRole, comes_of_age
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock


@transaction.atomic
def register_representation(
    *,
    representative: UUID,
    citizen: UUID,
    role: str,
    valid_from: date,
    valid_to: date | None = None,
    scope_tasks: Sequence[str] = (),
    viewer: Viewer,
    at: datetime,
) -> Representation:
    """Let one person act for another from a day, in some tasks (codes) or in all; custody ends by itself at 18.

    Raises NotFound, NobodyForThemselves, UnknownRepresentationRole, WrongPeriod, NoMinor, ParentTooYoung,
    AlreadyRepresents.
    """
    require_worker(viewer, at)
    if representative == citizen:
        raise errors.NobodyForThemselves
    if role not in RepresentationRole.values:
        raise errors.UnknownRepresentationRole
    acting, person = locked_pair(representative, citizen)
    if role == RepresentationRole.PARENT:
        valid_to = _custody_until(acting, person, valid_from, valid_to)
    if valid_to is not None and valid_to < valid_from:
        raise errors.WrongPeriod
    _refuse_twice(acting, person, role, valid_from, valid_to)
    row = Representation.objects.create(
        representative=acting,
        citizen=person,
        role=role,
        scope_tasks=sorted(set(scope_tasks)),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _told("registered", row, viewer, at)
    return row


@transaction.atomic
def end_representation(
    *, representation_id: int, last_day: date | None = None, version: int | None = None, viewer: Viewer, at: datetime
) -> Representation:
    """Let the right end with that day; without one it ends at once. Raises NotFound, Stale, AlreadyEnded."""
    require_worker(viewer, at)
    row = Representation.objects.select_for_update().filter(pk=representation_id).first()
    if row is None:
        raise NotFound
    if version is not None and version != row.version:
        raise errors.Stale
    today = clock.local(at).date()
    if row.valid_to is not None and row.valid_to < today:
        raise errors.AlreadyEnded(day=row.valid_to.isoformat())
    row.valid_to = last_day or today - timedelta(days=1)
    row.version += 1
    row.save(update_fields=["valid_to", "version"])
    _told("ended", row, viewer, at)
    return row


def _custody_until(parent: Person, child: Person, valid_from: date, valid_to: date | None) -> date:
    if child.born is None or comes_of_age(child.born) <= valid_from:
        raise errors.NoMinor
    if parent.born is not None and comes_of_age(parent.born) > valid_from:
        raise errors.ParentTooYoung
    last = comes_of_age(child.born) - timedelta(days=1)
    return min(valid_to, last) if valid_to else last


def _refuse_twice(acting: Person, person: Person, role: str, valid_from: date, valid_to: date | None) -> None:
    same = Representation.objects.filter(representative=acting, citizen=person, role=role)
    same = same.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
    if valid_to is not None:
        same = same.filter(valid_from__lte=valid_to)
    if any(row.valid_to is None or row.valid_to >= row.valid_from for row in same):
        raise errors.AlreadyRepresents


def _told(what: str, row: Representation, viewer: Viewer, at: datetime) -> None:
    """One event on either side, so that both citizens' history tells it."""
    facts: dict[str, object] = {"representation": row.pk, "role": row.role, "tasks": row.scope_tasks}
    facts |= {"from": row.valid_from.isoformat(), "to": row.valid_to.isoformat() if row.valid_to else None}
    facts |= {"representative": str(row.representative_id), "citizen": str(row.citizen_id)}
    for side, citizen in (("", row.citizen_id), ("own_", row.representative_id)):
        journal.record(
            f"citizen.{side}representation_{what}",
            at=at,
            viewer_name=viewer.name,
            subject=row,
            citizen=citizen,
            data=facts,
        )
