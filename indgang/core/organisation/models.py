"""The municipality as rows; who changes them goes through services."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from indgang.core.organisation.values import HeldBack, Origin, Side


class Administration(models.Model):
    """An administration, or an authority outside the municipality that owns tasks."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=120)
    today = models.CharField(max_length=200, blank=True, default="")  # today's owner; information only
    external = models.BooleanField(default=False)
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")  # a code of its own only
    valid_from = models.DateField(null=True)  # empty: since ever
    valid_to = models.DateField(null=True)


class Succession(models.Model):
    """Which administration took over another's work on a day: all of it, or one unit's."""

    former = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("Unit", null=True, on_delete=models.CASCADE, related_name="+")  # null: all not named
    day = models.DateField()
    source = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["former", "unit", "day"], name="one_successor", nulls_distinct=False)
        ]


class LivingPlan(models.Model):
    """Which variant of the plan the municipality lives by, from a day."""

    variant = models.CharField(max_length=40)
    valid_from = models.DateField(unique=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.HAND)


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
    valid_from = models.DateField(null=True)  # empty: since ever
    valid_to = models.DateField(null=True)
    hours_version = models.IntegerField(default=0, db_default=0)  # counts every change of the week's hours


class UnitCount(models.Model):
    """How many units of a kind an administration had or plans; the overview the plan was made from."""

    model = models.CharField(max_length=24)  # "2005_today", "2006_proposal", "2006_recommendation", "2007"
    code = models.CharField(max_length=12, unique=True)
    administration = models.CharField(max_length=60)  # as the overview names it
    name = models.CharField(max_length=120)
    reach = models.CharField(max_length=40, blank=True, default="")  # local or central
    count = models.IntegerField(null=True)  # null: the overview gives none
    employees = models.DecimalField(max_digits=7, decimal_places=1, null=True)  # full-time posts
    source = models.CharField(max_length=120, blank=True, default="")


class StreetRange(models.Model):
    """House numbers of a street and the district they lie in, per variant of the plan.

    Shaped like the address register: `road` is its code of the road in the municipality (vejkode); road and number
    together name a house.
    """

    municipality = models.CharField(max_length=4)
    road = models.CharField(max_length=4)
    street = models.CharField(max_length=60)
    street_key = models.CharField(max_length=90, db_index=True)  # Danish order
    postcode = models.CharField(max_length=4)
    city = models.CharField(max_length=40)
    first = models.IntegerField()
    last = models.IntegerField()
    district = models.CharField(max_length=60)  # plan 2005
    district_2006 = models.CharField(max_length=60)  # decision 2006

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "road", "first"], name="one_street_range"),
            models.CheckConstraint(
                condition=models.Q(first__gte=1, last__gte=models.F("first")), name="street_range_is_a_range"
            ),
        ]


class Counter(models.Model):
    """A counter and the unit that serves there in a period; the premises are the room, not the building."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    premises = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    version = models.IntegerField(default=1, db_default=1)


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
    origin = models.CharField(
        max_length=8, choices=Origin.choices, default=Origin.PROFILE, db_default=Origin.PROFILE.value
    )


class Forwarding(models.Model):
    """Who answers a channel of a unit while it is closed: another place with a number of its own, from a day."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    phone = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "channel", "valid_from"], name="one_forwarding_a_day")]


class ChangedDay(models.Model):
    """A single date with other hours than the week says; closed without times. Holidays are closed by themselves."""

    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")  # null: every unit
    day = models.DateField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    reason = models.CharField(max_length=120)
    origin = models.CharField(
        max_length=8, choices=Origin.choices, default=Origin.PROFILE, db_default=Origin.PROFILE.value
    )
    removed = models.BooleanField(default=False, db_default=False)  # a person took back what the profile said
    version = models.IntegerField(default=1, db_default=1)


class ClosingDay(models.Model):
    """A day of every year on which the municipality is closed though the law makes it no public holiday."""

    month = models.SmallIntegerField()
    day = models.SmallIntegerField()
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    origin = models.CharField(
        max_length=8, choices=Origin.choices, default=Origin.PROFILE, db_default=Origin.PROFILE.value
    )
    version = models.IntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "day", "valid_from"], name="one_closing_day"),
            models.CheckConstraint(
                condition=models.Q(month__range=(1, 12), day__range=(1, 31)), name="closing_day_is_a_date"
            ),
        ]


class Course(models.Model):
    """A course employees pass."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    months = models.SmallIntegerField(null=True)  # how long a pass holds; null: for good


class CompetenceGroup(models.Model):
    """What one must know to take a kind of work; every task belongs to one."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="+")  # must be passed first
    side = models.CharField(max_length=16, choices=Side.choices, blank=True, default="", db_default="")


class Employee(models.Model):
    """A person who works here. Seconded employees keep their own employer."""

    account = models.OneToOneField("access.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, db_index=True)
    search_key = models.CharField(max_length=400, default="", db_default="")  # every word of name and title
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=120)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    mail = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    overflow = models.BooleanField(default=False)  # service-centre staff who relieve the contact centre
    valid_to = models.DateField(null=True)
    left_at = models.DateTimeField(null=True)  # when the leaving took effect and everybody was told
    by_hand = ArrayField(models.CharField(max_length=20), default=list, db_default=[])  # fields a profile leaves alone
    version = models.IntegerField(default=1, db_default=1)


class Competence(models.Model):
    """What an employee knows: a group, how well, up to which authority level, in which period."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(CompetenceGroup, on_delete=models.PROTECT, related_name="+")
    proficiency = models.SmallIntegerField()  # 1 to 5
    level = models.SmallIntegerField()  # 1 inform, 2 decide or expedite by rule, 3 discretion
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    held_back = models.CharField(max_length=12, choices=HeldBack.choices, blank=True, default="", db_default="")
    origin = models.CharField(
        max_length=8, choices=Origin.choices, default=Origin.PROFILE, db_default=Origin.PROFILE.value
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "group", "valid_from"], name="one_competence_per_group_and_day"
            ),
            models.CheckConstraint(
                condition=models.Q(proficiency__gte=1, proficiency__lte=5), name="proficiency_1_to_5"
            ),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="competence_level_1_to_3"),
        ]


class Training(models.Model):
    """A course an employee has passed."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    passed_on = models.DateField()
    valid_to = models.DateField(null=True)  # last day the pass holds

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "course", "passed_on"], name="one_pass_per_day"),
        ]


class Substitution(models.Model):
    """Who takes over an employee's work in a period."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    substitute = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)


class Invitation(models.Model):
    """A link by which a new employee chooses a password: once, for a while, and for that employee only."""

    id = models.UUIDField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    salt = models.CharField(max_length=43)  # the link is made of it and the house's secret, and is kept nowhere
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # a newer one was sent


class StaffNotice(models.Model):
    """Something about an employee a manager must look at; settled by a person."""

    kind = models.CharField(max_length=20)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")  # whose managers see it
    manager = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["unit"], condition=models.Q(settled_at=None), name="open_staff_notices"),
        ]
