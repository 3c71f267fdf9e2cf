"""Nobody is sent on "blank": a hand-over says who goes on and by when, and comes back when nothing happens by then."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from indgang.core.contacts import states
from indgang.core.contacts.answering import tell
from indgang.core.contacts.complaining import remind
from indgang.core.contacts.errors import EmptyMessage, PastMoment, RecipientMissing
from indgang.core.contacts.intake import expected_answer
from indgang.core.contacts.models import Contact, Draft, Message, Promise
from indgang.core.contacts.reading import names_of
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.values import Direction, Given, NewMessage, PromiseRow
from indgang.core.contacts.writing import changed, clean, line, locked, noted, store_message, task_codes
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.runtime import services as runtime

HAND_OVER, REFERRAL = "hand_over", "referral"
OPEN, KEPT, REPLACED, BROKEN = "open", "kept", "replaced", "broken"
_KEEPER = system("promises")
_BATCH = 200


def promise(
    contact: Contact,
    *,
    kind: str,
    to_text: str,
    to: Given,
    by_when: datetime | None,
    back_to: int | None,
    viewer: Viewer,
    at: datetime,
) -> Promise:
    """Write down who goes on with a contact (locked) and by when; an earlier promise about it is replaced.

    Without a time it is when an answer to its tasks is due. Raises PastMoment, RecipientMissing.
    """
    until = by_when or _usual(contact, at)
    if until is not None and until <= at:
        raise PastMoment(field="by_when")
    whom = line(to_text, 200)
    if not whom:
        raise RecipientMissing
    Promise.objects.filter(contact=contact, state=OPEN).update(state=REPLACED, settled_at=at)
    return Promise.objects.create(
        id=runtime.uuid7(at), contact=contact, kind=kind, to_text=whom, shown_to=_shown(whom, to),
        by_when=until or at, back_to_id=back_to or (viewer.actor.employee if viewer.actor else None), made_at=at,
    )  # fmt: skip


@transaction.atomic
def refer(
    *,
    contact_id: UUID,
    authority: str,
    note: str,
    told: str = "",
    confirmed: bool = False,
    by_when: datetime | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Contact:
    """Another authority goes on: we ask on the citizen's behalf and look after it ourselves (law.noblank).

    The note says what was sent on; `told` goes to the citizen as an answer does (`confirmed`: also with a CPR number).
    The contact waits until `by_when` and then comes back to whoever referred it. All of it or nothing.
    Raises RecipientMissing, EmptyMessage, PastMoment, CprInMail, FieldsLeft, Stale.
    """
    contact = locked(contact_id, viewer=viewer, version=version)
    if clean(told).strip():
        tell(contact, told, confirmed=confirmed, viewer=viewer, at=at)
    contact.state = states.after(contact.state, "wait")
    if not clean(note).strip():
        raise EmptyMessage(field="note")
    made = promise(
        contact, kind=REFERRAL, to_text=authority, to=Given(), by_when=by_when, back_to=None, viewer=viewer, at=at
    )
    text = NewMessage(note, contact.channel, direction=Direction.NOTE, subject=line(authority, 200))
    stored = store_message(contact, text, author=viewer.name, at=at)
    if viewer.actor is not None:
        Draft.objects.filter(contact=contact, employee=viewer.actor.employee, field="refer").delete()
    contact.handed_over, contact.wait_until = True, made.by_when
    changed(contact, "contact.referred", viewer=viewer, at=at, fields=["state", "handed_over", "wait_until"],
            message=str(stored.id), promise=str(made.id))  # fmt: skip
    changed(contact, "contact.waiting", viewer=viewer, at=at, until=made.by_when.isoformat())
    return contact


def keep_promises(at: datetime) -> int:
    """Settle what was promised until now: kept where somebody went on, broken where nobody did; how many were broken.

    A broken promise goes back to who made it, by the event contact.promise_broken. Complaints nobody answered in time
    are reminded of the same way.
    """
    keys = list(_due(at).values_list("id", flat=True)[:_BATCH])
    return sum(_settle(key, at) for key in keys) + remind(at)


def wake_due(at: datetime) -> int:
    """Contacts that waited until now go back to work, by the event contact.woken; how many."""
    rows = Contact.objects.filter(wait_until__lte=at).order_by("wait_until")
    return sum(_wake(key, at) for key in rows.values_list("id", flat=True)[:_BATCH])


def promises_due(at: datetime) -> list[PromiseRow]:
    """Open promises whose time has come, the oldest first."""
    return _rows(_due(at)[:_BATCH])


def open_promise(contact: Contact) -> PromiseRow | None:
    """The promise in force about a contact."""
    found = _rows(Promise.objects.filter(contact=contact, state=OPEN).select_related("contact"))
    return found[0] if found else None


def was_referred(contact_id: UUID) -> bool:
    """Whether another authority was asked on the citizen's behalf, with words about what."""
    return Promise.objects.filter(contact=contact_id, kind=REFERRAL).exists()


def shown_promise(contact: Contact) -> tuple[str, datetime] | None:
    """With whom the contact is and until when, as its writer may read it: units and authorities, never employees."""
    row = Promise.objects.filter(contact=contact, state=OPEN).first()
    return (row.shown_to, row.by_when) if row and row.shown_to else None


@transaction.atomic
def _settle(key: UUID, at: datetime) -> int:
    contact_id = Promise.objects.filter(id=key).values_list("contact", flat=True).first()
    if contact_id is None:
        return 0
    contact = locked(contact_id)
    row = Promise.objects.select_for_update().filter(id=key, state=OPEN).first()
    if row is None:
        return 0
    if _went_on(contact, row):
        row.state, row.settled_at = KEPT, at
        row.save(update_fields=["state", "settled_at"])
        noted(contact, "contact.promise_kept", viewer=_KEEPER, at=at, promise=str(row.id))
        return 0
    row.state, row.settled_at = BROKEN, at
    row.save(update_fields=["state", "settled_at"])
    if not states.is_ended(contact.state):
        contact.state, contact.wait_until = states.after(contact.state, "start"), None
    changed(
        contact, "contact.promise_broken", viewer=_KEEPER, at=at, fields=["state", "wait_until"],
        promise=str(row.id), employee=row.back_to_id, kind=row.kind,
    )  # fmt: skip
    return 1


@transaction.atomic
def _wake(key: UUID, at: datetime) -> int:
    contact = locked(key)
    if contact.wait_until is None or contact.wait_until > at:
        return 0
    resting = contact.state in ("waiting", "snoozed")
    contact.wait_until = None
    if not resting:
        contact.save(update_fields=["wait_until"])
        return 0
    contact.state = states.after(contact.state, "start")
    changed(contact, "contact.woken", viewer=_KEEPER, at=at, fields=["state", "wait_until"])
    return 1


def _went_on(contact: Contact, row: Promise) -> bool:
    """Whether it ended, is in somebody's hands, or was answered since. A referral is kept by its end or an answer."""
    answered = Message.objects.filter(
        contact=contact, direction=Direction.OUT, automatic=False, at__gt=row.made_at
    ).exists()
    taken = row.kind == HAND_OVER and contact.handler_id is not None
    return states.is_ended(contact.state) or taken or answered


def _due(at: datetime) -> QuerySet[Promise]:
    due = Promise.objects.filter(Q(state=OPEN), by_when__lte=at)
    return due.select_related("contact").order_by("by_when", "id")


def _usual(contact: Contact, at: datetime) -> datetime | None:
    """When the citizen was told to expect an answer, if that is still ahead; else a new one counted from now."""
    told = contact.expected_answer_by
    return told if told is not None and told > at else expected_answer(task_codes(contact), None, at)


def _shown(to_text: str, to: Given) -> str:
    """An employee's name is not for citizens: they read the unit's."""
    if to.employee is None:
        return to_text
    card = organisation.employee(to.employee)
    return card.unit_name if card else ""


def _rows(found: QuerySet[Promise]) -> list[PromiseRow]:
    rows = list(found)
    names = names_of(f"employee:{row.back_to_id}" for row in rows if row.back_to_id)
    return [
        PromiseRow(
            row.id, row.contact_id, grouped(row.contact.reference), row.kind, row.to_text, row.by_when,
            row.back_to_id, names.get(f"employee:{row.back_to_id}", ""), row.made_at,
        )
        for row in rows
    ]  # fmt: skip
