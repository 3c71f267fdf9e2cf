"""Contacts, their tasks, messages, attachments and drafts."""

from django.db import models

from indgang.core.contacts.values import Channel, ContactState, Direction, InquirerKind, Outcome


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
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
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
