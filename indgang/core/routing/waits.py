"""How long one waits by phone and at the counter: measured where enough was measured, else what is promised."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from indgang.core.routing.models import ExpectedWait
from indgang.core.routing.targets import promised
from indgang.core.routing.values import WaitRow
from indgang.foundation.runtime import clock

WAITS = (Path(__file__).parent / "sql" / "waits.sql").read_text()
MEASURED_DAYS = 28  # four of each weekday
FEWEST = 20  # fewer say nothing about tomorrow
MEDIA = ("phone", "counter")
_LOCK = "LOCK TABLE routing_expectedwait IN SHARE ROW EXCLUSIVE MODE"  # of two at once the second counts anew


@transaction.atomic
def measure_waits(at: datetime) -> int:
    """Count the waits of the last four weeks anew; how many kinds of time have enough of them. Done once an hour."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        ExpectedWait.objects.all().delete()
        cursor.execute(
            WAITS,
            {
                "at": at,
                "start": at - timedelta(days=MEASURED_DAYS),
                "zone": str(clock.COPENHAGEN),
                "media": list(MEDIA),
                "fewest": FEWEST,
            },
        )
        return int(cursor.rowcount)


def expected_waits(task: str, group: str, at: datetime, media: Iterable[str] = MEDIA) -> dict[str, WaitRow]:
    """Per medium what was measured at this time of the week, of the group where that is enough, else of all work; and
    what is promised. A medium of which neither is known is left out."""
    wanted, now = list(media), clock.local(at)
    rows = ExpectedWait.objects.filter(
        medium__in=wanted,
        group__in=["", group],
        weekday=now.isoweekday(),
        half_hour=now.hour * 2 + now.minute // 30,
        made_at__gt=at - timedelta(days=MEASURED_DAYS),
    )
    measured = {row.medium: row for row in rows.order_by("group")}  # the group's own comes last and stays
    found = {}
    for medium in wanted:
        row, target = measured.get(medium), promised(task, group, medium, at)
        seconds = target.seconds if target else None
        if row is not None or seconds is not None:
            found[medium] = WaitRow(
                medium,
                counted=row.counted if row else 0,
                median=row.median if row else None,
                most=row.most if row else None,
                promised=seconds,
                share=target.share if target and seconds is not None else None,
            )
    return found
