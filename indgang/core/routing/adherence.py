"""Whether somebody does what is planned for them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from indgang.core.routing.planned_values import Adherence, PlanKind, ShiftRow
from indgang.core.routing.values import AgentMode

GRACE = timedelta(minutes=5)  # nobody is late before
_AT_WORK = frozenset({AgentMode.AVAILABLE, AgentMode.RESERVED, AgentMode.BUSY, AgentMode.WRAP_UP})


@dataclass(frozen=True)
class Doing:
    """What an employee does now, and since when."""

    mode: str = AgentMode.OFFLINE
    since: datetime | None = None
    place: str = ""  # the name of their service point
    place_unit: int | None = None  # whose it is; None: nobody's


def adherence(employee: int, shifts: Sequence[ShiftRow], doing: Doing, at: datetime) -> Adherence:
    """The plan of a day against what is done. `shifts`: those of the day, the earliest first."""
    now = next((one for one in shifts if one.starts_at <= at < one.ends_at), None)
    if now is None:
        return _outside(employee, shifts, doing, at)
    if now.break_from and now.break_to and now.break_from <= at < now.break_to:
        works = doing.mode in _AT_WORK
        return Adherence(employee, PlanKind.WORKS_BREAK if works else PlanKind.ON_BREAK, now)
    if doing.mode == AgentMode.OFFLINE:
        return _missing(employee, now, doing, at)
    return Adherence(employee, _present(now, doing), now, place=doing.place)


def _outside(employee: int, shifts: Sequence[ShiftRow], doing: Doing, at: datetime) -> Adherence:
    following = next((one for one in shifts if one.starts_at > at), None)
    shift = following or (shifts[-1] if shifts else None)
    if doing.mode in _AT_WORK:
        return Adherence(employee, PlanKind.EXTRA, shift)
    return Adherence(employee, PlanKind.AWAITED if following else PlanKind.FREE, shift)


def _missing(employee: int, shift: ShiftRow, doing: Doing, at: datetime) -> Adherence:
    """Not logged on: gone since the shift began, or not there yet."""
    if doing.since is not None and doing.since > shift.starts_at:
        return Adherence(employee, PlanKind.LEFT, shift)
    late = at - shift.starts_at
    if late < GRACE:
        return Adherence(employee, PlanKind.AWAITED, shift)
    return Adherence(employee, PlanKind.LATE, shift, late_seconds=int(late.total_seconds()))


def _present(shift: ShiftRow, doing: Doing) -> PlanKind:
    if doing.mode == AgentMode.PAUSE:
        return PlanKind.PAUSED
    if doing.mode == AgentMode.UNREACHABLE:
        return PlanKind.SILENT
    elsewhere = shift.unit is not None and doing.place_unit is not None and doing.place_unit != shift.unit
    return PlanKind.ELSEWHERE if elsewhere else PlanKind.ON_PLAN
