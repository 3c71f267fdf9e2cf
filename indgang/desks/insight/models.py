"""Counts by half-hour; nobody is named in them."""

from django.db import models


class DailyFact(models.Model):
    """Inquiries that came in one half-hour by one channel about one task group, and the time spent on them."""

    day = models.DateField()
    slot = models.SmallIntegerField()  # 0 to 47, local time
    channel = models.CharField(max_length=14)
    group = models.CharField(max_length=40, blank=True, default="")  # of the first task; empty: none was found
    unit = models.CharField(max_length=40, blank=True, default="")  # code of the unit that took it in, if it is known
    contacts = models.IntegerField(default=0)
    finished = models.IntegerField(default=0)  # pieces of work
    handling_seconds = models.BigIntegerField(default=0)  # from accepting to finishing, of those

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "slot", "channel", "group", "unit"], name="one_daily_fact")
        ]
        indexes = [models.Index(fields=["channel", "day"], name="facts_of_channel")]


class Series(models.Model):
    """What there are facts of: a channel, a task group and a unit, with the days between which inquiries came in."""

    channel = models.CharField(max_length=14)
    group = models.CharField(max_length=40, blank=True, default="")
    unit = models.CharField(max_length=40, blank=True, default="")
    first = models.DateField()
    last = models.DateField()
    contacts = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "group", "unit"], name="one_series")]
