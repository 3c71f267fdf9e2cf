"""Builders for tests of planning."""

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta


def year_of_counts(first: date = date(2025, 1, 6), days: int = 364, seed: int = 7, level: float = 40) -> bytes:
    """Half-hour counts of weekdays 8 to 18 as CSV, the same for a seed."""
    draw = random.Random(seed)  # noqa: S311 (invented counts)
    lines = ["start,count"]
    for number in range(days):
        day = first + timedelta(days=number)
        if day.weekday() > 4:
            continue
        factor = (1.3, 1.1, 1.0, 1.0, 0.8)[day.weekday()] * draw.uniform(0.93, 1.07)
        for slot in range(20):
            start = datetime.combine(day, time(8)) + timedelta(minutes=30 * slot)
            mean = level * factor * (0.6 + 0.8 * slot * (19 - slot) / 90)
            lines.append(f"{start.isoformat()},{max(0, round(draw.gauss(mean, mean**0.5)))}")
    return "\n".join(lines).encode()


@contextmanager
def without_statsforecast() -> Iterator[None]:
    """As if the package had never been installed."""
    ours = "indgang.desks.planning.statsforecast_models"
    planning = sys.modules["indgang.desks.planning"]
    kept = {name: sys.modules.pop(name) for name in (ours, "statsforecast") if name in sys.modules}
    loaded = planning.__dict__.pop("statsforecast_models", None)
    sys.modules["statsforecast"] = None  # type: ignore[assignment]  # what Python takes for not there
    try:
        yield
    finally:
        del sys.modules["statsforecast"]
        sys.modules.update(kept)
        if loaded is not None:
            planning.statsforecast_models = loaded  # type: ignore[attr-defined]
