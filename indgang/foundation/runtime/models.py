"""The one clock row of an installation."""

from django.db import models


class ClockOffset(models.Model):
    """How far the service's time is ahead of the machine's; settable in demo and tests only."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_is_one_row")]
