"""What the learned triage is made from and kept in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Saying(models.Model):
    """A whole sentence as a citizen would say it, and the task (or notice) it is about."""

    task = models.ForeignKey("catalogue.Task", null=True, on_delete=models.CASCADE, related_name="+")
    notice = models.CharField(max_length=20, blank=True, default="")  # as of a phrase, or "unclear"
    text = models.CharField(max_length=600)
    language = models.CharField(max_length=2)


class ConceptWord(models.Model):
    """One of the words that mean nearly the same for our purpose; with * at its end: all words that begin so."""

    concept = models.CharField(max_length=40)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "word"], name="a_word_once_per_concept")]


class Correction(models.Model):
    """What an agent tied a contact to when the triage had said otherwise. The text itself is not kept."""

    contact = models.UUIDField()
    task = models.ForeignKey("catalogue.Task", on_delete=models.CASCADE, related_name="+")
    suggested = models.CharField(max_length=12, blank=True, default="")  # the task the triage had put first
    seen = ArrayField(models.IntegerField(), default=list)  # features the model knew already: no name gets in
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "task"], name="one_correction_per_task")]


class TriageModel(models.Model):
    """A trained model. The newest that is in use answers; older ones are kept for a while to compare."""

    id = models.UUIDField(primary_key=True)  # uuid7: ordered by time
    of_search = models.UUIDField()  # the version of the search it was made from
    made_at = models.DateTimeField()
    examples = models.IntegerField()
    held_back = models.IntegerField()
    right = models.IntegerField()  # of the held back, by the model
    right_by_words = models.IntegerField()  # of the same sentences, by the search alone
    used = models.BooleanField()  # it beat the search
    packed = models.BinaryField()
