"""Hearings, decisions, complaints over them, and the letters that go out."""

from django.db import models
from django.db.models import Q

from indgang.core.cases.values import ComplaintOutcome, DecisionState, LetterState, LetterWay, Result


class Hearing(models.Model):
    """A party is told the facts it may not know and asked what it says (forvaltningsloven § 19)."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("cases.Party", null=True, on_delete=models.SET_NULL, related_name="+")
    facts = models.TextField(blank=True, default="")  # what is laid before the party
    source = models.CharField(max_length=200, blank=True, default="")  # where they come from
    meaning = models.TextField(blank=True, default="")  # what they may lead to
    left_out_ground = models.CharField(max_length=300, blank=True, default="")  # § 19, 2: why it is not heard
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")  # why it was withdrawn or its time made longer
    oral = models.BooleanField(default=False)  # heard at the counter or on the phone, noted
    document = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    run_out_at = models.DateTimeField(null=True)  # its time was over without an answer, and the handler got it as work
    employee = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["answer_by"],
                condition=Q(answered_at__isnull=True, cancelled_at__isnull=True, run_out_at__isnull=True),
                name="hearing_running",
            )
        ]


class Decision(models.Model):
    """What the authority decided, why, by which rule, and how it can be appealed (forvaltningsloven §§ 22-26)."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=DecisionState.choices, default=DecisionState.DRAFT)
    level = models.SmallIntegerField(default=2)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True, default="")
    summary = models.CharField(max_length=300, blank=True, default="")  # the result in one sentence of plain Danish
    facts = models.TextField(blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    legal_basis = models.CharField(max_length=300, blank=True, default="")
    to_do = models.TextField(blank=True, default="")  # what the citizen must do
    amounts = models.JSONField(default=list)  # [{"label", "amount": "1234.00", "period": "month"}]
    valid_from = models.DateField(null=True)
    appeal_body = models.CharField(max_length=160, blank=True, default="")
    appeal_by = models.DateField(null=True)
    appeal_weeks = models.SmallIntegerField(null=True)  # after the letter came; null: a day was typed instead
    appeal_rule = models.CharField(max_length=300, blank=True, default="")  # where the time limit stands
    appeal_limits = models.CharField(max_length=300, blank=True, default="")  # what the body cannot decide (§ 25)
    no_appeal = models.BooleanField(default=False)  # nobody to appeal to; the rule says why
    opinion_ground = models.CharField(max_length=300, blank=True, default="")  # why an open opinion is not awaited
    ground = models.CharField(max_length=300, blank=True, default="")  # why it was opened again or revoked
    language = models.CharField(max_length=2, default="da")
    document = models.UUIDField(null=True)  # the letter
    sent_by = models.CharField(max_length=8, blank=True, default="")  # mail, letter
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)
    edited_by = models.BigIntegerField(null=True)  # who wrote on the draft last
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="decided"), name="one_decision_in_force"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="draft"), name="one_decision_in_draft"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(document__isnull=False, decided_at__isnull=False),
                name="no_decision_without_its_letter",
            ),
        ]


class CaseLetter(models.Model):
    """A letter that went out on a case, and what became of it; the file is a document of the case."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)  # decision, hearing, receipt, request … as letters name them
    title = models.CharField(max_length=200)
    document = models.UUIDField()
    digest = models.CharField(max_length=64)
    party = models.ForeignKey("cases.Party", null=True, on_delete=models.SET_NULL, related_name="+")
    way = models.CharField(max_length=8, choices=LetterWay.choices)
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.WAITING)
    notice = models.CharField(max_length=8, choices=LetterState.choices, blank=True, default="")  # mail that it comes
    failure = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=2, default="da")
    subject_id = models.UUIDField(null=True)  # the decision, hearing or complaint it tells of
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)  # sent, handed over, given up or withdrawn
    employee = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-made_at"], name="letter_case"),
            models.Index(fields=["subject_id"], condition=Q(subject_id__isnull=False), name="letter_subject"),
            models.Index(fields=["settled_at"], condition=Q(state="failed"), name="letter_failed"),
        ]


class Complaint(models.Model):
    """A complaint over a decision: a case of the owning administration, which looks at its decision again first."""

    id = models.UUIDField(primary_key=True)
    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="+")
    # neither the case nor its decision can be deleted while this stands
    over = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    contact = models.UUIDField(null=True)
    words = models.TextField()
    received_on = models.DateField()
    late = models.BooleanField(default=False)
    late_ground = models.CharField(max_length=300, blank=True, default="")
    deadline_rule = models.CharField(max_length=300, blank=True, default="")
    outcome = models.CharField(max_length=8, choices=ComplaintOutcome.choices, blank=True, default="")
    outcome_ground = models.TextField(blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)
    sent_on_to = models.CharField(max_length=160, blank=True, default="")
    taken_in_by = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(settled_at__isnull=True), name="one_open_complaint_over_a_decision"
            ),
        ]
