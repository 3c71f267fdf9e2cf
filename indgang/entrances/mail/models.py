"""Raw mail: nothing is acknowledged before it stands here. And the municipality's older addresses."""

from django.db import models
from django.db.models.functions import Now

from indgang.entrances.mail.values import Treatment


class RawMail(models.Model):
    """A mail exactly as it came in, and what became of it."""

    id = models.UUIDField(primary_key=True)
    received_at = models.DateTimeField()
    sender = models.CharField(max_length=320, blank=True, default="")  # envelope; empty for bounces
    recipients = models.JSONField()
    content = models.BinaryField()
    size = models.IntegerField()
    digest = models.CharField(max_length=64)
    message_id = models.CharField(max_length=255, blank=True, default="")
    state = models.CharField(max_length=10, default="stored")  # stored, filed, duplicate, automatic, bounce, attention
    attempts = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())  # not filed before; an attempt holds the mail by moving it on
    error = models.CharField(max_length=300, blank=True, default="")
    contact = models.UUIDField(null=True)
    author = models.CharField(max_length=320, blank=True, default="")  # whom the mail says it is from; filled by filing
    content_digest = models.CharField(max_length=64, blank=True, default="")  # of what it says; filled by filing
    answered = models.BooleanField(default=False)  # an automatic receipt was sent
    flood = models.BooleanField(default=False)  # one of very many from the same sender; got no receipt for that reason

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="stored"), name="raw_mail_due"),
            models.Index(fields=["message_id"], name="raw_mail_message_id"),
            models.Index(fields=["digest"], name="raw_mail_digest"),
            models.Index(fields=["content_digest"], name="raw_mail_content", condition=~models.Q(content_digest="")),
            models.Index(fields=["author", "received_at"], name="raw_mail_author"),
            models.Index(fields=["received_at"], condition=models.Q(state="attention"), name="raw_mail_attention"),
            models.Index(fields=["contact"], condition=models.Q(contact__isnull=False), name="raw_mail_contact"),
        ]


class Mailbox(models.Model):
    """An address of the municipality besides the one: what becomes of the mails to it."""

    address = models.CharField(max_length=254, unique=True)  # lower case, of our own domain
    treatment = models.CharField(max_length=10, choices=Treatment.choices)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True, default="")
    version = models.IntegerField(default=1)
