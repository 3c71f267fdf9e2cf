"""The plan of people at work: published by who leads them, read by themselves and by their leader."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max

from indgang.core.organisation import selectors as organisation
from indgang.core.routing import rights
from indgang.core.routing.adherence import Doing, adherence
from indgang.core.routing.errors import PlanIsPast
from indgang.core.routing.models import AgentState, PlannedShift
from indgang.core.routing.planned_values import Adherence, PublishedRow, ShiftRow
from indgang.core.routing.points import point_row
from indgang.core.routing.telling import tell_floor
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

PLANNED_AROUND = timedelta(days=7)  # who has a shift so near is somebody a plan is made for


@transaction.atomic
def publish_shifts(
    *,
    roster: UUID,
    first: date,
    last: date,
    employees: Iterable[int],
    shifts: Sequence[ShiftRow],
    viewer: Viewer,
    at: datetime,
) -> int:
    """Put these shifts in the place of what was planned for these employees on those days; how many there are now.

    What has begun stays as it was planned. Raises NotFound for an employee the viewer does not lead, and PlanIsPast
    when no shift is still to come.
    """
    people = sorted(set(employees))
    _refuse_others(people, viewer, at)
    to_come = [one for one in shifts if one.employee in set(people) and one.starts_at > at and first <= one.day <= last]
    if not to_come:
        raise PlanIsPast
    rows = PlannedShift.objects.select_for_update().filter(employee__in=people, day__range=(first, last))
    rows.filter(starts_at__gt=at).delete()
    begun = set(rows.values_list("employee_id", "day"))
    kept = [_row(one, roster, at) for one in to_come if (one.employee, one.day) not in begun]
    PlannedShift.objects.bulk_create(kept)
    facts: dict[str, object] = {
        "employees": people,
        "shifts": len(kept),
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    _record("agent.plan_published", roster, viewer, at, facts)
    return len(kept)


@transaction.atomic
def withdraw_shifts(*, roster: UUID, viewer: Viewer, at: datetime) -> int:
    """Take back what of a roster is still to come; how many shifts. Raises NotFound where none is left."""
    rows = PlannedShift.objects.select_for_update().filter(roster=roster, starts_at__gt=at)
    people = sorted(set(rows.values_list("employee_id", flat=True)))
    if not people:
        raise NotFound
    _refuse_others(people, viewer, at)
    number = rows.delete()[0]
    _record("agent.plan_withdrawn", roster, viewer, at, {"employees": people, "shifts": number})
    return number


def planned_shifts(viewer: Viewer, employee_id: int, first: date, last: date) -> list[ShiftRow]:
    """The shifts of an employee, for themselves and for who leads them. Raises NotFound."""
    own = viewer.actor is not None and viewer.actor.employee == employee_id
    if not own:
        _refuse_unseen(employee_id, viewer)
    rows = PlannedShift.objects.filter(employee=employee_id, day__range=(first, last)).order_by("starts_at")
    return [_shown(row) for row in rows]


def published(viewer: Viewer, roster: UUID) -> PublishedRow | None:
    """What of a roster stands in people's plans, as far as the viewer sees those people at work; None: nothing."""
    rows = PlannedShift.objects.filter(roster=roster)
    units = rights.led_units(viewer)
    if units is not None:
        rows = rows.filter(employee__unit__in=units)
    told = rows.aggregate(
        n=Count("id"), people=Count("employee", distinct=True), at=Max("published_at"), last=Max("day")
    )
    return PublishedRow(told["n"], told["people"], told["at"], told["last"]) if told["n"] else None


def adherences(viewer: Viewer, employees: Iterable[int], at: datetime) -> dict[int, Adherence]:
    """The plan of these people against what they do now; who has no plan is left out. Raises NotFound."""
    wanted, day = _seen(viewer, employees, at), clock.local(at).date()
    around = PlannedShift.objects.filter(
        employee__in=wanted, day__range=(day - PLANNED_AROUND, day + PLANNED_AROUND)
    ).order_by("starts_at")
    today: dict[int, list[ShiftRow]] = defaultdict(list)
    for row in around:
        is_today = row.day == day or row.starts_at <= at < row.ends_at
        today[row.employee_id] += [_shown(row)] if is_today else []
    doing = _doing(today)
    return {one: adherence(one, shifts, doing.get(one, Doing()), at) for one, shifts in today.items()}


def _seen(viewer: Viewer, employees: Iterable[int], at: datetime) -> list[int]:
    units = rights.led_units(viewer)
    wanted = set(employees)
    if units is None:
        return sorted(wanted)
    return sorted(card.id for card in organisation.employees(at=at) if card.id in wanted and card.unit_id in units)


def _doing(employees: Iterable[int]) -> Mapping[int, Doing]:
    states = AgentState.objects.select_related("service_point").filter(pk__in=list(employees))
    return {state.pk: _done_by(state) for state in states}


def _done_by(state: AgentState) -> Doing:
    place = state.service_point
    name = point_row(place).name if place else ""
    return Doing(state.mode, state.since, name, place.unit_id if place else None)


def _refuse_others(employees: Iterable[int], viewer: Viewer, at: datetime) -> None:
    """A plan is made by who leads the people in it."""
    if viewer.is_process:
        return
    if viewer.actor is None or not viewer.has_role(Role.MANAGER):
        raise NotFound
    led = {card.id for card in organisation.employees(at=at) if card.unit_id in viewer.actor.units}
    if not set(employees) <= led:
        raise NotFound


def _refuse_unseen(employee_id: int, viewer: Viewer) -> None:
    units = rights.led_units(viewer)
    card = organisation.employee(employee_id)
    if card is None or (units is not None and card.unit_id not in units):
        raise NotFound


def _row(one: ShiftRow, roster: UUID, at: datetime) -> PlannedShift:
    return PlannedShift(
        id=uuid7(at),
        employee_id=one.employee,
        day=one.day,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        break_from=one.break_from,
        break_to=one.break_to,
        name=one.name[:80],
        unit_id=one.unit,
        roster=roster,
        published_at=at,
    )


def _shown(row: PlannedShift) -> ShiftRow:
    return ShiftRow(
        row.employee_id, row.day, row.starts_at, row.ends_at, row.name, row.break_from, row.break_to, row.unit_id
    )


def _record(verb: str, roster: UUID, viewer: Viewer, at: datetime, facts: dict[str, object]) -> None:
    journal.record(verb, at=at, viewer_name=viewer.name, subject=f"routing.roster:{roster}", data=facts)
    tell_floor()
