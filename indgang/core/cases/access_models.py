"""Access to documents, and what is deleted when it has aged."""

from django.db import models
from django.db.models import Q

from indgang.core.cases.values import AccessChoice, AccessLaw, AccessState


class AccessRequest(models.Model):
    """Somebody asks to see the documents of a case or of a citizen."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("citizens.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    law = models.CharField(max_length=6, choices=AccessLaw.choices)
    requester = models.CharField(max_length=160)  # who asks, as they say it
    requester_mail = models.CharField(max_length=254, blank=True, default="")
    is_party = models.BooleanField(default=False)
    contact = models.UUIDField(null=True)
    asked_for = models.TextField(blank=True, default="")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()  # 7 working days (offentlighedsloven § 36), a month for art. 15
    held_until = models.DateTimeField(null=True)  # the new day told by the holding letter
    held_ground = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=9, choices=AccessState.choices, default=AccessState.RECEIVED)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    package = models.CharField(max_length=64, blank=True, default="")  # sha256 of what was given
    package_pages = models.IntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(answered_at__isnull=True), name="access_open"),
        ]


class AccessItem(models.Model):
    """One document, entry or source in the answer, and what of it is given."""

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="+")
    order = models.SmallIntegerField()
    document = models.UUIDField(null=True)
    document_version = models.SmallIntegerField(null=True)
    entry = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    proposed = models.CharField(max_length=8, choices=AccessChoice.choices)
    proposed_why = models.CharField(max_length=200, blank=True, default="")
    choice = models.CharField(max_length=8, choices=AccessChoice.choices)
    ground = models.CharField(max_length=200, blank=True, default="")  # the rule it is left out by
    boxes = models.JSONField(default=list)  # [{"page": 1, "x", "y", "w", "h": 0..1, "ground"}]
    redacted = models.CharField(max_length=64, blank=True, default="")  # sha256 of the redacted file
    version = models.IntegerField(default=1)


class DiscardRun(models.Model):
    """A look at what may be deleted: first a report, then, approved by somebody else, the deleting."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    cut_off = models.DateField()  # closed before
    state = models.CharField(max_length=10, default="reported")  # reported, approved, done, withdrawn
    approved_by = models.CharField(max_length=80, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)


class DiscardRow(models.Model):
    """One case in such a run, and why it goes or stays."""

    run = models.ForeignKey(DiscardRun, on_delete=models.CASCADE, related_name="+")
    case_number = models.CharField(max_length=20)
    case_id = models.UUIDField()
    goes = models.BooleanField()
    why = models.CharField(max_length=60)  # aged, appeal, kept, not_archived, open_access, open_relation
    deleted_at = models.DateTimeField(null=True)
    files = models.IntegerField(default=0)
