"""Contacts for other programs and for scripts with a personal key (`/api/v1/contacts`)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from indgang.core.citizens import services as citizens
from indgang.core.citizens.errors import WrongCpr
from indgang.core.citizens.values import normal_cpr
from indgang.core.contacts import selectors, services
from indgang.core.contacts.case_api import router as case_router
from indgang.core.contacts.errors import EmptyMessage, TooLong, Unwritable, WrongDirection, WrongMail
from indgang.core.contacts.models import Contact, Message
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.values import (
    LONGEST_BODY,
    Channel,
    ContactPage,
    Direction,
    Inquirer,
    InquirerKind,
    NewMessage,
    TaskChoice,
)
from indgang.core.contacts.writing import task_codes
from indgang.foundation.access.api import bearer
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.web.api import idempotent

router = Router(auth=bearer, tags=["contacts"])
router.add_router("", case_router)
_MOST_TASKS = 20


class InquirerIn(Schema):
    """Who inquires, as they said it themselves."""

    kind: str = InquirerKind.CITIZEN.value
    name: str = ""
    email: str = ""
    phone: str = ""
    cpr: str = ""


class ContactIn(Schema):
    """A new contact with what was said."""

    channel: str
    text: str
    language: str = "da"
    inquirer: InquirerIn = InquirerIn()
    tasks: list[str] = Field(default=[], max_length=_MOST_TASKS)
    unit: str | None = None


class MessageIn(Schema):
    """A further message: in, out (mailed when the medium is mail), or an internal note."""

    direction: str
    medium: str = Channel.API.value
    body: str
    version: int | None = None
    confirmed: bool = Field(default=False, description="A CPR number may leave by plain mail.")


class TaskIn(Schema):
    """A task and the level it was settled at."""

    task_id: str
    level: int | None = Field(default=None, ge=1, le=3)


class CloseIn(Schema):
    """How the contact ended."""

    outcome: str
    tasks: list[TaskIn] = Field(default=[], max_length=_MOST_TASKS)
    note: str = ""
    version: int | None = None


class ContactOut(Schema):
    """A contact as the one who made or changed it needs it."""

    reference: str
    state: str
    outcome: str
    tasks: list[str]
    expected_answer_by: datetime | None
    version: int


class MessageOut(Schema):
    """One message of a contact."""

    id: UUID
    at: datetime
    direction: str
    medium: str
    body: str
    automatic: bool
    delivery: str


class MessageMade(Schema):
    """A stored message and the contact it landed in: a new one where the old was closed too long ago."""

    id: UUID
    reference: str
    state: str
    version: int


class TaskOut(Schema):
    """A task of a contact."""

    task_id: str
    title: str
    level: int | None


class ContactFull(Schema):
    """A contact with all that was said."""

    reference: str
    channel: str
    state: str
    outcome: str
    subject: str
    language: str
    received_at: datetime
    expected_answer_by: datetime | None
    closed_at: datetime | None
    tasks: list[TaskOut]
    messages: list[MessageOut]
    version: int


@router.post("/contacts", response={201: ContactOut}, summary="Receive a contact")
@idempotent
def create(request: HttpRequest, body: ContactIn) -> Status[dict[str, Any]]:
    """A new contact on behalf of somebody, by any channel."""
    at, who = clock.now(), body.inquirer
    viewer = _viewer(request)
    text = _said(body.text, "text")
    for field, value, longest in (
        ("channel", body.channel, 40),
        ("language", body.language, 5),
        ("unit", body.unit or "", 40),
        ("inquirer.kind", who.kind, 40),
        ("inquirer.name", who.name, 160),
        ("inquirer.email", who.email, 160),
        ("inquirer.phone", who.phone, 30),
        ("inquirer.cpr", who.cpr, 20),
        *(("tasks", code, 12) for code in body.tasks),
    ):
        _writable(value, field, longest)
    contact = services.receive_contact(
        channel=body.channel,
        message=NewMessage(text, body.channel),
        inquirer=_inquirer(who, viewer, at),
        tasks=[TaskChoice(code, source="api") for code in body.tasks],
        language=body.language or "da",
        unit_code=body.unit,
        viewer=viewer,
        at=at,
    )
    return Status(201, _contact_out(contact))


@router.get("/contacts/{reference}", response=ContactFull, summary="Read a contact")
def read(request: HttpRequest, reference: str) -> dict[str, Any]:
    """The whole contact; the look is logged."""
    return _full(selectors.contact(_viewer(request), reference, clock.now()))


@router.post("/contacts/{reference}/messages", response={201: MessageMade}, summary="Add a message")
@idempotent
def add_message(request: HttpRequest, reference: str, body: MessageIn) -> Status[dict[str, Any]]:
    """What the inquirer said (in), what they are answered (out), or a note."""
    at, viewer = clock.now(), _viewer(request)
    key = selectors.reachable(viewer, reference)
    text = _said(body.body, "body")
    _writable(body.medium, "medium", 40)
    made: Message
    if body.direction == Direction.IN:
        made = services.receive_message(contact_id=key, message=NewMessage(text, body.medium), viewer=viewer, at=at)
    elif body.direction == Direction.OUT:
        made = services.reply(
            contact_id=key, body=text, medium=body.medium, viewer=viewer, at=at, version=body.version,
            confirmed=body.confirmed,
        )  # fmt: skip
    elif body.direction == Direction.NOTE:
        made = services.add_note(contact_id=key, body=text, viewer=viewer, at=at)
    else:
        raise WrongDirection(direction=body.direction[:20], known=", ".join(Direction.values))
    contact = Contact.objects.get(id=made.contact_id)
    facts = {"reference": grouped(contact.reference), "state": contact.state, "version": contact.version}
    return Status(201, {"id": made.id, **facts})


@router.post("/contacts/{reference}/close", response=ContactOut, summary="Close a contact")
@idempotent
def close(request: HttpRequest, reference: str, body: CloseIn) -> dict[str, Any]:
    """The end of a contact with its outcome."""
    viewer = _viewer(request)
    key = selectors.reachable(viewer, reference)
    _writable(body.note, "note", LONGEST_BODY)
    _writable(body.outcome, "outcome", 40)
    contact = services.close(
        contact_id=key,
        outcome=body.outcome,
        tasks=[TaskChoice(one.task_id, level=one.level, source="api") for one in body.tasks],
        note=body.note,
        viewer=viewer,
        at=clock.now(),
        version=body.version,
    )
    return _contact_out(contact)


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by the bearer
    return viewer


def _inquirer(who: InquirerIn, viewer: Viewer, at: datetime) -> Inquirer:
    if who.email:
        try:
            validate_email(who.email.strip())
        except ValidationError:
            raise WrongMail from None
    person = None
    if who.cpr:
        if normal_cpr(who.cpr) is None:
            raise WrongCpr(field="inquirer.cpr")
        person = citizens.register_provisional(who.name, who.email, who.phone, at, cpr=who.cpr, viewer=viewer).id
    return Inquirer(kind=who.kind, name=who.name, mail=who.email, phone=who.phone, person=person, identified=False)


def _said(text: str, field: str) -> str:
    _writable(text, field, LONGEST_BODY)
    if not text.strip():
        raise EmptyMessage(field=field)
    return text


def _writable(text: str, field: str, longest: int) -> None:
    """Raise Unwritable for NUL and half characters, which no database keeps; TooLong above the limit."""
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise Unwritable(field=field)
    if len(text) > longest:
        raise TooLong(field=field, longest=longest)


def _contact_out(contact: Contact) -> dict[str, Any]:
    return {
        "reference": grouped(contact.reference),
        "state": contact.state,
        "outcome": contact.outcome,
        "tasks": task_codes(contact),
        "expected_answer_by": contact.expected_answer_by,
        "version": contact.version,
    }


def _full(page: ContactPage) -> dict[str, Any]:
    card = page.card
    return {
        "reference": card.reference,
        "channel": card.channel,
        "state": card.state,
        "outcome": card.outcome,
        "subject": card.subject,
        "language": card.language,
        "received_at": card.received_at,
        "expected_answer_by": card.expected_answer_by,
        "closed_at": card.closed_at,
        "tasks": [{"task_id": one.code, "title": one.title, "level": one.level} for one in page.tasks],
        "messages": page.messages,
        "version": card.version,
    }
