"""What the workplace shows, gathered from the doors of the core."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime as datetime
from uuid import UUID

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import PersonCard
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import (
    ChecklistRow,
    ContactPage,
    ContactRow,
    MessageRow,
    TaskRow,
    TimelineEntry,
    personal_data_warnings,
)
from indgang.core.routing import selectors as routing
from indgang.core.routing.values import ItemRow, Refusal
from indgang.core.routing.values import MyWork as MyWork
from indgang.desks.workplace.directory import Entry, adviser
from indgang.desks.workplace.languages import name_of
from indgang.foundation.access import policy
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer

REFUSALS = Refusal.choices
CASE = "case"  # the medium of a step of a case
UNDO_SECONDS = 20
PERSON = ("person",)  # the card stands beside the contact


@dataclass(frozen=True)
class TaskPanel:
    """A task of the contact, and what this employee may do with it."""

    card: TaskCard
    level: int | None
    source: str
    own_level: int  # the highest level this employee may settle it at; 0: none


@dataclass(frozen=True)
class Talk:
    """What was said."""

    item: ItemRow | None  # None: it is read only, in somebody else's hands or nobody's
    page: ContactPage
    in_hand: bool  # this employee may act on it now
    undo: MessageRow | None  # the own answer that can still be taken back


@dataclass(frozen=True)
class Conversation(Talk):
    """Everything about the contact that is open in the middle and right columns."""

    tasks: list[TaskPanel]
    person: PersonCard | None
    adviser: Entry | None  # the citizen's own, and whether they are free
    on_behalf_of: str  # whom the citizen speaks for, by name; empty: for themselves
    checklist: list[ChecklistRow]

    @property
    def language(self) -> str:
        """What the citizen speaks, in words."""
        return name_of(self.person.language) if self.person else ""

    @property
    def interpreter(self) -> str:
        """The interpreter's language, in words; empty where none is needed."""
        return name_of(self.person.interpreter) if self.person and self.person.interpreter else ""

    @property
    def ordered_interpreter(self) -> str:
        """The language an interpreter is ordered for to this contact; empty where none is."""
        return name_of(self.page.card.interpreter) if self.page.card.interpreter else ""


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


def talk(viewer: Viewer, item_id: UUID, at: datetime) -> Talk:
    """The talk alone, of an item that is offered to this employee or in their hands; NotFound for any other."""
    item, mine = _item(my_work(viewer, at), item_id)
    page = contacts.contact(viewer, _contact_of(item), at)
    return Talk(item, page, mine, _undoable(viewer, page, at))


def conversation(viewer: Viewer, work: MyWork, item_id: UUID, at: datetime) -> Conversation:
    """The contact of an item that is offered to this employee or in their hands; raises NotFound for any other."""
    item, mine = _item(work, item_id)
    return _whole(viewer, item, contacts.contact(viewer, _contact_of(item), at, beside=PERSON), mine, at)


def to_read(viewer: Viewer, contact_id: UUID, at: datetime) -> Conversation:
    """A contact this employee may read and has not in hand; raises NotFound."""
    return _whole(viewer, None, contacts.contact(viewer, contact_id, at, beside=PERSON), False, at)


def opened(viewer: Viewer, item_id: UUID, at: datetime) -> tuple[ItemRow, ContactPage]:
    """The contact of an item in this employee's own hands, to act on; raises NotFound for any other."""
    item, mine = _item(my_work(viewer, at), item_id)
    if not mine:
        raise NotFound
    return item, contacts.contact(viewer, _contact_of(item), at)


def contact_in_hand(viewer: Viewer, item_id: UUID, at: datetime) -> UUID:
    """The contact's id, where one need not read it to act on it; raises NotFound for what is not in hand."""
    contact = routing.contact_in_hand(employee_of(viewer), item_id)
    if contact is None:
        raise NotFound
    return contact


def own_item(work: MyWork, contact_id: UUID) -> ItemRow | None:
    """The item by which this employee has a contact in hand."""
    return next((item for item in work.items if item.contact == contact_id), None)


def case_of(work: MyWork, item_id: UUID) -> str:
    """The number of the case an item is a step of; empty for a contact's item."""
    item, _mine = _item(work, item_id)
    return item.reference if item.medium == CASE else ""


def timeline(viewer: Viewer, contact_id: UUID, person_id: UUID, at: datetime) -> list[TimelineEntry]:
    """What went on between the citizen and the municipality, over all channels; the contact is the purpose."""
    return contacts.timeline(viewer, person_id, purpose=Purpose("contact", str(contact_id)), at=at)


def purpose_of(page: ContactPage) -> Purpose:
    """The contact as the reason to look somebody up."""
    return Purpose("contact", str(page.card.id))


def warnings(text: str) -> list[str]:
    """What must not go by plain mail."""
    return personal_data_warnings(text)


def as_id(text: str) -> UUID:
    """An id from an address or a form; raises NotFound for anything else."""
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotFound from wrong


def panels(viewer: Viewer, rows: Sequence[TaskRow], at: datetime) -> list[TaskPanel]:
    """The tasks with their cards, and how far this employee may go in each."""
    codes = [row.code for row in rows]
    cards = catalogue.cards(codes)
    own: dict[str, int] = {}
    if viewer.actor is not None and codes:
        scope = policy.scope(viewer.actor, at, viewer.dispensation, separation=viewer.separation)
        own = policy.highest_levels(scope, catalogue.needs_of(cards.values(), (1, 2, 3)))
    return [
        TaskPanel(cards[row.code], row.level, row.source, own.get(row.code, 0)) for row in rows if row.code in cards
    ]


def _whole(viewer: Viewer, item: ItemRow | None, page: ContactPage, mine: bool, at: datetime) -> Conversation:
    person_id = page.card.person
    purpose = purpose_of(page)
    person = citizens.person(viewer, person_id, purpose=purpose, at=at) if person_id else None
    return Conversation(
        item=item,
        page=page,
        in_hand=mine,
        undo=_undoable(viewer, page, at) if mine else None,
        tasks=panels(viewer, page.tasks, at),
        person=person,
        adviser=adviser(viewer, person.adviser, at) if person and person.adviser else None,
        on_behalf_of=_represented(viewer, page, at),
        checklist=contacts.checklist(viewer, page.card.id, at) if page.card.life_event else [],
    )


def _represented(viewer: Viewer, page: ContactPage, at: datetime) -> str:
    """Whom the inquirer speaks for; the contact is the purpose of that look too."""
    if page.card.representing is None:
        return ""
    return citizens.person(viewer, page.card.representing, purpose=purpose_of(page), at=at).name


def _undoable(viewer: Viewer, page: ContactPage, at: datetime) -> MessageRow | None:
    waiting = (row for row in page.messages if row.author == viewer.name and row.undo_until and not row.delivery)
    return next((row for row in waiting if row.undo_until and row.undo_until > at), None)


def _item(work: MyWork, item_id: UUID) -> tuple[ItemRow, bool]:
    """The item, and whether it is in hand; raises NotFound for what is neither in hand nor offered."""
    for item in work.items:
        if item.id == item_id:
            return item, True
    if work.offer and work.offer.item.id == item_id:
        return work.offer.item, False
    raise NotFound


def _contact_of(item: ItemRow) -> UUID:
    if item.contact is None:
        raise NotFound
    return item.contact
