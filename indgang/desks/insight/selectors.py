"""What one can ask of the facts. They hold nobody; who plans or leads may read them."""

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Max, Min, Sum

from indgang.desks.insight.models import DailyFact, Series
from indgang.desks.insight.values import Busiest, ChannelYear, HalfHour, SeriesRow

_BUSIEST = (Path(__file__).parent / "sql" / "busiest_half_hours.sql").read_text()


def half_hours(channels: Collection[str], *, group: str | None = None, unit: str | None = None) -> list[HalfHour]:
    """Inquiries by half-hour, oldest first, of these channels together; of one task group and unit where they are said.

    Half-hours in which nobody came are left out.
    """
    rows = DailyFact.objects.filter(channel__in=channels, contacts__gt=0)
    if group is not None:
        rows = rows.filter(group=group)
    if unit is not None:
        rows = rows.filter(unit=unit)
    counted = rows.values("day", "slot").annotate(number=Sum("contacts")).order_by("day", "slot")
    return [HalfHour(row["day"], row["slot"], row["number"]) for row in counted]


def series() -> list[SeriesRow]:
    """Every channel, task group and unit anybody came in by."""
    rows = Series.objects.filter(contacts__gt=0).order_by("channel", "group", "unit")
    return [SeriesRow(*row) for row in rows.values_list("channel", "group", "unit", "contacts")]


def channels() -> list[ChannelYear]:
    """Each channel's inquiries of the year before its last day."""
    found = []
    spans = Series.objects.filter(contacts__gt=0).values("channel").annotate(begin=Min("first"), end=Max("last"))
    for row in spans.order_by("channel"):
        first = max(row["begin"], row["end"] - timedelta(days=364))
        facts = DailyFact.objects.filter(channel=row["channel"], day__gte=first)
        number = facts.aggregate(number=Sum("contacts"))["number"] or 0
        found.append(ChannelYear(row["channel"], number, first, row["end"]))
    return found


def busiest(channels: Collection[str], units: Collection[str], first: date, last: date) -> dict[str, Busiest]:
    """Each unit's busiest half-hour of a usual week between two days, both counted; units nobody came to are left out.

    Where no work was finished yet, `hours` is 0.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BUSIEST, {"channels": list(channels), "units": list(units), "first": first, "last": last})
        return {row[0]: Busiest(row[0], float(row[1]), float(row[2]), frozenset(row[3])) for row in cursor.fetchall()}
