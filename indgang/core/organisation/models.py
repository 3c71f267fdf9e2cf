"""The municipality as rows; who changes them goes through services."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Administration(models.Model):
    """An administration, or an authority outside the municipality that owns tasks."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=120)
    today = models.CharField(max_length=200, blank=True, default="")  # today's owner; information only
    external = models.BooleanField(default=False)


class Unit(models.Model):
    """A place where work is done; in force while valid."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)  # contact_centre, centre, office, job_centre, benefit_office, back_office …
    administration = models.ForeignKey(Administration, on_delete=models.PROTECT)
    variant = models.CharField(max_length=40, blank=True, default="")  # "plan 2005", "decision 2006"; empty: both
    district = models.CharField(max_length=60, blank=True, default="")
    address = models.CharField(max_length=160, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    mail = models.CharField(max_length=120, blank=True, default="")
    facilities = models.CharField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=120, blank=True, default="")


class OpeningHours(models.Model):
    """One weekly interval of a unit and channel; local time in Copenhagen."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=12)  # "phone", "counter", "mail"
    weekday = models.SmallIntegerField()  # 0 Monday … 6 Sunday
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=120, blank=True, default="")


class ChangedDay(models.Model):
    """A single date with other hours than the week says; closed without times. Holidays are closed by themselves."""

    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")  # null: every unit
    day = models.DateField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    reason = models.CharField(max_length=120)


class ClosingDay(models.Model):
    """A day of every year on which the municipality is closed though the law makes it no public holiday."""

    month = models.SmallIntegerField()
    day = models.SmallIntegerField()
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "day", "valid_from"], name="one_closing_day"),
            models.CheckConstraint(
                condition=models.Q(month__range=(1, 12), day__range=(1, 31)), name="closing_day_is_a_date"
            ),
        ]


class CompetenceGroup(models.Model):
    """What one must know to take a kind of work; every task belongs to one."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)


class Employee(models.Model):
    """A person who works here. Seconded employees keep their own employer."""

    account = models.OneToOneField("access.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, db_index=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=120)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    mail = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    overflow = models.BooleanField(default=False)  # service-centre staff who relieve the contact centre
    valid_to = models.DateField(null=True)


class Competence(models.Model):
    """What an employee knows: a group, how well, up to which authority level, in which period."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(CompetenceGroup, on_delete=models.PROTECT, related_name="+")
    proficiency = models.SmallIntegerField()  # 1 to 5
    level = models.SmallIntegerField()  # 1 inform, 2 decide or expedite by rule, 3 discretion
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "group"], name="one_competence_per_group"),
            models.CheckConstraint(
                condition=models.Q(proficiency__gte=1, proficiency__lte=5), name="proficiency_1_to_5"
            ),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="competence_level_1_to_3"),
        ]
