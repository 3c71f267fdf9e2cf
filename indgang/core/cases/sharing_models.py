"""What goes between units, authorities and systems on a case."""

from django.db import models
from django.db.models import Q


class Opinion(models.Model):
    """A question to a specialist; the case stays where it is."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    question = models.TextField()
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)


class Forwarding(models.Model):
    """Something sent on to another authority; it is followed until that answers."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE, related_name="+")
    contact = models.UUIDField(null=True)
    authority = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, default="case")  # case, form, paper, return
    what = models.CharField(max_length=200)
    to_mail = models.CharField(max_length=254, blank=True, default="")
    reference = models.CharField(max_length=60, blank=True, default="")  # theirs
    state = models.CharField(max_length=10, default="sent")  # received, sent, accepted, answered, refused, withdrawn
    received_at = models.DateTimeField(null=True)  # the paper came in here
    sent_at = models.DateTimeField(null=True)
    expected_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")
    employee = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["expected_by"], condition=Q(answered_at__isnull=True), name="forwarding_open"),
        ]


class Disclosure(models.Model):
    """Facts given to somebody, or obtained from somebody: what, whom, on which ground."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    direction = models.CharField(max_length=8)  # given, obtained
    other = models.CharField(max_length=160)  # receiver or source
    register = models.CharField(max_length=40, blank=True, default="")  # code of a connected source
    what = models.CharField(max_length=300)
    ground = models.CharField(max_length=300)
    consent = models.BooleanField(default=False)
    at = models.DateTimeField()
    employee = models.BigIntegerField(null=True)


class NoticeRule(models.Model):
    """Which event concerns open cases of which task, and by when somebody must react (the A of S/A: advis)."""

    kind = models.CharField(max_length=24)  # moved, died, income_changed, decided, new_contact
    task = models.ForeignKey("catalogue.Task", null=True, on_delete=models.CASCADE, related_name="+")  # null: all
    working_days = models.SmallIntegerField(default=3)
    words = models.CharField(max_length=160)
    words_en = models.CharField(max_length=160, blank=True, default="")
    by_hand = models.BooleanField(default=False)
    version = models.IntegerField(default=1)


class Notice(models.Model):
    """An event that an open case's handler has to look at."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    source = models.CharField(max_length=60)  # "cpr", "income", "cases.case:<id>"
    event = models.UUIDField(null=True)  # of the journal: one notice for each event and case
    at = models.DateTimeField()
    react_by = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.BigIntegerField(null=True)
    reaction = models.CharField(max_length=300, blank=True, default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "event"], name="one_notice_per_event_and_case"),
        ]
        indexes = [models.Index(fields=["react_by"], condition=Q(handled_at__isnull=True), name="notice_open")]
