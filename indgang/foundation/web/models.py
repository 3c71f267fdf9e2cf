"""Counts that hold over all processes, and the answers kept for repeated requests."""

from django.db import models


class Count(models.Model):
    """How often something happened in one window of time."""

    key = models.CharField(max_length=64)  # a digest: neither addresses nor names are kept
    window = models.BigIntegerField()  # the window's number since 1970
    count = models.IntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_count_per_window")]


class Answer(models.Model):
    """What a request or a form with a key of its own was answered; the unique row makes a second one wait."""

    key = models.CharField(primary_key=True, max_length=64)  # a digest of caller and key, or of a form and who sends it
    request = models.CharField(max_length=64)  # a digest of method, address and body
    status = models.SmallIntegerField(default=0)
    content_type = models.CharField(max_length=100, default="")
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(db_index=True)
