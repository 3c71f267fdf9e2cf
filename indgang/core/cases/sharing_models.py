"""What goes between units, authorities and systems on a case."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from indgang.core.cases.sharing_values import ForwardKind, ForwardState, ForwardWay, MailState, NoticeKind, Way


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
    documents = ArrayField(models.UUIDField(), default=list)  # that belong to the answer
    withdrawn_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["case"], condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True), name="opinion_open"
            ),
        ]


class Forwarding(models.Model):
    """Something sent on to another authority; it is followed until that answers."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE, related_name="+")
    contact = models.UUIDField(null=True)
    authority = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=ForwardKind.choices, default=ForwardKind.CASE)
    way = models.CharField(max_length=6, choices=ForwardWay.choices, blank=True, default="")  # empty: not sent on yet
    what = models.CharField(max_length=200)  # nothing personal
    to_mail = models.CharField(max_length=254, blank=True, default="")
    mail_state = models.CharField(max_length=7, choices=MailState.choices, blank=True, default="")
    letter = models.UUIDField(null=True)  # the document that was sent
    disclosed = ArrayField(models.CharField(max_length=80), default=list)  # facts that went along
    reference = models.CharField(max_length=60, blank=True, default="")  # theirs
    state = models.CharField(max_length=10, choices=ForwardState.choices, default=ForwardState.SENT)
    received_at = models.DateTimeField(null=True)  # the paper came in here
    brought_by = models.CharField(max_length=160, blank=True, default="")  # who handed it in, when not the citizen
    receipt = models.UUIDField(null=True)  # the document that says we have it
    means = models.CharField(max_length=160, blank=True, default="")  # how it went, when neither mail nor letter
    sent_at = models.DateTimeField(null=True)
    expected_by = models.DateTimeField(null=True)  # while it is here: by when it is sent on
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")
    employee = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["expected_by"], condition=Q(answered_at__isnull=True), name="forwarding_open"),
            models.Index(fields=["-id"], condition=Q(received_at__isnull=False), name="forwarding_papers"),
        ]


class Disclosure(models.Model):
    """Facts given to somebody, or obtained from somebody: what, whom, on which ground."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    direction = models.CharField(max_length=8, choices=Way.choices)
    other = models.CharField(max_length=160)  # receiver or source
    register = models.CharField(max_length=40, blank=True, default="")  # code of a connected source
    what = models.CharField(max_length=300)
    ground = models.CharField(max_length=300)
    consent = models.BooleanField(default=False)
    at = models.DateTimeField()
    employee = models.BigIntegerField(null=True)


class NoticeRule(models.Model):
    """Which event concerns open cases of which task, and by when somebody must react (the A of S/A: advis)."""

    kind = models.CharField(max_length=24, choices=NoticeKind.choices)
    task = models.ForeignKey(  # null: every task whose cases depend on such events
        "catalogue.Task", null=True, on_delete=models.CASCADE, related_name="+"
    )
    working_days = models.SmallIntegerField(default=3)
    words = models.CharField(max_length=160)
    words_en = models.CharField(max_length=160, blank=True, default="")
    by_hand = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "task"], name="one_notice_rule_each", nulls_distinct=False)
        ]


class Notice(models.Model):
    """An event that an open case's handler has to look at."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, choices=NoticeKind.choices)
    words = models.CharField(max_length=160, default="")
    words_en = models.CharField(max_length=160, blank=True, default="")
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


class PendingNotice(models.Model):
    """A decision the citizen's other cases have not been told of yet."""

    event = models.UUIDField(primary_key=True)  # of the journal
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField()
    at = models.DateTimeField()
