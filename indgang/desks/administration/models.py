"""The history of settings."""

from django.db import models


class Change(models.Model):
    """One setting as it was and as it became. Rows are never changed; an undo is a row that names what it undoes."""

    id = models.UUIDField(primary_key=True)  # uuid7 made in Python: their order is that of the changes
    at = models.DateTimeField()
    by = models.CharField(max_length=80)  # the journal's actor
    setting = models.CharField(max_length=60)  # its kind: "opening_hours"
    subject = models.CharField(max_length=120)  # which one: "KC:phone"
    before = models.JSONField(null=True)  # null: it was not there
    after = models.JSONField(null=True)
    batch = models.UUIDField(null=True)  # changes that were decided together
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="change_newest"),
            models.Index(fields=["setting", "subject", "-at"], name="change_of_setting"),
        ]


class Watched(models.Model):
    """Since when a part of the house is as it is; what it says stands nowhere, it is asked anew."""

    code = models.CharField(primary_key=True, max_length=60)
    state = models.CharField(max_length=10)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()


class LooseTie(models.Model):
    """A contact somebody tied to a citizen although nothing the writer gave fits that citizen."""

    id = models.UUIDField(primary_key=True)  # of the event
    at = models.DateTimeField()
    by = models.CharField(max_length=80)  # the journal's actor
    contact = models.UUIDField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["at"], condition=models.Q(seen_at=None), name="open_loose_ties")]
