"""Contacts, their tasks, messages, attachments and drafts."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from indgang.core.contacts.values import Channel, ContactState, Direction, InquirerKind, Outcome, SelfService

# The words by which a contact is found again: who wrote and about what.
CONTACT_WORDS = SearchVector("inquirer_name", "subject", config="simple")


class Contact(models.Model):
    """One inquiry, whatever way it came in."""

    id = models.UUIDField(primary_key=True)  # uuid7 made in Python
    reference = models.CharField(max_length=12, unique=True)
    secret = models.CharField(max_length=43, unique=True)  # of the status page's link
    channel = models.CharField(max_length=14, choices=Channel.choices)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.IN)
    received_at = models.DateTimeField()
    person = models.ForeignKey("citizens.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    identified = models.BooleanField(default=False)  # the person proved who they are; plain mail never does
    inquirer_kind = models.CharField(max_length=20, choices=InquirerKind.choices, default=InquirerKind.CITIZEN)
    inquirer_name = models.CharField(max_length=160, blank=True, default="")
    inquirer_mail = models.CharField(max_length=254, blank=True, default="")
    inquirer_phone = models.CharField(max_length=30, blank=True, default="")
    language = models.CharField(max_length=5, default="da")
    subject = models.CharField(max_length=200, blank=True, default="")
    life_situation = models.ForeignKey(
        "catalogue.LifeSituation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ContactState.choices, default=ContactState.NEW)
    outcome = models.CharField(max_length=14, choices=Outcome.choices, blank=True, default="")
    expected_answer_by = models.DateTimeField(null=True)
    call_back = models.BooleanField(default=False)
    call_back_when = models.CharField(max_length=120, blank=True, default="")  # the citizen's words
    handed_over = models.BooleanField(default=False)  # has ever been handed to somebody else
    handler = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    continues = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    wait_until = models.DateTimeField(null=True)  # waiting or put aside: then it goes back into the queue
    life_event = models.CharField(
        max_length=40, blank=True, default="", db_default=""
    )  # divorce: code of the catalogue's life events
    special_group = models.CharField(
        max_length=40, blank=True, default="", db_default=""
    )  # code of citizens' special groups
    self_service = models.CharField(max_length=10, choices=SelfService.choices, blank=True, default="", db_default="")
    # whom the inquirer speaks for; the person above is who speaks
    representing = models.ForeignKey("citizens.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    interpreter = models.CharField(
        max_length=5, blank=True, default="", db_default=""
    )  # language of the interpreter ordered
    interpreter_at = models.DateTimeField(null=True)
    complaint = models.CharField(
        max_length=10, blank=True, default="", db_default=""
    )  # suggestion, complaint: what was taken in
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            GinIndex(CONTACT_WORDS, name="contact_words"),
            models.Index(
                fields=["representing"], condition=models.Q(representing__isnull=False), name="contact_representing"
            ),
            models.Index(
                fields=["wait_until"], condition=models.Q(wait_until__isnull=False), name="contact_wait_until"
            ),
            models.Index(fields=["person", "-received_at"], name="contact_person"),
            models.Index(fields=["inquirer_mail", "-received_at"], name="contact_mail"),
            models.Index(
                fields=["inquirer_phone", "-received_at"],
                condition=models.Q(inquirer_phone__gt=""),
                name="contact_phone",
            ),
            models.Index(fields=["state", "received_at"], name="contact_state"),
            models.Index(fields=["closed_at"], condition=models.Q(state="closed"), name="contact_closed"),
            models.Index(
                fields=["handler"], condition=~models.Q(state__in=["closed", "abandoned"]), name="contact_in_hand"
            ),
        ]


class ContactTask(models.Model):
    """A task that a contact is about."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey("catalogue.Task", on_delete=models.PROTECT, related_name="+")
    order = models.SmallIntegerField(default=0)
    level = models.SmallIntegerField(null=True)  # at which it was settled
    outcome = models.CharField(max_length=14, choices=Outcome.choices, blank=True, default="", db_default="")  # its own
    source = models.CharField(max_length=10, default="triage")
    answers = models.JSONField(default=dict)  # to the task's clarifying questions

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "task"], name="a_task_once_per_contact")]


class Message(models.Model):
    """One utterance of a conversation."""

    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    direction = models.CharField(max_length=4, choices=Direction.choices)
    medium = models.CharField(max_length=14, choices=Channel.choices)
    author = models.CharField(max_length=80)  # the journal's actor
    subject = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")  # made safe; shown in a sandboxed frame
    raw = models.UUIDField(null=True)
    automatic = models.BooleanField(default=False)
    mail_id = models.CharField(max_length=255, blank=True, default="")  # Message-ID without brackets
    delivery = models.CharField(max_length=12, blank=True, default="")  # sent, bounced, failed; for outgoing
    undo_until = models.DateTimeField(null=True)  # outgoing: it leaves then, unless its author takes it back

    class Meta:
        indexes = [
            models.Index(fields=["contact", "at"], name="message_contact"),
            models.Index(fields=["mail_id"], condition=models.Q(mail_id__gt=""), name="message_mail_id"),
        ]
        constraints = [  # a stored raw message becomes one message, however often its job runs
            models.UniqueConstraint(fields=["raw"], condition=models.Q(raw__isnull=False), name="one_message_per_raw")
        ]


class Attachment(models.Model):
    """A file of a message; stored under its sha256 before this row."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="attachment_digest")]


class Draft(models.Model):
    """What an employee has typed and not sent: survives a crash of browser or server."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    employee = models.ForeignKey("organisation.Employee", on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=20)  # reply, note, transfer
    text = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "employee", "field"], name="one_draft_per_field")]


class Involved(models.Model):
    """Somebody a contact was given to, or who has worked on it: they may read it whatever their competence."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    employee = models.ForeignKey("organisation.Employee", null=True, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=40, blank=True, default="")  # competence group code
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "employee", "unit", "group"], nulls_distinct=False, name="involved_once"
            )
        ]


class Presence(models.Model):
    """Who looks at a contact right now; a heartbeat, never an event."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    employee = models.ForeignKey("organisation.Employee", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    typing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "employee"], name="present_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]


class ReplyTemplate(models.Model):
    """One version of a standard reply; the newest that is not retired is in use."""

    code = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    version = models.IntegerField()
    title = models.CharField(max_length=120)
    body = models.TextField()
    task = models.ForeignKey("catalogue.Task", null=True, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=80)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "language", "version"], name="one_template_version"),
            models.UniqueConstraint(
                fields=["code", "language"], condition=models.Q(current=True), name="one_current_template"
            ),
        ]


class Material(models.Model):
    """A form or leaflet that can be sent; from the profile or written by hand."""

    code = models.CharField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=10)  # form, leaflet
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    link = models.CharField(max_length=200)
    tasks = models.JSONField(default=list)  # task codes; empty: for every task
    source = models.CharField(max_length=120, blank=True, default="")
    in_use = models.BooleanField(default=True, db_default=True)
    version = models.IntegerField(default=1, db_default=1)
    by_hand = models.BooleanField(default=False, db_default=False)  # then a profile loaded again leaves it alone


class CallBack(models.Model):
    """A promise to call: to which number, within which window, and what became of it."""

    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    phone = models.CharField(max_length=30)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="requested")  # requested, reached, gave_up
    tries = models.SmallIntegerField(default=0)
    requested_at = models.DateTimeField()
    last_tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(state="requested"), name="one_open_call_back"
            )
        ]


class Promise(models.Model):
    """Who goes on with a contact that was handed on, until when, and to whom it returns if nothing happens."""

    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, default="hand_over")  # hand_over, referral
    to_text = models.CharField(max_length=200)  # as colleagues read it
    shown_to = models.CharField(max_length=200, blank=True, default="")  # as the citizen reads it: never an employee
    by_when = models.DateTimeField()
    back_to = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")  # open, kept, replaced, broken
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact"], condition=models.Q(state="open"), name="one_open_promise")
        ]
        indexes = [models.Index(fields=["by_when"], condition=models.Q(state="open"), name="promise_due")]


class Complaint(models.Model):
    """A suggestion or complaint that was taken in, and who must answer it by when."""

    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)  # suggestion, complaint
    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+"
    )  # it is about, and answers
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_in_at = models.DateTimeField()
    taken_in_by = models.ForeignKey("organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+")
    follow_up_by = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")  # open, answered
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["follow_up_by"], condition=models.Q(state="open"), name="complaint_due"),
            models.Index(fields=["unit", "-id"], name="complaint_unit"),
        ]


class Moved(models.Model):
    """A contact that followed its person when two persons became one; undoing gives back exactly these."""

    merge = models.CharField(max_length=40)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12)  # person, representing
    before = models.UUIDField()  # whose it was

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "contact", "role"], name="moved_once_per_merge")]
