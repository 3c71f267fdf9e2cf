"""What every service of a contact does: lock it, check the viewer and the version, write, record, tell the browsers."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.errors import TaskNotFound
from indgang.core.contacts.errors import (
    AttachmentTooLarge,
    EmptyMessage,
    LevelNotAllowed,
    Stale,
    UnknownChannel,
    UnknownTask,
)
from indgang.core.contacts.models import Attachment, Contact, ContactTask, Message
from indgang.core.contacts.reading import may_read, what_changed
from indgang.core.contacts.values import (
    LARGEST_FILE,
    LONGEST_BODY,
    Channel,
    Direction,
    Given,
    NewMessage,
    TaskChoice,
    Upload,
)
from indgang.foundation.access import policy
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import services as runtime
from indgang.foundation.web import services as web

INQUIRER = "inquirer"  # the author of what came in
_LET_IN = """
INSERT INTO contacts_involved (contact_id, employee_id, unit_id, "group", since)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id
"""
_CONTINUES = "\n\n[Beskeden fortsætter i den vedhæftede fil {name}]"
_WHOLE_TEXT = "hele-beskeden.txt"


def locked(contact_id: UUID, *, viewer: Viewer | None = None, version: int | None = None) -> Contact:
    """The contact, locked for this transaction.

    With a viewer it must be one who may read it (missing and forbidden alike: NotFound); with a version it must still
    be that one (Stale).
    """
    contact = Contact.objects.select_for_update(of=("self",)).filter(id=contact_id).first()
    if contact is None or (viewer is not None and not may_read(viewer, contact)):
        raise NotFound
    check_version(contact, version)
    return contact


def check_version(contact: Contact, version: int | None) -> None:
    """Raise Stale when somebody has changed the contact since that version was shown."""
    if version is not None and version != contact.version:
        raise Stale(what=what_changed(contact.id, version))


def changed(
    contact: Contact, verb: str, *, viewer: Viewer, at: datetime, fields: Iterable[str] = (), **data: object
) -> None:
    """Save these fields with the next version, record the event and tell whoever looks at the contact."""
    contact.version += 1
    contact.save(update_fields=[*fields, "version"])
    noted(contact, verb, viewer=viewer, at=at, **data)


def noted(contact: Contact, verb: str, *, viewer: Viewer, at: datetime, **data: object) -> None:
    """Record an event of a contact; its data names the version it led to."""
    journal.record(
        verb,
        at=at,
        viewer_name=viewer.name,
        subject=contact,
        citizen=contact.person_id,
        contact=contact.id,
        data={"version": contact.version, **data},
    )
    web.publish(f"contact:{contact.id}", "changed", str(contact.id))


def clean(text: str) -> str:
    """Text the database can hold: no NUL, no half characters, one kind of line end."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def line(text: str, longest: int) -> str:
    """One line of at most so many characters."""
    return " ".join(clean(text).split())[:longest]


def store_message(
    contact: Contact,
    message: NewMessage,
    *,
    author: str,
    at: datetime,
    message_id: UUID | None = None,
    undo_until: datetime | None = None,
) -> Message:
    """Files first, then the rows that name them; what is too long for a body becomes an attachment as a whole."""
    check_channel(message.medium, field="medium")
    check_uploads(message.uploads)
    body, uploads = clean(message.body).strip(), message.uploads
    if not body and not message.html and not uploads and message.direction != Direction.IN:
        raise EmptyMessage
    if len(body) > LONGEST_BODY:
        uploads = (*uploads, Upload(_WHOLE_TEXT, "text/plain", body.encode()))
        body = body[:LONGEST_BODY] + _CONTINUES.format(name=_WHOLE_TEXT)
    digests = [runtime.store_file(upload.content) for upload in uploads]
    key = message_id or runtime.uuid7(at)
    row = Message.objects.create(
        id=key,
        contact=contact,
        at=at,
        direction=message.direction,
        medium=message.medium,
        author=author,
        subject=line(message.subject, 200),
        body=body,
        html=clean(message.html),
        raw=message.raw,
        automatic=message.automatic,
        mail_id=mail_id_of(key, message),
        undo_until=undo_until,
    )
    Attachment.objects.bulk_create(
        Attachment(
            message=row,
            name=line(upload.name, 200) or "fil",
            media_type=line(upload.media_type, 100) or "application/octet-stream",
            size=len(upload.content),
            digest=digest,
        )
        for upload, digest in zip(uploads, digests, strict=True)
    )
    return row


def mail_id_of(key: UUID, message: NewMessage) -> str:
    """The Message-ID it came with; for a mail we send, one made of its own id."""
    if message.message_id or message.direction != Direction.OUT:
        return line(message.message_id, 255)
    return f"{key}@{settings.MUNICIPALITY_MAIL.rpartition('@')[2]}"


def check_uploads(uploads: Iterable[Upload]) -> None:
    """Raise AttachmentTooLarge before anything is stored."""
    for upload in uploads:
        if len(upload.content) > LARGEST_FILE:
            raise AttachmentTooLarge(name=line(upload.name, 80))


def check_channel(channel: str, field: str = "channel") -> None:
    """Raise UnknownChannel."""
    if channel not in Channel.values:
        raise UnknownChannel(field=field, channel=line(channel, 40), known=", ".join(Channel.values))


def let_read(contact: Contact, to: Given, *, at: datetime) -> bool:
    """Whether somebody was let in who could not read it on this ground before."""
    if to == Given():
        return False
    with connection.cursor() as cursor:
        cursor.execute(_LET_IN, [contact.id, to.employee, to.unit, to.group, at])
        return cursor.fetchone() is not None


def put_tasks(contact: Contact, tasks: Iterable[TaskChoice], *, viewer: Viewer, at: datetime) -> list[str]:
    """The contact is about exactly these tasks; the codes in order. Raises UnknownTask, LevelNotAllowed."""
    chosen = {choice.task: choice for choice in tasks}
    for choice in chosen.values():
        check_task(choice, viewer=viewer, at=at)
    before = {row.task_id: row for row in ContactTask.objects.filter(contact=contact)}
    if before:
        ContactTask.objects.filter(contact=contact).delete()
    ContactTask.objects.bulk_create(
        _task_row(contact, choice, order, before.get(choice.task)) for order, choice in enumerate(chosen.values())
    )
    return list(chosen)


def _task_row(contact: Contact, choice: TaskChoice, order: int, old: ContactTask | None) -> ContactTask:
    """A task again keeps how it was found, and its level and answers unless new ones are given."""
    return ContactTask(
        contact=contact,
        task_id=choice.task,
        order=order,
        level=old.level if old and choice.level is None else choice.level,
        outcome=choice.outcome or (old.outcome if old else ""),
        source=old.source if old else choice.source,
        answers=choice.answers or (old.answers if old else {}),
    )


def task_codes(contact: Contact) -> list[str]:
    """The tasks it is about, first one first."""
    return list(ContactTask.objects.filter(contact=contact).order_by("order").values_list("task_id", flat=True))


def check_task(choice: TaskChoice, *, viewer: Viewer, at: datetime) -> None:
    """Raise UnknownTask, or LevelNotAllowed where an employee settles above what they may."""
    if not 0 < len(choice.task) <= 12 or "\x00" in choice.task:
        raise UnknownTask(task=line(choice.task, 40))
    try:
        need = catalogue.need(choice.task, choice.level or 1)
    except TaskNotFound:
        raise UnknownTask(task=line(choice.task, 40)) from None
    if choice.level is None or choice.level < 2 or viewer.actor is None:
        return
    scope = policy.scope(viewer.actor, at, viewer.dispensation, separation=viewer.separation)
    if not policy.may(scope, need, choice.level):
        raise LevelNotAllowed(task=choice.task, level=choice.level)
