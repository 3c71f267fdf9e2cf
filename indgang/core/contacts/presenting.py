"""From rows to what selectors hand out."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from indgang.core.contacts.models import Attachment, Contact, Message
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.values import (
    AttachmentRow,
    Channel,
    ContactCard,
    ContactRow,
    ContactState,
    Direction,
    MessageRow,
    Outcome,
    StatusMessage,
    TimelineEntry,
)
from indgang.core.contacts.writing import INQUIRER

Files = list[AttachmentRow]
Names = Mapping[str, str]  # of the journal's actors
LISTED = (
    "id",
    "reference",
    "channel",
    "subject",
    "state",
    "received_at",
    "expected_answer_by",
    "inquirer_name",
    "inquirer_mail",
    "inquirer_phone",
    "outcome",
    "handler_id",
    "closed_at",
    "handed_over",
    "wait_until",
)
_listed = attrgetter(*LISTED)


def handler_of(contact: Contact) -> str:
    """The journal's name for who has it; empty when nobody has."""
    return f"employee:{contact.handler_id}" if contact.handler_id else ""


def card_of(contact: Contact, names: Names) -> ContactCard:
    """The head of a contact."""
    before = Contact.objects.filter(id=contact.continues_id).first() if contact.continues_id else None
    return ContactCard(
        id=contact.id,
        reference=grouped(contact.reference),
        channel=contact.channel,
        channel_name=gettext(Channel(contact.channel).label),
        received_at=contact.received_at,
        state=contact.state,
        state_name=gettext(ContactState(contact.state).label),
        outcome=contact.outcome,
        outcome_name=gettext(Outcome(contact.outcome).label) if contact.outcome else "",
        subject=contact.subject,
        language=contact.language,
        inquirer_kind=contact.inquirer_kind,
        inquirer_name=contact.inquirer_name,
        inquirer_mail=contact.inquirer_mail,
        inquirer_phone=contact.inquirer_phone,
        person=contact.person_id,
        identified=contact.identified,
        life_situation=contact.life_situation_id or "",
        unit_id=contact.unit_id,
        handler_id=contact.handler_id,
        handler_name=names.get(handler_of(contact), ""),
        expected_answer_by=contact.expected_answer_by,
        call_back=contact.call_back,
        call_back_when=contact.call_back_when,
        handed_over=contact.handed_over,
        closed_at=contact.closed_at,
        continues=grouped(before.reference) if before else "",
        version=contact.version,
        wait_until=contact.wait_until,
        life_event=contact.life_event,
        special_group=contact.special_group,
        self_service=contact.self_service,
        representing=contact.representing_id,
        interpreter=contact.interpreter,
        interpreter_at=contact.interpreter_at,
        complaint=contact.complaint,
    )


def row_of(contact: Contact) -> ContactRow:
    """A contact in a list."""
    return line_of(_listed(contact))


def line_of(facts: tuple[Any, ...]) -> ContactRow:
    """The same of its LISTED columns."""
    (
        key,
        reference,
        channel,
        subject,
        state,
        received_at,
        expected_answer_by,
        name,
        mail,
        phone,
        outcome,
        handler,
        closed_at,
        handed_over,
        wait_until,
    ) = facts
    return ContactRow(
        id=key,
        reference=grouped(reference),
        channel=channel,
        subject=subject,
        state=state,
        state_name=gettext(ContactState(state).label),
        received_at=received_at,
        expected_answer_by=expected_answer_by,
        inquirer=name or mail or phone,
        channel_name=gettext(Channel(channel).label),
        outcome=outcome,
        outcome_name=gettext(Outcome(outcome).label) if outcome else "",
        handler_id=handler,
        closed_at=closed_at,
        handed_over=handed_over,
        wait_until=wait_until,
    )


def attachments_of(messages: Iterable[Message]) -> dict[UUID, Files]:
    """The files of each message, in the order they came."""
    found: dict[UUID, Files] = {}
    for row in Attachment.objects.filter(message__in=[m.id for m in messages]).order_by("id"):
        found.setdefault(row.message_id, []).append(AttachmentRow(row.id, row.name, row.media_type, row.size))
    return found


def message_of(row: tuple[Any, ...], files: tuple[AttachmentRow, ...], contact: Contact, names: Names) -> MessageRow:
    """A line of sql/inside.sql: one utterance as the desk shows it."""
    _, _, _, body, author, _, at, _, _, key, direction, medium, subject, html, automatic, delivery, undo_until, _ = row
    from_outside = author == INQUIRER
    return MessageRow(
        id=key,
        at=at,
        direction=direction,
        medium=medium,
        medium_name=gettext(Channel(medium).label),
        author=author,
        author_name=(contact.inquirer_name or gettext("Borgeren")) if from_outside else names[author],
        subject=subject,
        body=body,
        html=html,
        automatic=automatic,
        delivery=delivery,
        attachments=files,
        undo_until=undo_until if not delivery else None,
    )


def status_message(message: Message, files: Files) -> StatusMessage:
    """One utterance as the writer sees it: their own text, of answers only the time."""
    own = message.direction == Direction.IN
    return StatusMessage(
        at=message.at,
        own=own,
        body=message.body if own else "",
        attachments=tuple(file.name for file in files) if own else (),
    )


def timeline_entry(row: tuple[Any, ...], *, shown: bool, names: Names) -> TimelineEntry:
    """A line of sql/timeline.sql; without `shown` only when and by which channel."""
    at, kind, contact, reference, channel, what, title, body, author, key, *_ground = row
    return TimelineEntry(
        at=at,
        kind=kind,
        channel=channel,
        title=_title(kind, channel, what, title if shown else ""),
        body=body if shown else "",
        actor=_actor(author, names) if shown else "",
        contact=grouped(reference),
        contact_id=contact,
        key=key,
    )


def _title(kind: str, channel: str, what: str, title: str) -> str:
    name = gettext(Channel(channel).label)
    if kind == "message":
        return title or name
    if what == "received":
        return gettext("Henvendelse modtaget: {channel}").format(channel=name)
    return gettext("Afsluttet: {outcome}").format(outcome=gettext(Outcome(what).label) if what else name)


def _actor(author: str, names: Names) -> str:
    return gettext("Borgeren") if author == INQUIRER else names[author] if author else ""
