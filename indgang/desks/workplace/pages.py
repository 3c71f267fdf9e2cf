"""What the workplace shows, gathered from the doors of the core."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import PersonCard
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import ContactPage, Outcome, TimelineEntry, personal_data_warnings
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
class Conversation:
    """Everything about the contact that is open in the middle and right columns."""

    item: ItemRow
    page: ContactPage
    tasks: list[TaskPanel]
    person: PersonCard | None
    timeline: list[TimelineEntry]
    history: list[HistoryLine]
    in_hand: bool  # this employee may act on it now


def my_work(viewer: Viewer, at: datetime) -> MyWork:
    """Own state, offer and work in hand; raises NotFound for somebody who is no employee."""
    return routing.my_work(employee_of(viewer), at)


def employee_of(viewer: Viewer) -> int:
    """The employee's id; raises NotFound for anybody else."""
    if viewer.actor is None:
        raise NotFound
    return viewer.actor.employee


def conversation(viewer: Viewer, work: MyWork, item_id: UUID, at: datetime) -> Conversation:
    """The contact of an item that is offered to this employee or in their hands; raises NotFound for any other."""
    offered = [work.offer.item] if work.offer else []
    found = next((item for item in [*work.items, *offered] if item.id == item_id), None)
    if found is None or found.contact is None:
        raise NotFound
    page = contacts.contact(viewer, found.contact, at)
    person_id = page.card.person
    purpose = Purpose("contact", str(found.contact))
    return Conversation(
        item=found,
        page=page,
        tasks=[panel for row in page.tasks if (panel := _panel(viewer, at, row.code, row.level, row.source))],
        person=citizens.person(viewer, person_id, purpose=purpose, at=at) if person_id else None,
        timeline=contacts.timeline(viewer, person_id, purpose=purpose, at=at) if person_id else [],
        history=history(found.contact, person_id),
        in_hand=any(item.id == item_id for item in work.items),
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


def _panel(viewer: Viewer, at: datetime, code: str, level: int | None, source: str) -> TaskPanel | None:
    card = catalogue.task(code)
    if card is None:
        return None
    own = 0
    if viewer.actor is not None:
        scope = policy.scope(viewer.actor, at, viewer.dispensation, separation=viewer.separation)
        own = policy.highest_levels(scope, [catalogue.need(code, n) for n in (1, 2, 3)]).get(code, 0)
    return TaskPanel(card, level, source, own)
