"""News of the running transaction: to the dispatcher and to browsers, sent when it commits."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from indgang.core.routing.models import WorkItem
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import notify
from indgang.foundation.web import services as web

CHANNEL = "indgang_work"


def ring() -> None:
    """Wake the dispatcher: somebody or something is free to be matched."""
    notify(CHANNEL)


def tell_agent(employee_id: int, event: str) -> None:
    """The agent's own page reads its work again."""
    web.publish(f"agent:{employee_id}", event)


def tell_contacts(contacts: Iterable[UUID | None]) -> None:
    """The waiting list changed, and the work of these contacts with it."""
    web.publish("queue", "changed")
    for contact in contacts:
        if contact:
            web.publish(f"contact:{contact}", "work", str(contact))


def record(
    item_id: UUID, contact: UUID | None, verb: str, *, at: datetime, viewer_name: str, data: dict[str, object]
) -> None:
    """The event of one change of an item."""
    subject = f"routing.workitem:{item_id}"
    journal.record(verb, at=at, viewer_name=viewer_name, subject=subject, contact=contact, data=data)


def note(item: WorkItem, verb: str, *, at: datetime, viewer_name: str, **data: object) -> None:
    """The event, and the same news to the screens."""
    record(item.id, item.contact, verb, at=at, viewer_name=viewer_name, data=data)
    tell_contacts([item.contact])


def tell_floor() -> None:
    """Leaders' pages: somebody changed what they do."""
    web.publish("floor", "changed")
