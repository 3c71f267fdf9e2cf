"""Where a new right goes among those somebody has: pure calculation over periods of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from indgang.foundation.access.values import GrantKind

_NEVER = date.max


@dataclass(frozen=True)
class Held:
    """A right somebody has on the same task or group."""

    id: int
    level: int
    valid_from: date
    valid_to: date | None
    joins: bool = True  # may be merged; what the profile brought stays as the profile says


@dataclass(frozen=True)
class Placed:
    """What becomes of the new right: its kind, its period, and the rows it takes in."""

    kind: str
    valid_from: date
    valid_to: date | None
    merges: tuple[int, ...] = ()


def place(held: Iterable[Held], *, level: int, valid_from: date, valid_to: date | None) -> Placed:
    """New where nothing touches it, merged with rows of the same level that overlap or adjoin, or held already.

    A lower level inside a higher one's period gives nothing. A higher level stands beside a lower one, which holds
    again when the higher one ends.
    """
    rows = list(held)
    if _covered([row for row in rows if row.level >= level], valid_from, _last(valid_to)):
        return Placed(GrantKind.ALREADY, valid_from, valid_to)
    first, last, taken = valid_from, _last(valid_to), list[int]()
    for row in sorted((row for row in rows if row.joins and row.level == level), key=lambda row: row.valid_from):
        if row.valid_from <= _after(last) and first <= _after(_last(row.valid_to)):
            first, last = min(first, row.valid_from), max(last, _last(row.valid_to))
            taken.append(row.id)
    kind = GrantKind.MERGED if taken else GrantKind.NEW
    return Placed(kind, first, None if last == _NEVER else last, tuple(taken))


def _covered(rows: Sequence[Held], first: date, last: date) -> bool:
    """Whether the rows together hold on every day from first to last."""
    missing = first
    for row in sorted(rows, key=lambda row: row.valid_from):
        if row.valid_from <= missing <= _last(row.valid_to):
            missing = _after(_last(row.valid_to))
        if missing > last or missing == _NEVER:
            return True
    return False


def _last(valid_to: date | None) -> date:
    return valid_to or _NEVER


def _after(day: date) -> date:
    return day if day == _NEVER else day + timedelta(days=1)
