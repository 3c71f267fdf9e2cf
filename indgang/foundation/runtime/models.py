"""The one clock row of an installation, and the marks of its last changes of rules."""

from django.db import models


class ClockOffset(models.Model):
    """How far the service's time is ahead of the machine's; settable in demo and tests only."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_is_one_row")]


class HouseChange(models.Model):
    """The last statements that wrote what `lasting` answers are read from, each with a mark never seen before.

    Written by triggers. Nobody waits for anybody: a change is a row of its own, and old rows are deleted where no other
    transaction holds them.
    """

    mark = models.UUIDField()
