"""Raw mail: nothing is acknowledged before it stands here."""

from django.db import models


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
    error = models.CharField(max_length=300, blank=True, default="")
    contact = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], condition=models.Q(state="stored"), name="raw_mail_stored"),
            models.Index(fields=["message_id"], name="raw_mail_message_id"),
            models.Index(fields=["digest"], name="raw_mail_digest"),
        ]
