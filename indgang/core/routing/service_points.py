"""Where people serve, and how much they can have in hand; a leader moves several with one click."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.errors import AlreadyMoved, NotAFigure, UnknownMedium, UnknownPoint
from indgang.core.routing.facts import Point
from indgang.core.routing.models import AgentState, ServicePoint, WorkItem
from indgang.core.routing.offering import withdraw
from indgang.core.routing.points import in_force
from indgang.core.routing.policy import WRITTEN
from indgang.core.routing.rights import may_set
from indgang.core.routing.staffing import follow_work, lock_agent
from indgang.core.routing.telling import ring, tell_agent, tell_floor
from indgang.core.routing.values import MEDIA, ItemState
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal

MOST_AT_ONCE = 20  # pieces of one medium in one person's hands


@transaction.atomic
def set_service_point(
    *,
    employee_ids: Iterable[int],
    service_point: str,
    viewer: Viewer,
    at: datetime,
    versions: Mapping[int, int] | None = None,
) -> list[AgentState]:
    """Move these people (oneself, or those one leads) to a service point; "": they serve everywhere again.

    `versions`: what the leader saw (`LiveAgent.point_version`); who was moved meanwhile raises AlreadyMoved, and nobody
    is moved. Raises NotFound, UnknownPoint.
    """
    people = sorted(set(employee_ids))
    for employee in people:
        may_set(employee, viewer)
    point = _point(service_point, at) if service_point else None
    moved = [_moved(employee, point, (versions or {}).get(employee), viewer, at) for employee in people]
    if moved:
        ring()
        tell_floor()
    return moved


@transaction.atomic
def set_capacity(*, employee_id: int, capacity: Mapping[str, int], viewer: Viewer, at: datetime) -> AgentState:
    """How many pieces per medium ("written": of all written media) are offered beside each other; a leader decides."""
    may_set(employee_id, viewer, oneself=False)
    for medium, number in capacity.items():
        if medium not in (*MEDIA, WRITTEN):
            raise UnknownMedium(medium=medium[:20])
        if not 1 <= number <= MOST_AT_ONCE:
            raise NotAFigure(value=str(number), lowest="1", highest=str(MOST_AT_ONCE))
    state = lock_agent(employee_id, at)
    state.capacity = dict(capacity)
    state.version += 1
    state.save(update_fields=["capacity", "version"])
    said = [f"{medium}:{number}" for medium, number in sorted(capacity.items())]
    _noted("agent.capacity_set", employee_id, viewer, at, capacity=said)
    ring()
    return state


def capacities(employee_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many pieces each of these has in hand at most, per medium; who is as everybody is left out."""
    rows = AgentState.objects.filter(pk__in=list(employee_ids)).exclude(capacity={})
    return dict(rows.values_list("pk", "capacity"))


def _moved(
    employee_id: int, point: ServicePoint | None, version: int | None, viewer: Viewer, at: datetime
) -> AgentState:
    offered = WorkItem.objects.filter(agent=employee_id, state=ItemState.OFFERED).first()
    unfit = offered is not None and point is not None and not _takes(point, offered)
    if unfit:
        withdraw(employee_id, at, viewer_name=viewer.name)
    state = lock_agent(employee_id, at)
    code = point.code if point else None
    if state.service_point_id == code:
        return state
    if version is not None and version != state.point_version:
        where = state.service_point.name if state.service_point else gettext("alle steder")
        raise AlreadyMoved(name=organisation.names([employee_id]).get(employee_id, ""), point=where)
    before, state.service_point_id = state.service_point_id, code
    state.point_version += 1
    state.version += 1
    state.save(update_fields=["service_point", "point_version", "version"])
    if unfit:
        follow_work(state, at)
    _noted("agent.moved", employee_id, viewer, at, before=before, service_point=code)
    tell_agent(employee_id, "state")
    return state


def _takes(point: ServicePoint, item: WorkItem) -> bool:
    return Point(point.code, frozenset(point.groups), frozenset(point.media)).takes(item.group, item.medium)


def _point(code: str, at: datetime) -> ServicePoint:
    found = in_force(ServicePoint, at).filter(code=code).first()
    if found is None:
        raise UnknownPoint(point=code[:40])
    return found


def _noted(verb: str, employee_id: int, viewer: Viewer, at: datetime, **data: object) -> None:
    facts = {"employee": employee_id, **data}
    subject = f"organisation.employee:{employee_id}"
    journal.record(verb, at=at, viewer_name=viewer.name, subject=subject, data=facts)
