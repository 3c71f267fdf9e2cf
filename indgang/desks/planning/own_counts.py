"""The municipality's own contacts as counts, in the same shape as a file that is brought."""

import csv
import io
from datetime import datetime, time, timedelta

from django.utils.translation import gettext

from indgang.desks.insight import selectors as insight
from indgang.desks.planning.errors import NothingCounted


def as_csv(channel: str) -> bytes:
    """Every half-hour between the first and the last of a day anybody ever came in, zeros where nobody did.

    Raises NothingCounted.
    """
    rows = insight.half_hours(channel)
    if not rows:
        raise NothingCounted
    counted = {(row.day, row.slot): row.contacts for row in rows}
    slots = range(min(row.slot for row in rows), max(row.slot for row in rows) + 1)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["start", "count"])
    day = rows[0].day
    while day <= rows[-1].day:
        for slot in slots:
            start = datetime.combine(day, time()) + timedelta(minutes=30 * slot)
            writer.writerow([start.isoformat(), counted.get((day, slot), 0)])
        day += timedelta(days=1)
    return file.getvalue().encode()


def name() -> str:
    """What such a set is called."""
    return gettext("Egne henvendelser")
