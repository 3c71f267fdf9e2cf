"""Builders for tests of this and other modules."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from indgang.core.contacts import services
from indgang.core.contacts.models import Contact, ContactTask, Material, Message
from indgang.core.contacts.values import Inquirer, NewMessage, TaskChoice, TemplateRow, Upload
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock


def make_contact(
    text: str = "Jeg flytter til Valby på lørdag",
    *,
    tasks: Sequence[str] = (),
    mail: str = "bente@borger.example",
    name: str = "Bente Birkelund",
    phone: str = "",
    person: UUID | None = None,
    channel: str = "mail",
    language: str = "da",
    unit: str | None = None,
    subject: str = "",
    uploads: Sequence[Upload] = (),
    automatic: bool = False,
    message_id: str = "",
    expected_answer_by: datetime | None = None,
    viewer: Viewer | None = None,
    at: datetime | None = None,
) -> Contact:
    """A received contact, through the service; its tasks must exist (catalogue.testing.make_task)."""
    moment = at or clock.now()
    return services.receive_contact(
        channel=channel,
        message=NewMessage(
            text, channel, subject=subject, uploads=tuple(uploads), automatic=automatic, message_id=message_id
        ),
        inquirer=Inquirer(name=name, mail=mail, phone=phone, person=person),
        tasks=[TaskChoice(code) for code in tasks],
        language=language,
        unit_code=unit,
        expected_answer_by=expected_answer_by or moment + timedelta(hours=8),
        viewer=viewer or system("test"),
        at=moment,
    )


def make_opened(
    viewer: Viewer,
    *,
    channel: str = "phone",
    subject: str = "Spørgsmål i telefonen",
    tasks: Sequence[str] = (),
    name: str = "Bente Birkelund",
    mail: str = "",
    phone: str = "00000012",
    person: UUID | None = None,
    at: datetime | None = None,
) -> Contact:
    """A contact an employee opened by hand; they have it."""
    return services.open_by_hand(
        channel=channel,
        inquirer=Inquirer(name=name, mail=mail, phone=phone, person=person),
        subject=subject,
        tasks=[TaskChoice(code, source="agent") for code in tasks],
        viewer=viewer,
        at=at or clock.now(),
    )


def make_template(
    code: str = "hilsen",
    body: str = "Kære {navn}\n\nTak for din henvendelse {reference}.",
    *,
    title: str = "Hilsen",
    task: str = "",
    language: str = "da",
    at: datetime | None = None,
) -> TemplateRow:
    """A standard reply in use."""
    return services.save_template(
        code=code, title=title, body=body, task=task, language=language, viewer=system("test"), at=at or clock.now()
    )


def make_material(
    code: str = "blanket-flytning", *, title: str = "Flytteanmeldelse", tasks: Sequence[str] = (), kind: str = "form"
) -> str:
    """A form or leaflet that can be sent; its code."""
    Material.objects.update_or_create(
        code=code,
        defaults={
            "kind": kind,
            "title": title,
            "title_en": "Form",
            "link": f"/blanketter/{code}",
            "tasks": list(tasks),
        },
    )
    return code


def contact_row(contact_id: UUID) -> Contact:
    """The contact as it stands now."""
    return Contact.objects.get(id=contact_id)


def messages_of(contact_id: UUID) -> list[Message]:
    """Its messages, oldest first."""
    return list(Message.objects.filter(contact=contact_id).order_by("at", "id"))


def tasks_of(contact_id: UUID) -> list[str]:
    """The codes of its tasks in order."""
    return list(ContactTask.objects.filter(contact=contact_id).order_by("order").values_list("task_id", flat=True))


def events_of(contact: Contact) -> list[JournalLine]:
    """What happened to a contact itself, oldest first (the work queue's events about it are left out)."""
    return [event for event in journal.events_of_contact(contact.id) if event.verb.startswith("contact.")]
