"""Events (append-only, partitioned by month of their id), seals, readers' positions and the outbox."""

from django.db import models

from indgang.foundation.journal.values import OutboxState


class Event(models.Model):
    """Something that happened. `data` holds ids, codes, amounts and field names; never names, CPR or free text."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    citizen = models.UUIDField(null=True)
    contact = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    purpose = models.CharField(max_length=120, null=True)
    data = models.JSONField(default=dict)
    position = models.BigIntegerField(editable=False)  # filled by the database: epoch base + transaction id

    class Meta:
        managed = False
        db_table = "journal_event"


class Seal(models.Model):
    """One link of the hash chain over a batch of events."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    first_position = models.BigIntegerField()
    last_position = models.BigIntegerField()
    events = models.IntegerField()
    fingerprints = models.BinaryField()  # per event: 16 bytes id + 16 bytes of its sha256
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)


class ReaderPosition(models.Model):
    """How far a reader by cursor has come."""

    reader = models.CharField(primary_key=True, max_length=60)
    position = models.BigIntegerField(default=0)
    event = models.UUIDField(null=True)


class OutboxParcel(models.Model):
    """Something that must leave the house; delivered at least once, its state visible until it has."""

    transport = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    payload = models.JSONField()
    subject = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=OutboxState.choices, default=OutboxState.WAITING)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transport", "key"], name="outbox_one_parcel_per_key")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state__in=["waiting", "sending"]), name="outbox_due"),
            models.Index(fields=["created_at"], condition=models.Q(state="attention"), name="outbox_attention"),
        ]
