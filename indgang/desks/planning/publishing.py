"""A finished roster given to the people in it: it becomes their plan, by which they and their leader see the day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from indgang.core.organisation import selectors as organisation
from indgang.core.routing import selectors as routing
from indgang.core.routing import services as work
from indgang.core.routing.values import ShiftRow
from indgang.desks.planning import selectors
from indgang.desks.planning.rosters import needs_of
from indgang.desks.planning.shifts import Employee, Pattern, read_employees, read_patterns
from indgang.desks.planning.staff_errors import NobodyToPublish
from indgang.desks.planning.values import Kind, RunRow
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime.clock import COPENHAGEN


@dataclass(frozen=True)
class Publication:
    """What publishing would do, and what was published before."""

    people: list[tuple[str, int]]  # who gets a plan, and how many shifts
    unknown: list[str]  # names nobody one leads has
    shifts: int = 0
    published_at: datetime | None = None
    published: int = 0


def publication(viewer: Viewer, row: RunRow, at: datetime) -> Publication | None:
    """For the page of a roster with names; None for who leads nobody."""
    if not viewer.has_role(Role.MANAGER) or not row.input.get("employees"):
        return None
    led, unknown = _led(viewer, row, at)
    counted = Counter(one[2] for one in (row.result or {})["tables"]["shifts"]["rows"])
    found = routing.published(viewer, row.id)
    return Publication(
        [(name, counted[name]) for name in led],
        unknown,
        sum(counted[name] for name in led),
        found.published_at if found else None,
        found.shifts if found else 0,
    )


def publish(*, run_id: UUID, viewer: Viewer, at: datetime) -> int:
    """Give their shifts to those one leads; how many. Raises NotFound, NobodyToPublish, PlanIsPast."""
    row = _roster(viewer, run_id)
    led, _unknown = _led(viewer, row, at)
    patterns = {one.name: one for one in read_patterns(row.input["patterns"])}
    given = [one for one in (row.result or {})["tables"]["shifts"]["rows"] if one[2] in led]
    shifts = [_shift(led[name], date.fromisoformat(day), patterns[pattern]) for day, pattern, name, _count in given]
    if not shifts:
        raise NobodyToPublish
    days = [need.start.date() for need in needs_of(row.input)]
    return work.publish_shifts(
        roster=row.id,
        first=min(days),
        last=max(days),
        employees=[key for key, _unit in led.values()],
        shifts=shifts,
        viewer=viewer,
        at=at,
    )


def withdraw(*, run_id: UUID, viewer: Viewer, at: datetime) -> int:
    """Take back what is still to come; how many shifts. Raises NotFound."""
    return work.withdraw_shifts(roster=_roster(viewer, run_id).id, viewer=viewer, at=at)


def _roster(viewer: Viewer, run_id: UUID) -> RunRow:
    row = selectors.run(viewer, run_id)
    if row.kind != Kind.ROSTER or row.result is None or not row.input.get("employees"):
        raise NotFound
    return row


def _led(viewer: Viewer, row: RunRow, at: datetime) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Those of a roster whom one leads: name to employee and unit; and the names of the others."""
    units = viewer.actor.units if viewer.actor and viewer.has_role(Role.MANAGER) else frozenset()
    cards = [card for card in organisation.employees(at=at) if card.unit_id in units]
    by_id = {card.id: (card.id, card.unit_id) for card in cards}
    often = Counter(card.name for card in cards)
    by_name = {card.name: (card.id, card.unit_id) for card in cards if often[card.name] == 1}
    found: dict[str, tuple[int, int]] = {}
    unknown: list[str] = []
    for one in read_employees(row.input["employees"]):
        key = _key(one, by_id, by_name)
        if key is None or key in found.values():
            unknown.append(one.name)
        else:
            found[one.name] = key
    return found, unknown


def _key(
    one: Employee, by_id: dict[int, tuple[int, int]], by_name: dict[str, tuple[int, int]]
) -> tuple[int, int] | None:
    return by_id.get(one.id) if one.id is not None else by_name.get(one.name)


def _shift(who: tuple[int, int], day: date, pattern: Pattern) -> ShiftRow:
    employee, unit = who
    midnight = datetime.combine(day, time(), COPENHAGEN)
    away = (pattern.break_start, pattern.break_start + pattern.break_minutes) if pattern.break_minutes else None
    return ShiftRow(
        employee,
        day,
        _at(midnight, pattern.start),
        _at(midnight, pattern.end),
        pattern.name,
        _at(midnight, away[0]) if away else None,
        _at(midnight, away[1]) if away else None,
        unit,
    )


def _at(midnight: datetime, minutes: int) -> datetime:
    """The clock's time that day, also when the night put it forward or back."""
    return midnight + timedelta(minutes=minutes)
