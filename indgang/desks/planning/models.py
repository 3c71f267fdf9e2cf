"""What planners keep: counts they bring, work that takes long, and the figures a municipality's profile came with."""

from django.db import models

from indgang.desks.planning.staff_models import CalendarLink as CalendarLink
from indgang.desks.planning.staff_models import StaffTerms as StaffTerms


class CountSet(models.Model):
    """Counts of inquiries by interval as they were brought: the file itself, and what was seen when it was read."""

    id = models.UUIDField(primary_key=True)  # uuid7 made in Python
    name = models.CharField(max_length=120)
    channel = models.CharField(max_length=14)  # phone, counter, mail …
    minutes = models.SmallIntegerField(default=30)  # of an interval
    content = models.BinaryField()  # CSV
    first = models.DateField()
    last = models.DateField()
    total = models.FloatField()
    notes = models.JSONField(default=list)  # as unusual_days.py says
    own = models.BooleanField(default=False)  # counted from the municipality's contacts
    group = models.CharField(max_length=40, blank=True, default="")  # code of the task group; empty: all of them
    unit = models.CharField(max_length=40, blank=True, default="")  # code of the unit; empty: all of them
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)  # the journal's actor

    class Meta:
        indexes = [models.Index(fields=["-added_at"], name="count_sets_newest")]


class PlanRun(models.Model):
    """Work that may take long: what was asked, how far it is, and what came out."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12)  # forecast, staffing, compare, roster, trial
    name = models.CharField(max_length=160)
    input = models.JSONField()
    state = models.CharField(max_length=10, default="queued")  # queued, running, done, failed, cancelled
    progress = models.SmallIntegerField(default=0)  # per cent
    result = models.JSONField(null=True)
    error = models.CharField(max_length=400, blank=True, default="")  # the sentence, its places still open
    error_facts = models.JSONField(default=dict)
    error_code = models.CharField(max_length=8, blank=True, default="")
    started_by = models.CharField(max_length=80)  # the journal's actor
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)  # the last sign of life from whoever works on it
    ended_at = models.DateTimeField(null=True)
    attempt = models.SmallIntegerField(default=0)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["-asked_at"], name="plan_runs_newest"),
            models.Index(
                fields=["asked_at"], name="plan_runs_open", condition=models.Q(state__in=["queued", "running"])
            ),
        ]


class CostRow(models.Model):
    """A line of a budget of the profile."""

    case = models.CharField(max_length=40)
    section = models.CharField(max_length=40)
    line = models.CharField(max_length=160)
    bearer = models.CharField(max_length=120, blank=True, default="")
    year = models.SmallIntegerField()
    thousand_dkk = models.DecimalField(max_digits=12, decimal_places=2)
    price_level = models.SmallIntegerField()
    account = models.CharField(max_length=40, blank=True, default="")
    printed = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    order = models.IntegerField()


class CapacityMonth(models.Model):
    """Tasks solved in a month, with what was printed about it."""

    month = models.CharField(primary_key=True, max_length=7)
    tasks = models.IntegerField()
    printed_year = models.IntegerField(null=True)
    printed_utilisation = models.DecimalField(null=True, max_digits=6, decimal_places=2)
    printed_index = models.IntegerField(null=True)
    source = models.CharField(max_length=120, blank=True, default="")


class YearlyVolume(models.Model):
    """How many a year somebody expects, as it stands in a source of the profile."""

    code = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    channel = models.CharField(max_length=14)
    per_year = models.IntegerField()
    share = models.DecimalField(max_digits=5, decimal_places=4, default=1)  # the part that comes to the municipality
    part_of = models.CharField(max_length=40, blank=True, default="")  # code of the sum it is a part of
    is_sum = models.BooleanField(default=False)  # a printed sum of parts; not counted again
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=120, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    order = models.IntegerField()


class CentreFigure(models.Model):
    """What a planner says of a centre in its busiest half-hour; empty where the own figures are taken."""

    unit = models.CharField(primary_key=True, max_length=40)  # code
    load = models.FloatField(null=True)  # erlang
    staff = models.FloatField(null=True)  # at work
    lacks = models.TextField(null=True)  # competences nobody there has, semicolons between
    tax_seat = models.CharField(max_length=3, blank=True, default="")  # yes, no; empty: none is needed
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)  # the journal's actor
    version = models.IntegerField(default=1)
