"""What comes in: a new contact, a further message, a contact opened by hand."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction

from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import services as citizens
from indgang.core.citizens.values import normal_mail, normal_phone
from indgang.core.contacts import reference, states
from indgang.core.contacts.errors import InquirerUnknown, UnknownUnit
from indgang.core.contacts.models import CallBack, Contact, ContactTask, Message
from indgang.core.contacts.values import (
    ContactState,
    Direction,
    Inquirer,
    InquirerKind,
    NewMessage,
    TaskChoice,
    Upload,
    without_cpr,
)
from indgang.core.contacts.writing import (
    INQUIRER,
    changed,
    check_channel,
    clean,
    line,
    locked,
    noted,
    put_tasks,
    store_message,
)
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import services as runtime


@transaction.atomic
def receive_contact(
    *,
    channel: str,
    message: NewMessage,
    inquirer: Inquirer,
    tasks: Sequence[TaskChoice],
    language: str = "da",
    unit_code: str | None = None,
    life_situation: str | None = None,
    call_back: bool = False,
    call_back_when: str = "",
    expected_answer_by: datetime | None = None,
    viewer: Viewer,
    at: datetime,
) -> Contact:
    """A new contact with its first message. The same raw message again gives the contact it became the first time.

    Raises UnknownChannel, UnknownTask, UnknownUnit, AttachmentTooLarge; DiskFull when a file cannot be kept.
    """
    known = _of_raw(message)
    if known is not None:
        return known.contact
    contact = _new_contact(channel, inquirer, language, unit_code, at)
    contact.subject = first_line(message.subject or message.body)
    contact.life_situation_id = life_situation or None
    contact.call_back = call_back
    contact.call_back_when = line(call_back_when, 120)
    codes = [choice.task for choice in tasks]
    contact.expected_answer_by = expected_answer_by or expected_answer(codes, unit_code, at)
    contact.save(force_insert=True)
    codes = put_tasks(contact, tasks, viewer=viewer, at=at) if tasks else []  # it is new, and has none
    stored = store_message(contact, message, author=_author(message, viewer), at=at)
    if call_back and contact.inquirer_phone:
        CallBack.objects.create(
            id=runtime.uuid7(at), contact=contact, phone=contact.inquirer_phone[:30], not_before=at, requested_at=at
        )
    noted(
        contact, "contact.received", viewer=viewer, at=at,
        channel=channel, medium=message.medium, tasks=codes, message=str(stored.id), unit=line(unit_code or "", 40),
    )  # fmt: skip
    return contact


@transaction.atomic
def receive_message(*, contact_id: UUID, message: NewMessage, viewer: Viewer, at: datetime) -> Message:
    """A further message from the inquirer; the same raw message again changes nothing.

    An ended contact is reopened within the catalogue's `reopen_days`; later the message starts a new contact that
    continues the old one. An automatic message is kept and changes no state.
    """
    contact = locked(contact_id)
    known = _of_raw(message)
    if known is not None:
        return known
    if message.automatic:
        stored = store_message(contact, message, author=INQUIRER, at=at)
        noted(contact, "contact.automatic_received", viewer=viewer, at=at, message=str(stored.id))
        return stored
    if states.is_ended(contact.state):
        if not _reopens(contact, at):
            return _continued(contact, message, viewer=viewer, at=at)
        reopened(contact, viewer=viewer, at=at)
    contact.state = states.after(contact.state, "hear")
    stored = store_message(contact, message, author=INQUIRER, at=at)
    changed(
        contact, "contact.message_received", viewer=viewer, at=at, fields=["state"],
        medium=message.medium, message=str(stored.id),
    )  # fmt: skip
    return stored


@transaction.atomic
def open_by_hand(
    *,
    channel: str,
    inquirer: Inquirer,
    subject: str,
    tasks: Sequence[TaskChoice] = (),
    text: str = "",
    uploads: Sequence[Upload] = (),
    language: str = "da",
    provisional: bool = False,
    viewer: Viewer,
    at: datetime,
) -> Contact:
    """A contact an employee opens while a person calls, stands at the counter or has sent a letter; it is theirs.

    `text` and `uploads` are what was said or written. With `provisional` somebody nobody knows yet becomes a person by
    what they say. Raises UnknownChannel, InquirerUnknown, UnknownTask, AttachmentTooLarge.
    """
    contact = _new_contact(channel, inquirer, language, None, at)
    if provisional and inquirer.person is None:
        known = citizens.register_provisional(inquirer.name, inquirer.mail, inquirer.phone, at, viewer=viewer)
        contact.person_id = known.id
    contact.subject = first_line(subject or text)
    contact.state = ContactState.OPEN
    contact.handler_id = viewer.actor.employee if viewer.actor else None
    contact.save(force_insert=True)
    codes = put_tasks(contact, tasks, viewer=viewer, at=at) if tasks else []  # it is new, and has none
    if text.strip() or uploads:
        store_message(contact, NewMessage(text, channel, uploads=tuple(uploads)), author=INQUIRER, at=at)
    noted(
        contact, "contact.opened_by_hand", viewer=viewer, at=at,
        channel=channel, medium=channel, tasks=codes, unit=_unit_of(viewer),
    )  # fmt: skip
    return contact


def reopened(contact: Contact, *, viewer: Viewer, at: datetime) -> None:
    """An ended contact is open again; how it ended before stands in the journal."""
    contact.state = states.after(contact.state, "reopen")
    before, contact.outcome, contact.closed_at = contact.outcome, "", None
    changed(contact, "contact.reopened", viewer=viewer, at=at, fields=["state", "outcome", "closed_at"], outcome=before)


def expected_answer(codes: Sequence[str], unit_code: str | None, at: datetime) -> datetime | None:
    """When the slowest of these tasks is answered at the latest, counted in the opening hours of written work."""
    unit = unit_code or next((u.code for u in organisation.units(kind="contact_centre", at=at)), None)
    if unit is None:
        return None
    heads = catalogue.heads(codes).values()
    usual = Decimal(str(catalogue.setting("answer_hours", 8)))
    hours = max((head.answer_hours for head in heads), default=usual)
    return organisation.add_opening_hours(unit, "mail", at, hours)


def _new_contact(channel: str, inquirer: Inquirer, language: str, unit_code: str | None, at: datetime) -> Contact:
    check_channel(channel)
    contact = Contact(
        id=runtime.uuid7(at),
        reference=_free_reference(),
        secret=token_urlsafe(32),
        channel=channel,
        received_at=at,
        person_id=inquirer.person,
        identified=inquirer.identified and inquirer.person is not None,
        language=line(language, 5) or "da",
        unit_id=_unit_id(unit_code),
    )
    take_words_of(contact, inquirer)
    return contact


def take_words_of(contact: Contact, inquirer: Inquirer) -> None:
    """Who they are as they say it, on the row. Raises InquirerUnknown."""
    if inquirer.kind not in InquirerKind.values:
        raise InquirerUnknown(kind=line(inquirer.kind, 40), known=", ".join(InquirerKind.values))
    contact.inquirer_kind = inquirer.kind
    contact.inquirer_name = line(inquirer.name, 160)
    contact.inquirer_mail = normal_mail(clean(inquirer.mail))
    contact.inquirer_phone = normal_phone(clean(inquirer.phone))


def first_line(text: str) -> str:
    """The first line of what it is about, without CPR numbers; none is cut in two, because half of one shows it."""
    first = next((part for part in text.splitlines() if part.strip()), "")
    return without_cpr(line(first, 220))[:200]


def _unit_id(code: str | None) -> int | None:
    if not code:
        return None
    card = organisation.unit(line(code, 40))
    if card is None:
        raise UnknownUnit(unit=line(code, 40))
    return card.id


def _unit_of(viewer: Viewer) -> str:
    """The code of the unit an employee works in: who came there was taken in there."""
    return _code_of(viewer.actor.unit) if viewer.actor else ""


def _code_of(unit: int | None) -> str:
    card = organisation.unit(unit) if unit is not None else None
    return card.code if card else ""


def _free_reference() -> str:
    while True:
        candidate = reference.new()
        if not Contact.objects.filter(reference=candidate).exists():
            return candidate


def _of_raw(message: NewMessage) -> Message | None:
    if message.raw is None:
        return None
    return Message.objects.select_related("contact").filter(raw=message.raw).first()


def _author(message: NewMessage, viewer: Viewer) -> str:
    return INQUIRER if message.direction == Direction.IN else viewer.name


def _reopens(contact: Contact, at: datetime) -> bool:
    days = int(catalogue.setting("reopen_days", 14))
    return contact.closed_at is not None and at - contact.closed_at <= timedelta(days=days)


def _continued(old: Contact, message: NewMessage, *, viewer: Viewer, at: datetime) -> Message:
    """The message as the first one of a new contact about the same, from the same."""
    inquirer = Inquirer(
        kind=old.inquirer_kind, name=old.inquirer_name, mail=old.inquirer_mail, phone=old.inquirer_phone,
        person=old.person_id,
        identified=old.identified,
    )  # fmt: skip
    rows = ContactTask.objects.filter(contact=old).order_by("order")
    tasks = [TaskChoice(row.task_id, source="continued", answers=row.answers) for row in rows]
    channel = message.medium
    contact = _new_contact(channel, inquirer, old.language, None, at)
    contact.continues = old
    contact.unit_id, contact.life_situation_id = old.unit_id, old.life_situation_id
    contact.handler_id = old.handler_id
    contact.subject = first_line(message.subject) or old.subject
    contact.expected_answer_by = expected_answer([choice.task for choice in tasks], None, at)
    contact.save(force_insert=True)
    codes = put_tasks(contact, tasks, viewer=viewer, at=at) if tasks else []  # it is new, and has none
    stored = store_message(contact, message, author=INQUIRER, at=at)
    noted(
        contact, "contact.received", viewer=viewer, at=at,
        channel=channel, medium=message.medium, tasks=codes, message=str(stored.id), continues=str(old.id),
        unit=_code_of(old.unit_id),
    )  # fmt: skip
    return stored
