"""What employees do with a contact besides answering: take it, say what it is about, hand it over, end it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from indgang.core.citizens import selectors as citizens
from indgang.core.contacts import states
from indgang.core.contacts.errors import EmptyMessage, UnknownOutcome
from indgang.core.contacts.intake import reopened
from indgang.core.contacts.models import Contact, Draft, Involved
from indgang.core.contacts.values import Direction, Given, NewMessage, Outcome, TaskChoice
from indgang.core.contacts.writing import changed, clean, line, locked, noted, put_tasks, store_message, task_codes
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer, system

NOBODY = Given()


@transaction.atomic
def start_work(*, contact_id: UUID, employee_id: int, viewer: Viewer, at: datetime) -> Contact:
    """This employee has it now. Again by the same one changes nothing."""
    contact = locked(contact_id)
    state = states.after(contact.state, "start")
    if contact.handler_id == employee_id and contact.state == state:
        return contact
    contact.handler_id, contact.state = employee_id, state
    give(contact, Given(employee=employee_id), at=at)
    changed(contact, "contact.started", viewer=viewer, at=at, fields=["handler", "state"], employee=employee_id)
    return contact


@transaction.atomic
def set_tasks(
    *, contact_id: UUID, tasks: Sequence[TaskChoice], viewer: Viewer, at: datetime, version: int | None = None
) -> Contact:
    """The contact is about these tasks, in this order."""
    contact = locked(contact_id, viewer=viewer, version=version)
    states.after(contact.state, "change")
    codes = put_tasks(contact, tasks, viewer=viewer, at=at)
    changed(contact, "contact.tasks_set", viewer=viewer, at=at, tasks=codes)
    return contact


@transaction.atomic
def set_person(
    *,
    contact_id: UUID,
    person_id: UUID | None,
    identified: bool = False,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Contact:
    """Whose contact it is, and whether they proved it (at the counter, by login; never by plain mail).

    NotFound for a person nobody knows.
    """
    contact = locked(contact_id, viewer=viewer, version=version)
    if person_id is not None and not citizens.is_known(person_id):
        raise NotFound
    states.after(contact.state, "change")
    contact.person_id, contact.identified = person_id, identified and person_id is not None
    changed(
        contact, "contact.person_set", viewer=viewer, at=at, fields=["person", "identified"],
        identified=contact.identified,
    )  # fmt: skip
    return contact


@transaction.atomic
def hand_over(
    *, contact_id: UUID, note: str, to_text: str, to: Given = NOBODY, viewer: Viewer, at: datetime
) -> Contact:
    """Somebody else goes on; the note tells them why, and `to` lets them read before they take it."""
    contact = locked(contact_id, viewer=viewer)
    contact.state = states.after(contact.state, "hand_over")
    if not clean(note).strip():
        raise EmptyMessage(field="note")
    text = NewMessage(note, contact.channel, direction=Direction.NOTE, subject=line(to_text, 200))
    stored = store_message(contact, text, author=viewer.name, at=at)
    if viewer.actor is not None:
        give(contact, Given(employee=viewer.actor.employee), at=at)
        Draft.objects.filter(contact=contact, employee=viewer.actor.employee, field="transfer").delete()
    give(contact, to, at=at)
    contact.handed_over, contact.handler_id = True, None
    changed(
        contact, "contact.handed_over", viewer=viewer, at=at, fields=["state", "handed_over", "handler"],
        message=str(stored.id), employee=to.employee, unit=to.unit, group=to.group,
    )  # fmt: skip
    return contact


@transaction.atomic
def wait_for_citizen(*, contact_id: UUID, viewer: Viewer, at: datetime, version: int | None = None) -> Contact:
    """Nothing to do until the inquirer writes."""
    return _simply(contact_id, "wait", "contact.waiting", viewer, at, version)


@transaction.atomic
def snooze(*, contact_id: UUID, viewer: Viewer, at: datetime, version: int | None = None) -> Contact:
    """Put aside for a while; the work queue knows until when."""
    return _simply(contact_id, "snooze", "contact.snoozed", viewer, at, version)


@transaction.atomic
def reopen(*, contact_id: UUID, viewer: Viewer, at: datetime, version: int | None = None) -> Contact:
    """Work goes on with an ended contact."""
    contact = locked(contact_id, viewer=viewer, version=version)
    reopened(contact, viewer=viewer, at=at)
    return contact


@transaction.atomic
def close(
    *,
    contact_id: UUID,
    outcome: str,
    tasks: Sequence[TaskChoice],
    note: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Contact:
    """The end of a contact: how, about which tasks, at which level. Closing it again the same way changes nothing.

    Raises UnknownOutcome, UnknownTask, LevelNotAllowed, AlreadyClosed, Stale.
    """
    check_outcome(outcome)
    contact = locked(contact_id, viewer=viewer)
    if states.is_ended(contact.state) and contact.outcome == outcome and _closed_by(contact, viewer):
        return contact
    contact = locked(contact_id, viewer=viewer, version=version)
    state = states.after(contact.state, "abandon" if outcome == Outcome.ABANDONED else "close")
    codes = put_tasks(contact, tasks, viewer=viewer, at=at) if tasks else task_codes(contact)
    if clean(note).strip():
        text = NewMessage(note, contact.channel, direction=Direction.NOTE)
        store_message(contact, text, author=viewer.name, at=at)
    contact.state, contact.outcome, contact.closed_at = state, outcome, at
    if viewer.actor is not None:
        contact.handler_id = viewer.actor.employee
        give(contact, Given(employee=viewer.actor.employee), at=at)
        Draft.objects.filter(contact=contact, employee=viewer.actor.employee).delete()
    changed(
        contact, "contact.closed", viewer=viewer, at=at, fields=["state", "outcome", "closed_at", "handler"],
        outcome=outcome, tasks=codes, levels=[choice.level for choice in tasks],
    )  # fmt: skip
    return contact


@transaction.atomic
def settle_at_once(*, contact_id: UUID, outcome: str, at: datetime) -> Contact:
    """The answer at once was enough: nobody needs to look at it."""
    check_outcome(outcome)
    contact = locked(contact_id)
    if states.is_ended(contact.state):
        return contact
    contact.state, contact.outcome, contact.closed_at = states.after(contact.state, "close"), outcome, at
    changed(
        contact, "contact.closed", viewer=system("answers"), at=at, fields=["state", "outcome", "closed_at"],
        outcome=outcome, at_once=True,
    )  # fmt: skip
    return contact


@transaction.atomic
def let_in(*, contact_id: UUID, to: Given, viewer: Viewer, at: datetime) -> None:
    """Somebody may read a contact that is held out to them."""
    contact = locked(contact_id)
    if give(contact, to, at=at):
        noted(contact, "contact.shared", viewer=viewer, at=at, employee=to.employee, unit=to.unit, group=to.group)


def give(contact: Contact, to: Given, *, at: datetime) -> bool:
    """Whether somebody was let in who could not read it on this ground before."""
    if to == NOBODY:
        return False
    ground: dict[str, Any] = {"employee_id": to.employee, "unit_id": to.unit, "group": to.group}
    _, new = Involved.objects.get_or_create(contact=contact, **ground, defaults={"since": at})
    return new


def check_outcome(outcome: str) -> None:
    """Raise UnknownOutcome."""
    if outcome not in Outcome.values:
        raise UnknownOutcome(outcome=line(outcome, 40), known=", ".join(Outcome.values))


def _simply(contact_id: UUID, action: str, verb: str, viewer: Viewer, at: datetime, version: int | None) -> Contact:
    contact = locked(contact_id, viewer=viewer, version=version)
    state = states.after(contact.state, action)
    if state != contact.state:
        contact.state = state
        changed(contact, verb, viewer=viewer, at=at, fields=["state"])
    return contact


def _closed_by(contact: Contact, viewer: Viewer) -> bool:
    return viewer.actor is None or contact.handler_id == viewer.actor.employee
