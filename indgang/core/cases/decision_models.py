"""Hearings and decisions."""

from django.db import models
from django.db.models import Q

from indgang.core.cases.values import DecisionState, Result


class Hearing(models.Model):
    """A party is told the facts it may not know and asked what it says (forvaltningsloven § 19)."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("cases.Party", null=True, on_delete=models.SET_NULL, related_name="+")
    facts = models.TextField(blank=True, default="")  # what is laid before the party
    left_out_ground = models.CharField(max_length=300, blank=True, default="")  # § 19, 2: why it is not heard
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    oral = models.BooleanField(default=False)  # heard at the counter or on the phone, noted
    document = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    employee = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)


class Decision(models.Model):
    """What the authority decided, why, by which rule, and how it can be appealed (forvaltningsloven §§ 22-26)."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=DecisionState.choices, default=DecisionState.DRAFT)
    level = models.SmallIntegerField(default=2)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True, default="")
    facts = models.TextField(blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    legal_basis = models.CharField(max_length=300, blank=True, default="")
    to_do = models.TextField(blank=True, default="")  # what the citizen must do
    amounts = models.JSONField(default=list)  # [{"label", "amount": "1234.00", "period": "month"}]
    valid_from = models.DateField(null=True)
    appeal_body = models.CharField(max_length=160, blank=True, default="")
    appeal_by = models.DateField(null=True)
    document = models.UUIDField(null=True)  # the letter
    sent_by = models.CharField(max_length=8, blank=True, default="")  # mail, letter
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="decided"), name="one_decision_in_force"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="draft"), name="one_decision_in_draft"),
        ]
