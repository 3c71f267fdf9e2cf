"""Days that are not like others of their weekday: missing, closed, counted in part, or wild. Pure.

A note is plain data; its words stand in values.py.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Note = dict[str, Any]  # what, day, number; usual
OUTLIER = 3.5  # deviations, as the forecast takes it
LEAST_SHARE = 0.25  # nearer than that to the usual is never wild, however alike the other days are
AROUND = 6  # same weekdays before and after a day that say what is usual


def unusual_days(first: date, values: Floats) -> list[Note]:
    """Notes in the order of days; `values` are counts by day and interval, not a number where nothing was counted."""
    there = ~np.isnan(values)
    found, totals = there.sum(axis=1), np.nansum(values, axis=1)
    usual = [_middle(found[weekday::7]) for weekday in range(7)]
    opened = [
        float((totals[weekday::7] > 0).mean()) > 0.5 if len(totals[weekday::7]) else False for weekday in range(7)
    ]
    wild = _wild(totals, found >= np.array([usual[number % 7] for number in range(len(found))]))
    notes: list[Note] = []
    for number in range(len(values)):
        day, weekday = (first + timedelta(days=number)).isoformat(), number % 7
        if not found[number]:
            notes += [{"what": "missing", "day": day}] if usual[weekday] else []
        elif not totals[number]:
            notes += [{"what": "closed", "day": day}] if opened[weekday] else []
        elif found[number] < usual[weekday]:
            notes.append({"what": "part", "day": day, "number": usual[weekday] - int(found[number])})
        elif number in wild:
            notes.append({"what": "wild", "day": day, "number": float(totals[number]), "usual": wild[number]})
    return notes


def _wild(totals: Floats, whole: NDArray[np.bool_]) -> dict[int, float]:
    """Open days far from the middle of the same weekdays around them, with that middle."""
    expected = {number: middle for number, middle in _middles(totals, whole) if middle > 0}
    if not expected:
        return {}
    off = {number: float(np.log(totals[number] / middle)) for number, middle in expected.items()}
    scale = 1.4826 * float(np.median(np.abs(list(off.values())))) + 1e-6
    return {
        number: expected[number]
        for number, distance in off.items()
        if abs(distance) > OUTLIER * scale and abs(totals[number] / expected[number] - 1) > LEAST_SHARE
    }


def _middles(totals: Floats, whole: NDArray[np.bool_]) -> Iterator[tuple[int, float]]:
    for weekday in range(7):
        days = [number for number in range(weekday, len(totals), 7) if totals[number] > 0 and whole[number]]
        for place, number in enumerate(days):
            near = days[max(0, place - AROUND) : place] + days[place + 1 : place + 1 + AROUND]
            if len(near) >= 3:
                yield number, float(np.median(totals[near]))


def _middle(numbers: NDArray[np.int64]) -> int:
    """The median of those above zero."""
    counted = numbers[numbers > 0]
    return int(np.median(counted)) if len(counted) else 0
