"""Whose state and work somebody may change."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.errors import NotAnEmployee
from indgang.core.routing.models import Offer, WorkItem
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer

SEE_ALL = (Role.EXECUTIVE.value, Role.OPERATOR.value)
LEADERS = (Role.MANAGER.value, *SEE_ALL)


def employee_of(viewer: Viewer) -> int:
    """The employee who acts; raises NotAnEmployee."""
    if viewer.actor is None:
        raise NotAnEmployee
    return viewer.actor.employee


def may_set(employee_id: int, viewer: Viewer, *, oneself: bool = True) -> None:
    """Oneself where that is allowed, a process, or the leader of the employee's unit; raises NotFound."""
    if viewer.is_process or (oneself and viewer.actor is not None and viewer.actor.employee == employee_id):
        return
    card = organisation.employee(employee_id)
    if card is None or viewer.actor is None or not viewer.has_role(Role.MANAGER):
        raise NotFound
    if card.unit_id not in viewer.actor.units:
        raise NotFound


def led_items(viewer: Viewer) -> QuerySet[WorkItem]:
    """The work of the units somebody leads: given to them, or offered to, handed to or in the hands of their people."""
    if viewer.is_process or viewer.has_role(*SEE_ALL):
        return WorkItem.objects.all()
    if viewer.actor is None or not viewer.has_role(Role.MANAGER):
        return WorkItem.objects.none()
    units = viewer.actor.units
    offered = Offer.objects.filter(item=OuterRef("pk"), agent__unit__in=units)
    theirs = Q(unit__in=units) | Q(agent__unit__in=units) | Q(employee__unit__in=units) | Exists(offered)
    return WorkItem.objects.filter(theirs)


def led_units(viewer: Viewer) -> frozenset[int] | None:
    """The units whose people somebody sees at work; None: everybody's. Raises NotFound for who leads nobody."""
    if viewer.is_process or viewer.has_role(*SEE_ALL):
        return None
    if viewer.actor is None or not viewer.has_role(Role.MANAGER):
        raise NotFound
    return viewer.actor.units
