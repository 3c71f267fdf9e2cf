"""An example of counts, invented: eight weeks of a phone open from 8 to 18. Pure."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

DAYS = 56
_SHAPE = (0.6, 0.9, 1.2, 1.4, 1.3, 1.1, 1.1, 1.2, 1.0, 0.6)  # of the hours from 8
_WEEKDAYS = (1.25, 1.05, 1.0, 1.0, 0.85)


def rows(today: date) -> Iterator[list[object]]:
    """The header and a row for each half-hour of the weeks before today; always the same for a day."""
    draw = random.Random(today.toordinal())  # noqa: S311 (an example, no secret)
    yield ["start", "antal"]
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() > 4:
            continue
        level = 45 * _WEEKDAYS[day.weekday()] * draw.uniform(0.9, 1.1)
        for slot in range(20):
            start = datetime.combine(day, time(8)) + timedelta(minutes=30 * slot)
            mean = level * _SHAPE[slot // 2]
            yield [start.isoformat(timespec="minutes"), max(0, round(draw.gauss(mean, mean**0.5)))]
