"""What one can ask of the facts. They hold nobody; who plans or leads may read them."""

from django.db.models import Sum

from indgang.desks.insight.models import DailyFact
from indgang.desks.insight.values import HalfHour


def half_hours(channel: str) -> list[HalfHour]:
    """Inquiries of a channel by half-hour, oldest first; half-hours in which nobody came are left out."""
    rows = DailyFact.objects.filter(channel=channel, contacts__gt=0).values("day", "slot")
    counted = rows.annotate(number=Sum("contacts")).order_by("day", "slot")
    return [HalfHour(row["day"], row["slot"], row["number"]) for row in counted]
