"""News of the running transaction: to the dispatcher and to browsers, sent when it commits."""

from collections.abc import Iterable
from datetime import datetime

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


def tell_items(items: Iterable[WorkItem]) -> None:
    """The waiting list, and whoever looks at one of the contacts."""
    web.publish("queue", "changed")
    for item in items:
        if item.contact:
            web.publish(f"contact:{item.contact}", "work", str(item.contact))


def record(item: WorkItem, verb: str, *, at: datetime, viewer_name: str, data: dict[str, object]) -> None:
    """The event of one change of an item."""
    journal.record(verb, at=at, viewer_name=viewer_name, subject=item, contact=item.contact, data=data)


def note(item: WorkItem, verb: str, *, at: datetime, viewer_name: str, **data: object) -> None:
    """The event, and the same news to the screens."""
    record(item, verb, at=at, viewer_name=viewer_name, data=data)
    tell_items([item])
