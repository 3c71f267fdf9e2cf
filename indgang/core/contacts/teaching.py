"""What an employee says a contact is about, told to the triage when it had said otherwise."""

from collections.abc import Sequence
from datetime import datetime

from indgang.core.catalogue import services as catalogue
from indgang.core.contacts.models import Contact, ContactTask, Message
from indgang.core.contacts.values import Direction
from indgang.foundation.access.values import Viewer

TRIAGE = "triage"


def suggested(contact: Contact) -> list[str] | None:
    """The tasks the triage tied the contact to, first one first; None where somebody had chosen already."""
    rows = ContactTask.objects.filter(contact=contact).order_by("order").values_list("task_id", "source")
    return None if any(source != TRIAGE for _, source in rows) else [task for task, _ in rows]


def teach(contact: Contact, before: list[str] | None, tasks: Sequence[str], *, viewer: Viewer, at: datetime) -> None:
    """Have the triage learn from an employee's choice; nothing is learned from what was never written."""
    if before is None or viewer.actor is None or not tasks:
        return
    written = Message.objects.filter(contact=contact, direction=Direction.IN, automatic=False)
    first = written.order_by("at", "id").values_list("subject", "body").first()
    if first and any(first):
        text = "\n".join(part for part in first if part)
        catalogue.correct(contact=contact.id, text=text, tasks=tasks, suggested=before, at=at)
