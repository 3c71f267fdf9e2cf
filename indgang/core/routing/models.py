"""Work items, offers and agent states."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from indgang.core.organisation.values import Origin
from indgang.core.routing.values import AgentMode, ItemState, OfferResult


class WorkItem(models.Model):
    """Something that waits for a person with a competence."""

    id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=80)  # "contacts.contact:<uuid>"
    contact = models.UUIDField(null=True, db_index=True)
    medium = models.CharField(max_length=14)
    task = models.CharField(max_length=12, blank=True, default="")
    group = models.CharField(max_length=40)  # competence group needed
    level = models.SmallIntegerField(default=1)
    language = models.CharField(max_length=5, default="da")
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(  # handed to this person by name
        "organisation.Employee", null=True, on_delete=models.PROTECT, related_name="+"
    )
    preferred = models.ForeignKey(  # knows the conversation; asked first
        "organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    interruptible = models.BooleanField(default=True)
    priority = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    due_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    agent = models.ForeignKey("organisation.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    excluded = ArrayField(models.BigIntegerField(), default=list)  # employee ids: handed it on
    resting = models.JSONField(default=dict)  # not offered to this employee until: {"12": "2026-…"}
    failed = models.SmallIntegerField(default=0)  # offers in a row nobody answered
    hops = models.SmallIntegerField(default=0)
    reference = models.CharField(max_length=20, blank=True, default="")  # of the contact; the number of a case
    title = models.CharField(max_length=200, blank=True, default="")  # the task's words; nothing personal
    parked_until = models.DateTimeField(null=True)  # null while parked: until the citizen writes
    handed_by = models.BigIntegerField(null=True)  # employee who handed it on last; may take it back until it is taken
    handed_from = models.JSONField(null=True)  # where it was before: {"unit": 3, "group": "moving", "level": 1}
    returned_from = models.BigIntegerField(null=True)  # employee it came back from when they left or were signed off
    done_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="item_waiting"),
            models.Index(fields=["agent"], condition=Q(state__in=["offered", "active"]), name="item_of_agent"),
            models.Index(fields=["parked_until"], condition=Q(state="parked"), name="item_parked"),
            models.Index(fields=["done_at"], condition=Q(state="done"), name="item_done"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=~Q(state="done"), name="one_open_item_per_subject")
        ]


class Offer(models.Model):
    """An item held out to one agent for a while."""

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey("organisation.Employee", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, choices=OfferResult.choices, blank=True, default="")
    reason = models.CharField(max_length=60, blank=True, default="")  # of a refusal
    waited = models.IntegerField(null=True)  # seconds the item had waited when this offer was accepted
    explanation = models.JSONField()  # the facts policy.py chose from, and its choice

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent"], condition=Q(result=""), name="one_live_offer_per_agent"),
            models.UniqueConstraint(fields=["item"], condition=Q(result=""), name="one_live_offer_per_item"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(result=""), name="offer_expiry"),
            models.Index(fields=["ended_at"], condition=Q(result="accepted"), name="offer_accepted"),
        ]


class AgentState(models.Model):
    """What an agent is doing now, and since when they have been idle."""

    employee = models.OneToOneField(
        "organisation.Employee", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    mode = models.CharField(max_length=11, choices=AgentMode.choices, default=AgentMode.OFFLINE)
    reason = models.CharField(max_length=60, blank=True, default="")
    since = models.DateTimeField()
    idle_since = models.DateTimeField()  # across media; wrap-up does not count
    capacity = models.JSONField(default=dict)  # written work in hand at most, per medium: {"mail": 3}
    seen_at = models.DateTimeField()
    wrap_up_until = models.DateTimeField(null=True)
    misses = models.SmallIntegerField(default=0)  # offers in a row not answered
    service_point = models.ForeignKey("routing.ServicePoint", null=True, on_delete=models.SET_NULL, related_name="+")
    point_version = models.IntegerField(default=1, db_default=1)  # grows with every move; two leaders may not both move
    version = models.IntegerField(default=1)  # grows with every change of mode or of work in hand


class ServicePoint(models.Model):
    """Where an agent serves - phones, a counter, writing - and which work comes there; one at a time."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.CASCADE, related_name="+")  # null: any
    groups = ArrayField(models.CharField(max_length=40), default=list)  # empty: all the agent knows
    media = ArrayField(models.CharField(max_length=14), default=list)  # empty: all
    order = models.SmallIntegerField(default=0)
    valid_to = models.DateField(null=True)
    version = models.IntegerField(default=1, db_default=1)
    origin = models.CharField(
        max_length=8, choices=Origin.choices, default=Origin.PROFILE, db_default=Origin.PROFILE.value
    )


class PauseReason(models.Model):
    """Why somebody is away from work for a while; the municipality's own list."""

    code = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    order = models.SmallIntegerField(default=0)
    valid_to = models.DateField(null=True)
    version = models.IntegerField(default=1, db_default=1)
    origin = models.CharField(
        max_length=8, choices=Origin.choices, default=Origin.PROFILE, db_default=Origin.PROFILE.value
    )


class ReliefGroup(models.Model):
    """Units whose staff relieve the contact centre: in what, from when, and how many of them at most."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    units = ArrayField(models.BigIntegerField(), default=list)
    groups = ArrayField(models.CharField(max_length=40), default=list)  # empty: all they know
    media = ArrayField(models.CharField(max_length=14), default=list)  # empty: all
    threshold = models.IntegerField()  # items waiting for one competence
    live_after = models.FloatField()  # seconds
    written_after = models.FloatField()
    share = models.FloatField()  # of a unit's relief staff present, at the same time
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_relief_group_a_day"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="relief_share_is_a_share"),
        ]


class ServiceTarget(models.Model):
    """What is promised: so large a share of this work within so many seconds; without seconds, by its due time."""

    group = models.CharField(max_length=40, blank=True, default="")  # empty: every group
    task = models.CharField(max_length=12, blank=True, default="")  # empty: every task
    medium = models.CharField(max_length=14)
    seconds = models.IntegerField(null=True)
    share = models.FloatField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "task", "medium", "valid_from"], name="one_target_a_day"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="target_share_is_a_share"),
        ]


class ExpectedWait(models.Model):
    """How long people waited in a half hour of the week, over four weeks; counted anew every hour."""

    medium = models.CharField(max_length=14)
    group = models.CharField(max_length=40, blank=True, default="")  # empty: all groups together
    weekday = models.SmallIntegerField()  # 1 is Monday
    half_hour = models.SmallIntegerField()  # of the local day
    counted = models.IntegerField()
    median = models.IntegerField()  # seconds
    most = models.IntegerField()  # seconds four of five waited at most
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["medium", "weekday", "half_hour", "group"], name="one_wait_a_half_hour")
        ]


class RuleSet(models.Model):
    """The figures work is given out by, from a moment on; a change is a new row, so every old choice can be told."""

    valid_from = models.DateTimeField(db_index=True)
    figures = models.JSONField()  # code -> number; what is left out has its default
    profile = models.JSONField(default=dict)  # what the profile said when it was read last
    changed_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()


class PlannedShift(models.Model):
    """When somebody is to be at work, as a leader published it; the roster it came from is told by its id."""

    id = models.UUIDField(primary_key=True)
    employee = models.ForeignKey(
        "organisation.Employee", on_delete=models.CASCADE, related_name="+", db_index=False
    )  # the constraint below is the index
    day = models.DateField()  # local
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    break_from = models.DateTimeField(null=True)
    break_to = models.DateTimeField(null=True)
    name = models.CharField(max_length=80)  # of the shift
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.SET_NULL, related_name="+")
    roster = models.UUIDField(db_index=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "day", "starts_at"], name="one_shift_at_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"),
        ]
