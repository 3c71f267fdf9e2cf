"""Cases, their parties, objects, relations, courses, steps and deadlines."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from indgang.core.cases.access_models import AccessItem as AccessItem
from indgang.core.cases.access_models import AccessRequest as AccessRequest
from indgang.core.cases.access_models import DiscardRow as DiscardRow
from indgang.core.cases.access_models import DiscardRun as DiscardRun
from indgang.core.cases.decision_models import CaseLetter as CaseLetter
from indgang.core.cases.decision_models import Complaint as Complaint
from indgang.core.cases.decision_models import Decision as Decision
from indgang.core.cases.decision_models import Hearing as Hearing
from indgang.core.cases.document_models import Document as Document
from indgang.core.cases.document_models import DocumentText as DocumentText
from indgang.core.cases.document_models import DocumentVersion as DocumentVersion
from indgang.core.cases.document_models import EarlierNote as EarlierNote
from indgang.core.cases.document_models import Editing as Editing
from indgang.core.cases.document_models import JournalEntry as JournalEntry
from indgang.core.cases.follow_models import MovedCase as MovedCase
from indgang.core.cases.sharing_models import Disclosure as Disclosure
from indgang.core.cases.sharing_models import Forwarding as Forwarding
from indgang.core.cases.sharing_models import Notice as Notice
from indgang.core.cases.sharing_models import NoticeRule as NoticeRule
from indgang.core.cases.sharing_models import Opinion as Opinion
from indgang.core.cases.sharing_models import PendingNotice as PendingNotice
from indgang.core.cases.values import (
    DeadlineKind,
    ObjectKind,
    PartyRole,
    Progress,
    RaisedBy,
    RelationKind,
    Result,
    Retention,
    Sensitivity,
    StepKind,
    Waiting,
)

CASE_WORDS = SearchVector("title", config="danish")
# Each word after "t<task>:", "u<unit>:" and "h<handler>:", so that the words of cases one may see are found alone.
OWN_WORDS = models.Func(
    models.F("title"), models.F("task"), models.F("unit"), models.F("handler"), function="cases_title_words"
)


class Course(models.Model):
    """A life situation that cases of several administrations belong to, with one common progress."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("citizens.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    life_event = models.CharField(max_length=20, blank=True, default="")  # code of the catalogue's life events
    title = models.CharField(max_length=160)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["person", "-opened_at"], name="course_person")]


class Case(models.Model):
    """One matter of one citizen on one task (OIO Sag)."""

    id = models.UUIDField(primary_key=True)  # uuid7 made in Python
    number = models.CharField(max_length=20, unique=True)  # "2026-000123-4": year, running number, check digit
    title = models.CharField(max_length=255)  # never a CPR number in it
    task = models.ForeignKey("catalogue.Task", on_delete=models.PROTECT, related_name="+", db_index=False)
    administration = models.ForeignKey(
        "organisation.Administration", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    handler = models.ForeignKey(
        "organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    person = models.ForeignKey(  # the primary party, also a Party row
        "citizens.Person", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    course = models.ForeignKey(Course, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    progress = models.CharField(max_length=8, choices=Progress.choices, default=Progress.OPENED)
    waiting = models.CharField(max_length=10, choices=Waiting.choices, blank=True, default="")
    waiting_until = models.DateTimeField(null=True)
    raised_by = models.CharField(max_length=12, choices=RaisedBy.choices, default=RaisedBy.APPLICATION)
    sensitivity = models.CharField(max_length=12, choices=Sensitivity.choices, default=Sensitivity.CONFIDENTIAL)
    legal_basis = models.CharField(max_length=300, blank=True, default="")
    kle = models.CharField(max_length=8, blank=True, default="")  # "32.03.04"; the municipality's own licence
    facet = models.CharField(max_length=3, blank=True, default="")  # "G01"
    retention = models.CharField(max_length=1, choices=Retention.choices, default=Retention.DISCARD)
    retention_years = models.SmallIntegerField(default=5)
    archived_at = models.DateTimeField(null=True)  # delivered to the archive: only then may anything be deleted
    result = models.CharField(max_length=8, choices=Result.choices, blank=True, default="")  # of the decision in force
    level = models.SmallIntegerField(default=2)  # at which it is decided
    contact = models.UUIDField(null=True)  # the one that raised it
    opened_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True)  # for the answer, as published
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened = models.SmallIntegerField(default=0)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            GinIndex(CASE_WORDS, name="case_words", fastupdate=False),  # titles are searched far more than written
            GinIndex(OWN_WORDS, name="case_own_words", fastupdate=False),
            models.Index(fields=["person", "-opened_at"], name="case_person"),
            models.Index(fields=["unit", "deadline"], condition=~Q(progress="closed"), name="case_unit_open"),
            models.Index(fields=["handler", "deadline"], condition=~Q(progress="closed"), name="case_handler_open"),
            models.Index(fields=["task", "-opened_at"], name="case_task"),
            models.Index(fields=["administration", "-opened_at"], name="case_administration"),
            models.Index(fields=["deadline", "id"], condition=~Q(progress="closed"), name="case_due"),
            models.Index(
                fields=["waiting", "deadline"], condition=~Q(progress="closed") & ~Q(waiting=""), name="case_waits"
            ),
            models.Index(  # what one waits for oneself
                fields=["handler", "deadline"],
                condition=~Q(progress="closed") & ~Q(waiting=""),
                name="case_handler_waits",
            ),
            models.Index(fields=["id"], condition=~Q(progress="closed"), name="case_newest_open"),
            models.Index(fields=["waiting_until"], condition=Q(waiting_until__isnull=False), name="case_waiting"),
            models.Index(fields=["contact"], condition=Q(contact__isnull=False), name="case_contact"),
            models.Index(fields=["course"], condition=Q(course__isnull=False), name="case_course"),
            models.Index(fields=["unit", "-id"], condition=Q(progress="closed"), name="case_unit_closed"),
            models.Index(fields=["handler", "-id"], condition=Q(progress="closed"), name="case_handler_closed"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="case_closed"),
            models.Index(fields=["decided_at"], condition=Q(decided_at__isnull=False), name="case_decided"),
        ]


class ProgressChange(models.Model):
    """The history of a case's progress; reopening is a change too."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    progress = models.CharField(max_length=8, choices=Progress.choices)
    at = models.DateTimeField()
    employee = models.BigIntegerField(null=True)
    ground = models.CharField(max_length=300, blank=True, default="")


class CaseWait(models.Model):
    """Something a case waits for; one may wait for several, and `Case.waiting` is what matters most of them."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Waiting.choices)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="one_wait_of_a_kind")]


class Party(models.Model):
    """Somebody a case concerns, and while what."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("citizens.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    business = models.UUIDField(null=True)  # id of citizens' register of businesses
    name = models.CharField(max_length=160, blank=True, default="")  # of one who stands in no register
    role = models.CharField(max_length=14, choices=PartyRole.choices)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(role="primary", valid_to__isnull=True), name="one_primary_party"
            )
        ]


class CaseHandler(models.Model):
    """An employee who works on a case besides its handler."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    employee = models.ForeignKey("organisation.Employee", on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)


class CaseObject(models.Model):
    """A thing a case is about: an address, a vehicle, a child."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ObjectKind.choices)
    label = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True, default="")  # id in its register; never a CPR number


class CaseRelation(models.Model):
    """How one case stands to another."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=RelationKind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other", "kind"], name="one_relation_of_a_kind")]


class Step(models.Model):
    """Something somebody has to do on a case; routing makes one work item of it ("cases.step:<id>")."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=StepKind.choices)
    title = models.CharField(max_length=160)  # nothing personal
    order = models.SmallIntegerField(default=0)
    group = models.CharField(max_length=40, blank=True, default="")  # competence group needed; empty: the task's
    level = models.SmallIntegerField(default=2)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)
    withdrawn = models.BooleanField(default=False)
    subject_id = models.UUIDField(null=True)  # the opinion, notice, forwarding … it is about
    # a line of the task list alone: the queue has no work of it
    listed = models.BooleanField(default=False, db_default=False)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["case", "order"], condition=Q(done_at__isnull=True, withdrawn=False), name="step_open"
            ),
            models.Index(fields=["employee"], condition=Q(done_at__isnull=True, withdrawn=False), name="step_employee"),
        ]


class Deadline(models.Model):
    """A day by which something must be done on a case, and whether it was."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=DeadlineKind.choices)
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()  # as it was first set
    ground = models.CharField(max_length=300, blank=True, default="")  # for moving it
    subject_id = models.UUIDField(null=True)  # the hearing, opinion, access request … it belongs to
    met_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)  # the citizen was told of the new day, or the handler reminded
    overdue_at = models.DateTimeField(null=True)  # the handler was told that it had passed
    cancelled_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(met_at__isnull=True, cancelled_at__isnull=True), name="deadline_running"
            )
        ]


class StepTemplate(models.Model):
    """The steps a case of a task begins with; task empty: every case."""

    task = models.ForeignKey("catalogue.Task", null=True, on_delete=models.CASCADE, related_name="+")
    life_event = models.CharField(max_length=20, blank=True, default="")
    order = models.SmallIntegerField(default=0)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True, default="")
    level = models.SmallIntegerField(default=2)
    working_days = models.SmallIntegerField(null=True)  # after the case was opened
    by_hand = models.BooleanField(default=False)
    version = models.IntegerField(default=1)


class CaseSetting(models.Model):
    """How cases of a task are handled: deadline, hearing, appeal, retention."""

    task = models.OneToOneField("catalogue.Task", primary_key=True, on_delete=models.CASCADE, related_name="+")
    answer_working_days = models.SmallIntegerField(null=True)  # published; null: the municipality has not set it
    legal_basis = models.CharField(max_length=300, blank=True, default="")
    appeal_body = models.CharField(max_length=160, blank=True, default="")
    appeal_weeks = models.SmallIntegerField(null=True)
    appeal_resort = models.BooleanField(default=True)  # the authority itself looks at it again first
    hearing_days = models.SmallIntegerField(default=14)
    complaint_working_days = models.SmallIntegerField(null=True)  # to look at a decision again or send the complaint on
    complaint_rule = models.CharField(max_length=300, blank=True, default="")
    sensitivity = models.CharField(max_length=12, choices=Sensitivity.choices, default=Sensitivity.CONFIDENTIAL)
    retention = models.CharField(max_length=1, choices=Retention.choices, default=Retention.DISCARD)
    retention_years = models.SmallIntegerField(default=5)
    affects = ArrayField(models.CharField(max_length=12), default=list)  # register events it reacts to: "moved"
    income_dependent = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
