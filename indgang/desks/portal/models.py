"""What employees read, mark and miss in the portal, and whether the cards answered them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Reader(models.Model):
    """How one employee reads: since when things are new to them, and the full guide or the short check-list."""

    employee = models.OneToOneField(
        "organisation.Employee", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField()  # what came later is new
    seen_at = models.DateTimeField()  # the last visit
    short = models.BooleanField(default=False)


class Bookmark(models.Model):
    """A card an employee wants at hand."""

    employee = models.ForeignKey("organisation.Employee", on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey("catalogue.Task", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "task"], name="one_bookmark_per_task")]


class News(models.Model):
    """Something employees are to know from a day on; with must_read a work instruction that is read and marked."""

    id = models.UUIDField(primary_key=True)  # uuid7
    title = models.CharField(max_length=120)
    body = models.TextField()
    groups = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # competences; empty: everybody
    task = models.ForeignKey("catalogue.Task", null=True, on_delete=models.SET_NULL, related_name="+")
    must_read = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    author = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-valid_from"], name="news_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")), name="news_period"
            )
        ]


class NewsRead(models.Model):
    """An employee has read it."""

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="+")
    employee = models.ForeignKey("organisation.Employee", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["news", "employee"], name="read_once")]


class Feedback(models.Model):
    """What an employee found missing or wrong on a card; work for the card's owner until it is answered."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey("catalogue.Task", on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=20, blank=True, default="")  # anchor
    kind = models.CharField(max_length=10)  # missing, wrong, question
    text = models.TextField()
    employee = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    reply = models.TextField(blank=True, default="")
    replied_by = models.CharField(max_length=120, blank=True, default="")
    replied_at = models.DateTimeField(null=True)
    reply_seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], condition=models.Q(replied_at=None), name="open_feedback")]


class Search(models.Model):
    """Words an employee searched for; without a card opened after them the search was abandoned."""

    id = models.UUIDField(primary_key=True)
    employee = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=200)
    key = models.CharField(max_length=200)  # the words in small letters with single spaces
    found = models.SmallIntegerField()
    opened = models.CharField(max_length=12, blank=True, default="")  # task
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="searches_by_time")]


class Hit(models.Model):
    """Whether a card answered the question it was opened for."""

    id = models.UUIDField(primary_key=True)  # of the event
    at = models.DateTimeField()
    by = models.CharField(max_length=80)  # the journal's actor
    task = models.CharField(max_length=12, blank=True, default="")  # empty: no card was found at all
    answered = models.BooleanField()
    search = models.ForeignKey(Search, null=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="hits_by_time")]
