"""What the workplace shows, gathered from the doors of the core."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import PersonCard
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import (
    ContactPage,
    ContactRow,
    Outcome,
    TaskRow,
    TimelineEntry,
    personal_data_warnings,
)
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import EmployeeCard, UnitCard
from indgang.core.routing import selectors as routing
from indgang.core.routing.values import ItemRow, MyWork
from indgang.desks.workplace.history import HistoryLine, history
from indgang.foundation.access import policy
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer

OUTCOMES = [choice for choice in Outcome.choices if choice[0] not in {Outcome.HANDED_OVER, Outcome.ABANDONED}]


@dataclass(frozen=True)
class TaskPanel:
    """A task of the contact, and what this employee may do with it."""

    card: TaskCard
    level: int | None
    source: str
    own_level: int  # the highest level this employee may settle it at; 0: none


@dataclass(frozen=True)
class Recipients:
    """To whom work can be handed."""

    groups: list[tuple[str, str]]
    units: list[UnitCard]
    employees: list[EmployeeCard]


@dataclass(frozen=True)
class Talk:
    """What was said and what happened."""

    item: ItemRow
    page: ContactPage
    history: list[HistoryLine]
    in_hand: bool  # this employee may act on it now


@dataclass(frozen=True)
class Conversation(Talk):
    """Everything about the contact that is open in the middle and right columns."""

    tasks: list[TaskPanel]
    person: PersonCard | None
    timeline: list[TimelineEntry]


def my_work(viewer: Viewer, at: datetime) -> MyWork:
    """Own state, offer and work in hand; raises NotFound for somebody who is no employee."""
    return routing.my_work(employee_of(viewer), at)


def in_hand(viewer: Viewer, work: MyWork) -> list[tuple[ItemRow, ContactRow | None]]:
    """The work in hand with the citizen's words, by which one knows it again."""
    lines = contacts.rows(viewer, [item.contact for item in work.items if item.contact])
    return [(item, lines.get(item.contact) if item.contact else None) for item in work.items]


def employee_of(viewer: Viewer) -> int:
    """The employee's id; raises NotFound for anybody else."""
    if viewer.actor is None:
        raise NotFound
    return viewer.actor.employee


def talk(viewer: Viewer, work: MyWork, item_id: UUID, at: datetime) -> Talk:
    """The talk alone, of an item that is offered to this employee or in their hands; NotFound for any other."""
    item, page = _opened(viewer, work, item_id, at)
    return Talk(item, page, history(page.card.id, page.card.person), _in_hand(work, item_id))


def conversation(viewer: Viewer, work: MyWork, item_id: UUID, at: datetime) -> Conversation:
    """The contact of an item that is offered to this employee or in their hands; raises NotFound for any other."""
    item, page = _opened(viewer, work, item_id, at)
    contact_id, person_id = page.card.id, page.card.person
    purpose = Purpose("contact", str(contact_id))
    return Conversation(
        item=item,
        page=page,
        tasks=_panels(viewer, page.tasks, at),
        person=citizens.person(viewer, person_id, purpose=purpose, at=at) if person_id else None,
        timeline=contacts.timeline(viewer, person_id, purpose=purpose, at=at) if person_id else [],
        history=history(contact_id, person_id),
        in_hand=_in_hand(work, item_id),
    )


def recipients(at: datetime) -> Recipients:
    """Groups, units and people, each in Danish order."""
    return Recipients(organisation.groups(), organisation.units(at=at), organisation.employees(at=at))


def warnings(text: str) -> list[str]:
    """What must not go by plain mail."""
    return personal_data_warnings(text)


def as_id(text: str) -> UUID:
    """An id from an address or a form; raises NotFound for anything else."""
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotFound from wrong


def _opened(viewer: Viewer, work: MyWork, item_id: UUID, at: datetime) -> tuple[ItemRow, ContactPage]:
    offered = [work.offer.item] if work.offer else []
    found = next((item for item in [*work.items, *offered] if item.id == item_id), None)
    if found is None or found.contact is None:
        raise NotFound
    return found, contacts.contact(viewer, found.contact, at)


def _in_hand(work: MyWork, item_id: UUID) -> bool:
    return any(item.id == item_id for item in work.items)


def _panels(viewer: Viewer, rows: Sequence[TaskRow], at: datetime) -> list[TaskPanel]:
    codes = [row.code for row in rows]
    cards = catalogue.cards(codes)
    own: dict[str, int] = {}
    if viewer.actor is not None and codes:
        scope = policy.scope(viewer.actor, at, viewer.dispensation, separation=viewer.separation)
        own = policy.highest_levels(scope, catalogue.needs(codes, (1, 2, 3)))
    return [
        TaskPanel(cards[row.code], row.level, row.source, own.get(row.code, 0)) for row in rows if row.code in cards
    ]
