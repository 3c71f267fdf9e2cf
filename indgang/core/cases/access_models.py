"""Access to documents, and what is deleted when it has aged."""

from django.db import models
from django.db.models import Q

from indgang.core.cases.values import (
    AccessChoice,
    AccessLaw,
    AccessState,
    DiscardState,
    DiscardWhy,
    ItemKind,
    PackingPart,
)


class AccessRequest(models.Model):
    """Somebody asks to see the documents of a case or of a citizen."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    # the case the request itself is: it has the requester as its party, the letters, the steps and the deadline
    own_case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.SET_NULL, related_name="+")  # asked about
    person = models.ForeignKey("citizens.Person", null=True, on_delete=models.SET_NULL, related_name="+")  # or: all of
    law = models.CharField(max_length=6, choices=AccessLaw.choices)
    requester = models.CharField(max_length=160)  # who asks, as they say it
    address = models.TextField(blank=True, default="")  # where the answer goes when the requester stands in no register
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
    package_size = models.BigIntegerField(null=True)
    package_files = models.JSONField(default=list)  # given apart from the pages: [{"name", "title", "type", "digest"}]
    # the package on its way: ordered by somebody, made by a job; empty again when it is there
    packing_at = models.DateTimeField(null=True)
    packing_by = models.BigIntegerField(null=True)  # the account that ordered it
    packing_tries = models.SmallIntegerField(default=0)  # counted before each, so that a crash counts too
    packing_part = models.CharField(max_length=8, choices=PackingPart.choices, blank=True, default="")  # how far it is
    packing_version = models.IntegerField(null=True)  # of the request it was ordered for
    packing_fault = models.CharField(max_length=400, blank=True, default="")  # why the last one could not be made
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(answered_at__isnull=True), name="access_open"),
            models.Index(fields=["packing_at"], condition=Q(packing_at__isnull=False), name="access_packing"),
        ]


class AccessItem(models.Model):
    """One document, entry or source in the answer, and what of it is given."""

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="+")
    order = models.IntegerField()
    kind = models.CharField(max_length=8, choices=ItemKind.choices)
    key = models.CharField(max_length=80)  # what it is, so that nothing is listed twice: "document:<id>"
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.SET_NULL, related_name="+")  # it lies on
    dated = models.DateTimeField(null=True)
    document = models.UUIDField(null=True)
    document_version = models.SmallIntegerField(null=True)
    entry = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    proposed = models.CharField(max_length=8, choices=AccessChoice.choices)
    proposed_why = models.CharField(max_length=200, blank=True, default="")
    choice = models.CharField(max_length=8, choices=AccessChoice.choices)
    ground = models.CharField(max_length=200, blank=True, default="")  # the rule it is left out by
    boxes = models.JSONField(default=list)  # [[page, left, top, right, bottom, ground]], shares of the page
    words = models.JSONField(default=list)  # [[word, ground]]: covered wherever they stand
    source = models.CharField(max_length=64, blank=True, default="")  # sha256 of the pages; empty: it has none yet
    media_type = models.CharField(max_length=100, blank=True, default="")
    name = models.CharField(max_length=200, blank=True, default="")
    pages = models.IntegerField(null=True)
    unreadable = models.CharField(max_length=20, blank=True, default="")  # why nobody can look into it; handled by hand
    by_hand = models.CharField(max_length=200, blank=True, default="")  # what was done with it
    as_text = models.BooleanField(default=False)  # of a file without pages only its words are given, as pages
    redacted = models.CharField(max_length=64, blank=True, default="")  # sha256 of the redacted file
    blind = models.JSONField(default=list)  # pages without words, on which eyes have to look
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "key"], name="one_access_item_each")]


class DiscardRun(models.Model):
    """A look at what may be deleted: first a report, then, approved by somebody else, the deleting."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    cut_off = models.DateField()  # closed before
    state = models.CharField(max_length=10, choices=DiscardState.choices, default=DiscardState.REPORTED)
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
    why = models.CharField(max_length=20, choices=DiscardWhy.choices)
    deleted_at = models.DateTimeField(null=True)
    files = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "case_id"], name="one_discard_row_each")]
