"""What a roster must know of people, and the address at which each one's own calendar is read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class StaffTerms(models.Model):
    """An employee's hours and days, as their leader typed them and they themselves wished."""

    employee = models.OneToOneField(
        "organisation.Employee", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    hours = models.FloatField(null=True)  # a week, at most; null: nobody has said
    least_hours = models.FloatField(default=0)
    earliest = models.SmallIntegerField(default=0)  # minutes after midnight
    latest = models.SmallIntegerField(default=24 * 60)
    absent = ArrayField(models.DateField(), default=list)  # days, and never why
    wishes = ArrayField(models.DateField(), default=list)  # days wished free
    version = models.IntegerField(default=1)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)  # the journal's actor


class CalendarLink(models.Model):
    """The secret address of an employee's own calendar: made of the salt and the house's secret, and kept nowhere."""

    employee = models.OneToOneField(
        "organisation.Employee", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    salt = models.CharField(max_length=43)
    made_at = models.DateTimeField()
