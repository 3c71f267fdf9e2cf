"""A leader arranges what waits: other group, other unit or person, more urgent, other deadline; one piece or many."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.deciding import owner_of
from indgang.core.routing.errors import NotADeadline, NotAFigure, NotWaiting, OwnerDecides, UnknownTarget
from indgang.core.routing.models import WorkItem
from indgang.core.routing.rights import SEE_ALL
from indgang.core.routing.rows import item_rows
from indgang.core.routing.telling import note, ring, tell_agent
from indgang.core.routing.values import ItemState, Placing, QueueRow
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime.services import remembered

MOST_URGENT = 2  # priority: 0 as usual, 1 urgent, 2 very urgent
_REACH = timedelta(days=3653)  # of a deadline: the policy reckons with it, and time has an end


def arrangeable(viewer: Viewer, at: datetime, *, group: str = "", limit: int = 200) -> list[QueueRow]:
    """What waits and is this leader's to arrange, the first due first. Raises NotFound for who leads nobody."""
    rows = _led(viewer, at).filter(state=ItemState.WAITING)
    if group:
        rows = rows.filter(group=group)
    return _rows(rows.order_by("due_at", "id")[:limit], at)


def arrangeable_of(viewer: Viewer, item_ids: Iterable[UUID], at: datetime) -> list[QueueRow]:
    """These of them; what does not wait any more is left out."""
    rows = _led(viewer, at).filter(state=ItemState.WAITING, id__in=list(item_ids))
    return _rows(rows.order_by("due_at", "id"), at)


def placing(item_id: UUID) -> Placing | None:
    """Where an item that waits belongs and how urgent it is; None when it does not wait."""
    row = WorkItem.objects.filter(id=item_id, state=ItemState.WAITING).first()
    return _placing(row) if row is not None else None


@transaction.atomic
def arrange(*, item_id: UUID, to: Placing, viewer: Viewer, at: datetime) -> WorkItem:
    """Bring an item that waits to this place; what the citizen was promised stays as it was said.

    Raises NotFound for what is not this leader's, NotWaiting, UnknownTarget, OwnerDecides, NotAFigure,
    NotADeadline.
    """
    if not _led(viewer, at).filter(id=item_id).exists():
        raise NotFound
    item = WorkItem.objects.select_for_update().get(id=item_id)
    if item.state != ItemState.WAITING:
        raise NotWaiting(reference=item.reference)
    _check(to, item, at)
    before = _placing(item)
    if before == to:
        return item
    item.group, item.unit_id, item.employee_id = to.group, to.unit, to.employee
    item.priority, item.due_at = to.priority, to.due_at
    item.excluded = [who for who in item.excluded if who != to.employee]
    item.not_before = min(item.not_before, at) if to.employee != before.employee else item.not_before
    if viewer.actor is not None:
        item.handed_by = viewer.actor.employee
        item.handed_from = {"unit": before.unit, "group": before.group, "level": item.level}
    item.version += 1
    item.save()
    facts = {"group": to.group, "unit": to.unit, "employee": to.employee, "priority": to.priority}
    note(item, "work.arranged", at=at, viewer_name=viewer.name, due_at=to.due_at.isoformat(), **facts)
    if to.employee is not None:
        tell_agent(to.employee, "work")
    ring()
    return item


def _check(to: Placing, item: WorkItem, at: datetime) -> None:
    if to.group not in _groups():
        raise UnknownTarget(target=to.group[:40])
    if to.unit is not None and organisation.unit(to.unit) is None:
        raise UnknownTarget(target=str(to.unit))
    if not 0 <= to.priority <= MOST_URGENT:
        raise NotAFigure(value=str(to.priority), lowest="0", highest=str(MOST_URGENT))
    if not at - _REACH <= to.due_at <= at + _REACH:
        raise NotADeadline
    if to.employee is None:
        return
    card = organisation.employee(to.employee)
    if card is None or (card.valid_to is not None and card.valid_to < at.date()):
        raise UnknownTarget(target=str(to.employee))
    if owner_of(item.task, item.level, at) not in {None, card.employer}:
        raise OwnerDecides(name=card.name)


def _led(viewer: Viewer, at: datetime) -> QuerySet[WorkItem]:
    """The work of the groups a leader's people know, and what was given to their units or people."""
    if viewer.is_process or viewer.has_role(*SEE_ALL):
        return WorkItem.objects.all()
    if viewer.actor is None or not viewer.has_role(Role.MANAGER):
        raise NotFound
    units = viewer.actor.units
    everybodys = Q(unit=None, employee=None, group__in=_known_in(frozenset(units), at))
    theirs = everybodys | Q(unit__in=units) | Q(employee__unit__in=units)
    moved_away = Q(handed_by=viewer.actor.employee)  # one may fetch it back
    return WorkItem.objects.filter(theirs | moved_away)


@remembered
def _known_in(units: frozenset[int], at: datetime) -> frozenset[str]:
    """The groups the people of these units know."""
    return frozenset(organisation.groups_known(units, at))


@remembered
def _groups() -> frozenset[str]:
    return frozenset(code for code, _name in organisation.groups())


def _rows(rows: Iterable[WorkItem], at: datetime) -> list[QueueRow]:
    found = list(rows)
    names = organisation.names({row.employee_id for row in found if row.employee_id is not None})
    shown = item_rows(found, at)
    return [
        QueueRow(line, _placing(row), names.get(row.employee_id or 0, ""))
        for row, line in zip(found, shown, strict=True)
    ]


def _placing(row: WorkItem) -> Placing:
    return Placing(row.group, row.unit_id, row.employee_id, row.priority, row.due_at)
