"""Suggestions and complaints: taken in with a receipt, answered by the unit they are about, within a time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import states
from indgang.core.contacts.answering import send_automatic
from indgang.core.contacts.errors import (
    ComplaintUnknown,
    EmptyMessage,
    PastMoment,
    UnknownKind,
    UnknownUnit,
    WrongCursor,
)
from indgang.core.contacts.intake import reopened
from indgang.core.contacts.letters import moment
from indgang.core.contacts.models import Complaint, Contact, Draft
from indgang.core.contacts.reading import readable, units_of
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.values import ComplaintPage, ComplaintRow, Direction, Given, NewMessage
from indgang.core.contacts.writing import changed, clean, let_read, line, locked, store_message
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.runtime import services as runtime

KINDS = ("suggestion", "complaint")
OPEN, ANSWERED = "open", "answered"
_PAGE = 50
_BATCH = 200


@transaction.atomic
def take_in_complaint(
    *,
    contact_id: UUID,
    kind: str,
    about_unit: int,
    text: str,
    follow_up_by: datetime | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Complaint:
    """A suggestion or complaint in a contact: the unit it is about answers by a time, and the citizen gets a receipt.

    Raises UnknownKind, UnknownUnit, EmptyMessage, PastMoment, Stale.
    """
    if kind not in KINDS:
        raise UnknownKind(kind=line(kind, 20), known=", ".join(KINDS))
    contact = locked(contact_id, viewer=viewer, version=version)
    states.after(contact.state, "change")
    if not clean(text).strip():
        raise EmptyMessage(field="text")
    unit = organisation.unit(about_unit)
    if unit is None:
        raise UnknownUnit(unit=about_unit)
    until = follow_up_by or at + timedelta(days=int(catalogue.setting("complaint_days", 14)))
    if until <= at:
        raise PastMoment(field="follow_up_by")
    words = NewMessage(text, contact.channel, direction=Direction.NOTE, subject=_kind_name(kind))
    stored = store_message(contact, words, author=viewer.name, at=at)
    made = Complaint.objects.create(
        id=runtime.uuid7(at), contact=contact, kind=kind, unit_id=unit.id, message=stored, taken_in_at=at,
        taken_in_by_id=viewer.actor.employee if viewer.actor else None, follow_up_by=until,
    )  # fmt: skip
    let_read(contact, Given(unit=unit.id), at=at)
    if viewer.actor is not None:
        Draft.objects.filter(contact=contact, employee=viewer.actor.employee, field="complaint").delete()
    contact.complaint = kind
    changed(
        contact, "contact.complaint_taken_in", viewer=viewer, at=at, fields=["complaint"],
        complaint=str(made.id), kind=kind, unit=unit.id, by=until.isoformat(),
    )  # fmt: skip
    _send_receipt(contact, made, unit.name, viewer, at)
    return made


@transaction.atomic
def answer_complaint(*, complaint_id: UUID, note: str, viewer: Viewer, at: datetime) -> ComplaintRow:
    """It has been answered; the note says how. Again changes nothing. Raises ComplaintUnknown, EmptyMessage."""
    found = Complaint.objects.filter(id=complaint_id).first()
    if found is None:
        raise ComplaintUnknown
    contact = locked(found.contact_id)
    if not (readable(viewer, [contact]) or found.unit_id in units_of(viewer)):
        raise ComplaintUnknown
    row = Complaint.objects.select_for_update(of=("self",)).select_related("message", "contact").get(id=complaint_id)
    if row.state == OPEN:
        if not clean(note).strip():
            raise EmptyMessage(field="note")
        text = NewMessage(note, contact.channel, direction=Direction.NOTE, subject=_kind_name(row.kind))
        store_message(contact, text, author=viewer.name, at=at)
        row.state, row.answered_at = ANSWERED, at
        row.save(update_fields=["state", "answered_at"])
        changed(contact, "contact.complaint_answered", viewer=viewer, at=at, complaint=str(row.id))
    return _row(row, at, _unit_names())


def complaints(viewer: Viewer, state: str = OPEN, cursor: str = "", *, at: datetime) -> ComplaintPage:
    """The follow-up list of the viewer's units and of what they took in: "open" the next due first, else newest first.

    Raises NotFound for who is not staff, WrongCursor.
    """
    if viewer.actor is None:
        raise NotFound
    rows = Complaint.objects.select_related("message", "contact")
    mine = rows.filter(unit__in=units_of(viewer)) | rows.filter(taken_in_by=viewer.actor.employee)
    mine = mine.filter(state=state) if state in (OPEN, ANSWERED) else mine
    start = _offset(cursor)
    order = ("follow_up_by", "id") if state == OPEN else ("-id",)
    found = list(mine.order_by(*order)[start : start + _PAGE + 1])
    names = _unit_names()
    more = len(found) > _PAGE
    return ComplaintPage(tuple(_row(one, at, names) for one in found[:_PAGE]), str(start + _PAGE) if more else "")


def newest_of(contact: Contact, at: datetime) -> ComplaintRow | None:
    """The last one taken in with this contact."""
    rows = Complaint.objects.select_related("message", "contact").filter(contact=contact).order_by("-id")
    row = rows.first()
    return _row(row, at, _unit_names()) if row else None


def remind(at: datetime) -> int:
    """Complaints nobody answered in time become work for who took them in; how many."""
    rows = Complaint.objects.filter(state=OPEN, follow_up_by__lte=at, reminded_at__isnull=True)
    return sum(_remind(key, at) for key in rows.values_list("id", flat=True)[:_BATCH])


@transaction.atomic
def _remind(key: UUID, at: datetime) -> int:
    contact_id = Complaint.objects.filter(id=key).values_list("contact", flat=True).first()
    if contact_id is None:
        return 0
    contact = locked(contact_id)
    row = Complaint.objects.select_for_update().filter(id=key, state=OPEN, reminded_at__isnull=True).first()
    if row is None:
        return 0
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    keeper = system("promises")
    if states.is_ended(contact.state):
        reopened(contact, viewer=keeper, at=at)
    changed(
        contact, "contact.promise_broken", viewer=keeper, at=at, promise=str(row.id), employee=row.taken_in_by_id,
        kind="complaint",
    )  # fmt: skip
    return 1


def _send_receipt(contact: Contact, made: Complaint, unit: str, viewer: Viewer, at: datetime) -> None:
    if not contact.inquirer_mail:
        return
    with override(contact.language):
        what = gettext("dit forslag") if made.kind == "suggestion" else gettext("din klage")
        subject = gettext("Vi har modtaget {what}").format(what=what)
        body = gettext("Tak. Vi har modtaget {what} og givet det videre til {unit}. Du får svar senest {when}.").format(
            what=what, unit=unit, when=moment(made.follow_up_by, contact.language)
        )
    send_automatic(contact_id=contact.id, subject=subject, body=body, viewer=viewer, at=at, kind=f"taken-in:{made.id}")


def _kind_name(kind: str) -> str:
    return gettext("Forslag") if kind == "suggestion" else gettext("Klage")


def _unit_names() -> dict[int, str]:
    return {unit.id: unit.name for unit in organisation.units()}


def _offset(cursor: str) -> int:
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 9):
        raise WrongCursor
    return int(cursor or 0)


def _row(row: Complaint, at: datetime, names: dict[int, str]) -> ComplaintRow:
    return ComplaintRow(
        id=row.id, contact=row.contact_id, reference=grouped(row.contact.reference), kind=row.kind,
        kind_name=_kind_name(row.kind), unit_id=row.unit_id, unit_name=names.get(row.unit_id, ""),
        text=row.message.body if row.message else "", taken_in_at=row.taken_in_at, follow_up_by=row.follow_up_by,
        state=row.state, overdue=row.state == OPEN and row.follow_up_by <= at, answered_at=row.answered_at,
    )  # fmt: skip
