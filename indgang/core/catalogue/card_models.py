"""Guidance cards with their versions, what the search reads of them, and the registers they name."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from indgang.core.catalogue.card_values import CardOrigin, CardState


class CardVersion(models.Model):
    """The whole file of a guidance card at one time. Text never changes; the state does."""

    task = models.ForeignKey("catalogue.Task", on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField()
    state = models.CharField(max_length=12, choices=CardState.choices)
    origin = models.CharField(max_length=10, choices=CardOrigin.choices)
    text = models.TextField()
    why = models.CharField(max_length=300, blank=True, default="")
    author = models.CharField(max_length=80)  # the journal's actor
    at = models.DateTimeField()
    submitted_by = models.CharField(max_length=80, blank=True, default="")
    submitted_at = models.DateTimeField(null=True)
    reviewer = models.CharField(max_length=80, blank=True, default="")  # who approved it or sent it back
    reviewed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")  # why it was sent back
    publish_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="one_card_version"),
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(state="published"), name="one_published_card_version"
            ),
        ]
        indexes = [
            models.Index(fields=["published_at"], name="card_version_published"),
            models.Index(fields=["publish_on"], condition=models.Q(state="approved"), name="card_version_waiting"),
        ]


class Card(models.Model):
    """What lists ask of the published card, so that they need not read its text."""

    task = models.OneToOneField("catalogue.Task", primary_key=True, on_delete=models.CASCADE, related_name="+")
    published = models.ForeignKey(CardVersion, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed = models.CharField(max_length=160, blank=True, default="")
    review_by = models.DateField(null=True)
    reminded_for = models.DateField(null=True)  # the review day somebody was reminded of
    blanks = models.IntegerField(default=0)
    words = models.IntegerField(default=0)
    attention = models.CharField(max_length=300, blank=True, default="")  # a conflict or a refused publication
    profile_digest = models.CharField(max_length=64, blank=True, default="")  # of the file loaded last


class CardSection(models.Model):
    """A section of a published card as the search reads it: plain text, for all or for staff only."""

    task = models.ForeignKey("catalogue.Task", on_delete=models.CASCADE, related_name="+")
    anchor = models.CharField(max_length=20)
    language = models.CharField(max_length=2, default="da")
    order = models.SmallIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField()
    public = models.BooleanField()
    vector = SearchVectorField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "anchor", "language"], name="one_section_per_card")]
        # Without a pending list: cards change seldom, and a search would read through all that has not been merged in.
        indexes = [GinIndex(fields=["vector"], name="card_section_vector", fastupdate=False)]


class Authority(models.Model):
    """Another authority citizens ask us about: what it does, how it is reached, which of our tasks it owns."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    what = models.CharField(max_length=400)
    opening = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=80, blank=True, default="")
    link = models.CharField(max_length=200, blank=True, default="")
    tasks = ArrayField(models.CharField(max_length=12), default=list)
    source = models.CharField(max_length=160, blank=True, default="")


class Law(models.Model):
    """A law cards refer to by its title; what replaced it, and when somebody last looked whether it still holds."""

    code = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(max_length=200, unique=True)
    eli = models.CharField(max_length=120, blank=True, default="")
    version = models.CharField(max_length=120, blank=True, default="")
    checked_on = models.DateField(null=True)
    replaced_by = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=160, blank=True, default="")


class Rate(models.Model):
    """An amount of a benefit in a period; null: looked for and not found."""

    code = models.CharField(max_length=80)
    label = models.CharField(max_length=160)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    unit = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True, default="")
    estimated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_rate_per_day"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="rate_period",
            ),
        ]


class CheckedLink(models.Model):
    """An https address of the municipality on a card, and what it answered last."""

    address = models.CharField(primary_key=True, max_length=500)
    checked_at = models.DateTimeField()
    fault = models.CharField(max_length=200, blank=True, default="")  # empty: it answers
