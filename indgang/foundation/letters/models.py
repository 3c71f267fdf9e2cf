"""Letter templates: one row per version, never written over."""

from django.db import models
from django.db.models import F, Q


class LetterTemplate(models.Model):
    """One version of a letter template. In use on a day: the newest version whose days hold it."""

    code = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=10)
    version = models.IntegerField()
    title = models.CharField(max_length=160)
    body = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # from that day it is not used
    origin = models.CharField(max_length=7)  # profile, hand
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "language", "version"], name="one_letter_template_version"),
            models.UniqueConstraint(
                fields=["code", "language"], condition=Q(valid_to=None), name="one_open_letter_template"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="letter_template_days"
            ),
        ]
