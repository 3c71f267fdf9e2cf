"""What goes out or stays inside: answers, automatic mails, notes, drafts, and what became of a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext, override

from indgang.core.contacts import states
from indgang.core.contacts.errors import CprInMail, EmptyMessage, FieldsLeft, Stale, TooLate, UnknownMessage
from indgang.core.contacts.intake import reopened
from indgang.core.contacts.merge_fields import unfilled
from indgang.core.contacts.models import Attachment, Contact, Draft, Message
from indgang.core.contacts.queries import SAVE_DRAFT
from indgang.core.contacts.reading import may_read
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.values import Channel, Direction, NewMessage, Upload, has_cpr, without_cpr
from indgang.core.contacts.writing import INQUIRER, changed, clean, line, locked, noted, store_message
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal

_REFERENCES_AT_MOST = 20  # a References header must stay a line that servers accept
LONGEST_UNDO = 60  # seconds a mail may be held back
RECEIPT, ANSWER = "receipt", "answer"


def reply(
    *,
    contact_id: UUID,
    body: str,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
    subject: str = "",
    medium: str = Channel.MAIL,
    uploads: Sequence[Upload] = (),
    undo_seconds: int = 0,
    confirmed: bool = False,
) -> Message:
    """An answer to the inquirer, sent by mail when there is an address; the viewer's draft of it is done with.

    With `undo_seconds` the mail leaves after that time, and until then `undo_reply` takes it back. A CPR number in a
    mail needs `confirmed`, and the journal says that it was. Raises Stale, CprInMail, FieldsLeft (the text is kept as
    draft each time), EmptyMessage, AlreadyClosed, AttachmentTooLarge.
    """
    answer = NewMessage(body, medium, direction=Direction.OUT, subject=subject, uploads=tuple(uploads))
    sending = _Sending(max(0, min(undo_seconds, LONGEST_UNDO)), confirmed)
    try:
        return _reply(contact_id, answer, sending, viewer, at, version)
    except (Stale, CprInMail, FieldsLeft):
        if viewer.actor is not None:
            save_draft(
                contact_id=contact_id, employee_id=viewer.actor.employee, field="reply", text=body, viewer=viewer, at=at
            )
        raise


@dataclass(frozen=True)
class _Sending:
    undo_seconds: int
    confirmed: bool


@transaction.atomic
def _reply(
    contact_id: UUID, answer: NewMessage, sending: _Sending, viewer: Viewer, at: datetime, version: int | None
) -> Message:
    contact = locked(contact_id, viewer=viewer, version=version)
    stored = _said(contact, answer, sending, viewer, at)
    _forget_draft(contact.id, viewer, "reply")
    return stored


def tell(contact: Contact, body: str, *, confirmed: bool, viewer: Viewer, at: datetime) -> Message:
    """Words to the inquirer that come with something else that is done; the answer being written stays a draft.

    The contact is locked by the caller. Raises CprInMail, FieldsLeft, EmptyMessage, AlreadyClosed.
    """
    answer = NewMessage(body, Channel.MAIL, direction=Direction.OUT)
    return _said(contact, answer, _Sending(0, confirmed), viewer, at)


def _said(contact: Contact, answer: NewMessage, sending: _Sending, viewer: Viewer, at: datetime) -> Message:
    contact.state = states.after(contact.state, "reply")
    text = clean(answer.body)
    if not text.strip():
        raise EmptyMessage
    if gaps := unfilled(text):
        raise FieldsLeft(fields=", ".join(gaps))
    mailed = answer.medium == Channel.MAIL and bool(contact.inquirer_mail)
    with_cpr = mailed and has_cpr(text)
    if with_cpr and not sending.confirmed:
        raise CprInMail
    earlier = _mail_ids(contact)
    held_until = at + timedelta(seconds=sending.undo_seconds) if mailed and sending.undo_seconds else None
    stored = store_message(contact, answer, author=viewer.name, at=at, undo_until=held_until)
    if mailed:
        _send(contact, stored, earlier, at=at)
    told = {"cpr_confirmed": True} if with_cpr else {}
    changed(
        contact, "contact.replied", viewer=viewer, at=at, fields=["state"],
        medium=answer.medium, message=str(stored.id), mailed=bool(contact.inquirer_mail), **told,
    )  # fmt: skip
    return stored


def undo_reply(*, contact_id: UUID, message_id: UUID, viewer: Viewer, at: datetime) -> str:
    """Take back an answer that has not left: it is gone from the conversation and its text is the author's draft again.

    Exactly one of sent and undone: raises TooLate when a worker has it, UnknownMessage when it is not one's own. A
    contact that was closed with the answer is open again, because nobody has answered it now.
    """
    text = _undo(contact_id, message_id, viewer, at)
    if viewer.actor is not None:
        save_draft(
            contact_id=contact_id, employee_id=viewer.actor.employee, field="reply", text=text, viewer=viewer, at=at
        )
    return text


@transaction.atomic
def _undo(contact_id: UUID, message_id: UUID, viewer: Viewer, at: datetime) -> str:
    contact = locked(contact_id, viewer=viewer)
    message = Message.objects.filter(id=message_id, contact=contact, direction=Direction.OUT).first()
    if message is None or message.author != viewer.name:
        raise UnknownMessage
    if message.undo_until is None or not journal.recall_parcel(
        transport="mail", key=str(message.id), viewer_name=viewer.name, at=at
    ):
        raise TooLate
    message.delete()
    if states.is_ended(contact.state):
        reopened(contact, viewer=viewer, at=at)
    changed(contact, "contact.reply_undone", viewer=viewer, at=at, message=str(message_id))
    return message.body


@transaction.atomic
def send_automatic(
    *, contact_id: UUID, subject: str, body: str, viewer: Viewer, at: datetime, kind: str = RECEIPT
) -> Message | None:
    """A receipt, or an answer at once (kind "answer"), by mail; at most one of each kind per contact.

    None, and nothing is sent, when the last thing that came in was automatic itself, when there is no address for a
    receipt, or when it was sent before.
    """
    contact = locked(contact_id)
    key = uuid5(contact.id, kind)
    if not _takes_automatic(contact) or Message.objects.filter(id=key).exists():
        return None
    if kind == RECEIPT and not contact.inquirer_mail:
        return None
    medium = Channel.MAIL if contact.inquirer_mail else contact.channel
    earlier = _mail_ids(contact)
    text = NewMessage(body, medium, direction=Direction.OUT, subject=subject, automatic=True)
    stored = store_message(contact, text, author=viewer.name, at=at, message_id=key)
    if contact.inquirer_mail:
        _send(contact, stored, earlier, at=at)
    noted(contact, "contact.automatic_sent", viewer=viewer, at=at, message=str(stored.id), kind=kind)
    return stored


@transaction.atomic
def add_note(*, contact_id: UUID, body: str, viewer: Viewer, at: datetime) -> Message:
    """An internal note; the inquirer never sees it. Allowed on ended contacts too."""
    contact = locked(contact_id, viewer=viewer)
    if not clean(body).strip():
        raise EmptyMessage
    note = NewMessage(body, contact.channel, direction=Direction.NOTE)
    stored = store_message(contact, note, author=viewer.name, at=at)
    _forget_draft(contact.id, viewer, "note")
    changed(contact, "contact.noted", viewer=viewer, at=at, message=str(stored.id))
    return stored


def save_draft(
    *, contact_id: UUID, employee_id: int, field: str, text: str, at: datetime, viewer: Viewer | None = None
) -> None:
    """Keep what is being typed; no event, no new version. An empty text forgets it. NotFound as usual.

    For who has the contact in hand it is one statement: an autosave is what is asked for most.
    """
    asks = viewer is None or (viewer.is_staff and viewer.actor is not None and viewer.actor.employee == employee_id)
    if text and asks and _kept_in_hand(contact_id, employee_id, field[:20], clean(text), at):
        return
    _save_draft(contact_id, employee_id, field[:20], text, at, viewer)


def _kept_in_hand(contact_id: UUID, employee_id: int, field: str, text: str, at: datetime) -> bool:
    """Whether it was kept; False also for a contact in other hands, and for what was sent a moment ago."""
    facts: dict[str, UUID | int | str | datetime] = {
        "contact": contact_id,
        "employee": employee_id,
        "author": f"employee:{employee_id}",
        "field": field,
        "text": text,
        "said": text.strip(),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(SAVE_DRAFT, facts)
        return cursor.fetchone() is not None


@transaction.atomic
def _save_draft(contact_id: UUID, employee_id: int, field: str, text: str, at: datetime, viewer: Viewer | None) -> None:
    contact = Contact.objects.filter(id=contact_id).first()
    if contact is None or (viewer is not None and not may_read(viewer, contact)):
        raise NotFound
    if not text or _just_said(contact, employee_id, text):
        Draft.objects.filter(contact=contact, employee=employee_id, field=field).delete()
        return
    Draft.objects.update_or_create(
        contact=contact, employee_id=employee_id, field=field, defaults={"text": clean(text), "saved_at": at}
    )


def _just_said(contact: Contact, employee_id: int, text: str) -> bool:
    """Whether this is what the employee sent last: an autosave that comes after the sending is no draft."""
    said = Message.objects.filter(contact=contact, author=f"employee:{employee_id}").order_by("-at", "-id")
    return said.values_list("body", flat=True).first() == clean(text).strip()


@transaction.atomic
def record_delivery(*, message_id: UUID | None = None, mail_id: str = "", delivery: str, at: datetime) -> bool:
    """What became of a mail we sent: "sent", "bounced" or "failed"; whether we know that mail at all."""
    sent = Message.objects.filter(direction=Direction.OUT)
    rows = sent.filter(id=message_id) if message_id else sent.filter(mail_id=line(mail_id, 255), mail_id__gt="")
    message = rows.select_related("contact").select_for_update(of=("self",)).first()
    if message is None:
        return False
    if message.delivery != delivery:
        message.delivery = line(delivery, 12)
        message.save(update_fields=["delivery"])
        journal.record(
            f"contact.mail_{message.delivery}",
            at=at,
            viewer_name="system:mail",
            subject=message,
            citizen=message.contact.person_id,
            contact=message.contact.id,
            data={"message": str(message.id)},
        )
    return True


def _takes_automatic(contact: Contact) -> bool:
    """A machine is never answered by a machine: two of them would never stop."""
    last = Message.objects.filter(contact=contact, author=INQUIRER).order_by("-at", "-id").first()
    return last is None or not last.automatic


def _mail_ids(contact: Contact) -> list[str]:
    """Message-IDs of the conversation, oldest first."""
    rows = Message.objects.filter(contact=contact, mail_id__gt="", medium=Channel.MAIL)
    return list(rows.order_by("at", "id").values_list("mail_id", flat=True))


def send_message(contact: Contact, message: Message, *, at: datetime) -> None:
    """The stored message leaves by mail, in the thread of what was mailed before it."""
    _send(contact, message, [key for key in _mail_ids(contact) if key != message.mail_id], at=at)


def _send(contact: Contact, message: Message, earlier: list[str], *, at: datetime) -> None:
    if not contact.inquirer_mail:
        return
    with override(contact.language if contact.language in dict(settings.LANGUAGES) else "en"):
        subject, body = _subject(contact, message), f"{message.body}\n\n{_footer(contact, message.body)}\n"
    files = list(Attachment.objects.filter(message=message).order_by("id").values_list("digest", "name"))
    journal.send(
        transport="mail",
        key=str(message.id),
        payload={
            "contact": str(contact.id),
            "message": str(message.id),
            "mail_id": message.mail_id,
            "to": contact.inquirer_mail,
            "subject": subject,
            "body": body,
            "language": contact.language,
            "in_reply_to": earlier[-1] if earlier else "",
            "references": earlier[-_REFERENCES_AT_MOST:],
            "attachments": [digest for digest, _ in files],
            "attachment_names": [name for _, name in files],
            "automatic": message.automatic,
        },
        subject=contact,
        at=at,
        not_before=message.undo_until,
    )


def _subject(contact: Contact, message: Message) -> str:
    tag = f"[{grouped(contact.reference)}]"
    words = without_cpr(message.subject) or contact.subject or gettext("Din henvendelse")
    if tag in words:
        return words
    answers = "" if message.automatic or words.lower().startswith(("sv:", "re:")) else gettext("Sv: ")
    return f"{answers}{words} {tag}"


def _footer(contact: Contact, body: str) -> str:
    again = gettext("Svar på denne mail for at skrive igen. Skriv ikke CPR-numre i almindelig e-mail.")
    if contact.secret in body:
        return f"-- \n{again}"
    where = gettext("Din reference er {reference}. Se, hvor langt vi er: {link}").format(
        reference=grouped(contact.reference), link=f"{settings.PUBLIC_URL}/status/{contact.secret}"
    )
    return f"-- \n{where}\n{again}"


def _forget_draft(contact_id: UUID, viewer: Viewer, field: str) -> None:
    if viewer.actor is not None:
        Draft.objects.filter(contact=contact_id, employee=viewer.actor.employee, field=field).delete()
