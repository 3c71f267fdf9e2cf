"""What a citizen has filled in and not sent yet; gone after two days."""

from django.db import models

from indgang.entrances.webform.values import Way


class InquiryDraft(models.Model):
    """One filled-in form; its token is the only key to it."""

    token = models.CharField(primary_key=True, max_length=43)
    started_at = models.DateTimeField()
    text = models.TextField()
    language = models.CharField(max_length=5, default="da")
    task = models.CharField(max_length=12, blank=True, default="")  # empty: none of the suggestions fits
    topic_chosen = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)  # question code -> option code or text
    answered = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True, default="")
    name = models.CharField(max_length=160, blank=True, default="")
    mail = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    call_when = models.CharField(max_length=120, blank=True, default="")
    files = models.JSONField(default=list)  # [{"name","media_type","size","digest"}]
    reached = models.BooleanField(default=False)  # the page on how to reach the citizen is filled in
    contact = models.UUIDField(null=True)
    reference = models.CharField(max_length=12, blank=True, default="")
    secret = models.CharField(max_length=43, blank=True, default="")  # of the status page
    expected = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="inquiry_draft_age")]
