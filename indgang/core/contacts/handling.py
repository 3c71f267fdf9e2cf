"""What employees do with a contact besides answering: take it, say what it is about, hand it over, end it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.core.citizens import selectors as citizens
from indgang.core.contacts import case_links, states
from indgang.core.contacts.answering import save_draft
from indgang.core.contacts.errors import BlankReferral, EmptyMessage, NotTheirTask, PastMoment, Stale, UnknownOutcome
from indgang.core.contacts.intake import first_line, reopened, take_words_of
from indgang.core.contacts.matching import fits
from indgang.core.contacts.models import Contact, ContactTask, Draft
from indgang.core.contacts.promises import HAND_OVER, promise, was_referred
from indgang.core.contacts.teaching import suggested, teach
from indgang.core.contacts.values import Direction, Given, Inquirer, NewMessage, Outcome, TaskChoice
from indgang.core.contacts.writing import (
    changed,
    check_task,
    check_version,
    clean,
    let_read,
    line,
    locked,
    noted,
    put_tasks,
    store_message,
    task_codes,
)
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
    let_read(contact, Given(employee=employee_id), at=at)
    changed(contact, "contact.started", viewer=viewer, at=at, fields=["handler", "state"], employee=employee_id)
    return contact


@transaction.atomic
def set_tasks(
    *, contact_id: UUID, tasks: Sequence[TaskChoice], viewer: Viewer, at: datetime, version: int | None = None
) -> Contact:
    """The contact is about these tasks, in this order."""
    contact = locked(contact_id, viewer=viewer, version=version)
    states.after(contact.state, "change")
    before = suggested(contact)
    codes = put_tasks(contact, tasks, viewer=viewer, at=at)
    teach(contact, before, codes, viewer=viewer, at=at)
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
    matched = person_id is not None and (person_id == contact.person_id or fits(contact, person_id))
    contact.person_id, contact.identified = person_id, identified and person_id is not None
    if contact.representing_id is not None and contact.representing_id == person_id:
        contact.representing_id = None
    changed(
        contact, "contact.person_set", viewer=viewer, at=at, fields=["person", "identified", "representing"],
        identified=contact.identified, matched=matched, person=str(person_id) if person_id else None,
    )  # fmt: skip
    return contact


@transaction.atomic
def set_inquirer(
    *,
    contact_id: UUID,
    inquirer: Inquirer,
    subject: str | None = None,
    language: str | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Contact:
    """Who inquires and about what, as they say it; whose contact it is stays as it was. None leaves a field alone.

    Raises InquirerUnknown, Stale.
    """
    contact = locked(contact_id, viewer=viewer, version=version)
    states.after(contact.state, "change")
    take_words_of(contact, inquirer)
    if subject is not None:
        contact.subject = first_line(subject)
    if language is not None:
        contact.language = line(language, 5) or "da"
    fields = ["inquirer_kind", "inquirer_name", "inquirer_mail", "inquirer_phone", "subject", "language"]
    changed(contact, "contact.inquirer_set", viewer=viewer, at=at, fields=fields)
    return contact


@transaction.atomic
def settle_task(
    *,
    contact_id: UUID,
    task: str,
    level: int,
    outcome: str,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Contact:
    """One task of the contact is settled, at a level and with a result of its own; the contact goes on.

    Raises NotTheirTask, UnknownOutcome, LevelNotAllowed, Stale.
    """
    check_outcome(outcome)
    contact = locked(contact_id, viewer=viewer, version=version)
    states.after(contact.state, "change")
    check_task(TaskChoice(task, level=level), viewer=viewer, at=at)
    rows = ContactTask.objects.filter(contact=contact, task=task)
    if not rows.update(level=level, outcome=outcome):
        raise NotTheirTask(task=line(task, 40))
    changed(contact, "contact.task_settled", viewer=viewer, at=at, task=task, level=level, outcome=outcome)
    return contact


@transaction.atomic
def hand_over(
    *,
    contact_id: UUID,
    note: str,
    to_text: str,
    to: Given = NOBODY,
    by_when: datetime | None = None,
    back_to: int | None = None,
    viewer: Viewer,
    at: datetime,
) -> Contact:
    """Somebody else goes on; the note tells them why, and `to` lets them read before they take it.

    Never blank: it says who and by when (without a time: when the answer is due), and if nobody has gone on by then it
    comes back to `back_to` (without one: whoever hands it over). Raises EmptyMessage, RecipientMissing, PastMoment.
    """
    contact = locked(contact_id, viewer=viewer)
    contact.state = states.after(contact.state, "hand_over")
    if not clean(note).strip():
        raise EmptyMessage(field="note")
    text = NewMessage(note, contact.channel, direction=Direction.NOTE, subject=line(to_text, 200))
    stored = store_message(contact, text, author=viewer.name, at=at)
    if viewer.actor is not None:
        let_read(contact, Given(employee=viewer.actor.employee), at=at)
        Draft.objects.filter(contact=contact, employee=viewer.actor.employee, field="transfer").delete()
    let_read(contact, to, at=at)
    made = promise(
        contact, kind=HAND_OVER, to_text=to_text, to=to, by_when=by_when, back_to=back_to, viewer=viewer, at=at
    )
    contact.handed_over, contact.handler_id = True, None
    changed(
        contact, "contact.handed_over", viewer=viewer, at=at, fields=["state", "handed_over", "handler"],
        message=str(stored.id), employee=to.employee, unit=to.unit, group=to.group, promise=str(made.id),
        by_when=made.by_when.isoformat(),
    )  # fmt: skip
    return contact


@transaction.atomic
def wait_for_citizen(
    *, contact_id: UUID, until: datetime | None = None, viewer: Viewer, at: datetime, version: int | None = None
) -> Contact:
    """Nothing to do until the inquirer writes, or until a time: then it goes back to work. Raises PastMoment."""
    return _put_aside(contact_id, "wait", until, viewer, at, version)


@transaction.atomic
def snooze(
    *, contact_id: UUID, until: datetime | None = None, viewer: Viewer, at: datetime, version: int | None = None
) -> Contact:
    """Put aside until a time; without one the work queue alone knows until when. Raises PastMoment."""
    return _put_aside(contact_id, "snooze", until, viewer, at, version)


@transaction.atomic
def reopen(*, contact_id: UUID, viewer: Viewer, at: datetime, version: int | None = None) -> Contact:
    """Work goes on with an ended contact."""
    contact = locked(contact_id, viewer=viewer, version=version)
    reopened(contact, viewer=viewer, at=at)
    return contact


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
    """The end of a contact: how, about which tasks, at which level, each with its own outcome where it has one.

    Closing it again the same way changes nothing. Sending the citizen on to another authority needs words about to whom
    and what was agreed; `refer` follows it up. Raises UnknownOutcome, UnknownTask, LevelNotAllowed, AlreadyClosed,
    BlankReferral, FactsNoteMissing (of cases), Stale (the note is kept as draft).
    """
    check_outcome(outcome)
    try:
        return _close(contact_id, outcome, tasks, note, viewer, at, version)
    except Stale:
        if viewer.actor is not None and clean(note).strip():
            save_draft(
                contact_id=contact_id, employee_id=viewer.actor.employee, field="close", text=note, viewer=viewer, at=at
            )
        raise


@transaction.atomic
def _close(
    contact_id: UUID,
    outcome: str,
    tasks: Sequence[TaskChoice],
    note: str,
    viewer: Viewer,
    at: datetime,
    version: int | None,
) -> Contact:
    contact = locked(contact_id, viewer=viewer)
    if states.is_ended(contact.state) and contact.outcome == outcome and _closed_by(contact, viewer):
        return contact
    check_version(contact, version)
    sent_on = Outcome.FORWARDED in {outcome, *(task.outcome for task in tasks)}
    if sent_on and not clean(note).strip() and not was_referred(contact.id):
        raise BlankReferral
    case_links.note_facts(contact, note, viewer=viewer, at=at)
    state = states.after(contact.state, "abandon" if outcome == Outcome.ABANDONED else "close")
    codes = put_tasks(contact, tasks, viewer=viewer, at=at) if tasks else task_codes(contact)
    if clean(note).strip():
        text = NewMessage(note, contact.channel, direction=Direction.NOTE)
        store_message(contact, text, author=viewer.name, at=at)
    contact.state, contact.outcome, contact.closed_at = state, outcome, at
    if viewer.actor is not None:
        contact.handler_id = viewer.actor.employee
        let_read(contact, Given(employee=viewer.actor.employee), at=at)
        Draft.objects.filter(contact=contact, employee=viewer.actor.employee).delete()
    changed(
        contact, "contact.closed", viewer=viewer, at=at, fields=["state", "outcome", "closed_at", "handler"],
        outcome=outcome, tasks=codes, levels=[choice.level for choice in tasks],
        outcomes=[choice.outcome or outcome for choice in tasks],
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
    if let_read(contact, to, at=at):
        noted(contact, "contact.shared", viewer=viewer, at=at, employee=to.employee, unit=to.unit, group=to.group)


def check_outcome(outcome: str) -> None:
    """Raise UnknownOutcome."""
    if outcome not in Outcome.values:
        raise UnknownOutcome(outcome=line(outcome, 40), known=", ".join(Outcome.values))


def _put_aside(
    contact_id: UUID, action: str, until: datetime | None, viewer: Viewer, at: datetime, version: int | None
) -> Contact:
    contact = locked(contact_id, viewer=viewer, version=version)
    state = states.after(contact.state, action)
    if until is not None and until <= at:
        raise PastMoment
    if state != contact.state or until != contact.wait_until:
        contact.state, contact.wait_until = state, until
        verb = "contact.waiting" if action == "wait" else "contact.snoozed"
        changed(
            contact, verb, viewer=viewer, at=at, fields=["state", "wait_until"],
            until=until.isoformat() if until else None,
        )  # fmt: skip
    return contact


def _closed_by(contact: Contact, viewer: Viewer) -> bool:
    return viewer.actor is None or contact.handler_id == viewer.actor.employee
