"""Work items, offers and agent states."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

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
    reference = models.CharField(max_length=12, blank=True, default="")  # of the contact
    title = models.CharField(max_length=200, blank=True, default="")  # the task's words; nothing personal
    parked_until = models.DateTimeField(null=True)  # null while parked: until the citizen writes
    done_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="item_waiting"),
            models.Index(fields=["agent"], condition=Q(state__in=["offered", "active"]), name="item_of_agent"),
            models.Index(fields=["parked_until"], condition=Q(state="parked"), name="item_parked"),
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
    explanation = models.JSONField()  # the facts policy.py chose from, and its choice

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent"], condition=Q(result=""), name="one_live_offer_per_agent"),
            models.UniqueConstraint(fields=["item"], condition=Q(result=""), name="one_live_offer_per_item"),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(result=""), name="offer_expiry")]


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
    version = models.IntegerField(default=1)  # grows with every change of mode or of work in hand
