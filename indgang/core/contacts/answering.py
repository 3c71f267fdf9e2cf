"""What goes out or stays inside: answers, automatic mails, notes, drafts, and what became of a mail."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from indgang.core.contacts import states
from indgang.core.contacts.errors import EmptyMessage, Stale
from indgang.core.contacts.models import Attachment, Contact, Draft, Message
from indgang.core.contacts.reading import may_read
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.values import Channel, Direction, NewMessage, Upload, without_cpr
from indgang.core.contacts.writing import INQUIRER, changed, clean, line, locked, noted, store_message
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal

_REFERENCES_AT_MOST = 20  # a References header must stay a line that servers accept
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
) -> Message:
    """An answer to the inquirer, sent by mail when there is an address; the viewer's draft of it is done with.

    Raises Stale (the text is kept as draft), EmptyMessage, AlreadyClosed, AttachmentTooLarge.
    """
    answer = NewMessage(body, medium, direction=Direction.OUT, subject=subject, uploads=tuple(uploads))
    try:
        return _reply(contact_id, answer, viewer, at, version)
    except Stale:
        if viewer.actor is not None:
            save_draft(
                contact_id=contact_id, employee_id=viewer.actor.employee, field="reply", text=body, viewer=viewer, at=at
            )
        raise


@transaction.atomic
def _reply(contact_id: UUID, answer: NewMessage, viewer: Viewer, at: datetime, version: int | None) -> Message:
    contact = locked(contact_id, viewer=viewer, version=version)
    contact.state = states.after(contact.state, "reply")
    if not clean(answer.body).strip():
        raise EmptyMessage
    earlier = _mail_ids(contact)
    stored = store_message(contact, answer, author=viewer.name, at=at)
    if answer.medium == Channel.MAIL:
        _send(contact, stored, earlier, at=at)
    _forget_draft(contact.id, viewer, "reply")
    changed(
        contact, "contact.replied", viewer=viewer, at=at, fields=["state"],
        medium=answer.medium, message=str(stored.id), mailed=bool(contact.inquirer_mail),
    )  # fmt: skip
    return stored


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


@transaction.atomic
def save_draft(
    *, contact_id: UUID, employee_id: int, field: str, text: str, at: datetime, viewer: Viewer | None = None
) -> None:
    """Keep what is being typed; no event, no new version. An empty text forgets it. NotFound as usual."""
    contact = Contact.objects.filter(id=contact_id).first()
    if contact is None or (viewer is not None and not may_read(viewer, contact)):
        raise NotFound
    if not text or _just_said(contact, employee_id, text):
        Draft.objects.filter(contact=contact, employee=employee_id, field=field[:20]).delete()
        return
    Draft.objects.update_or_create(
        contact=contact,
        employee_id=employee_id,
        field=field[:20],
        defaults={"text": clean(text), "saved_at": at},
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


def _send(contact: Contact, message: Message, earlier: list[str], *, at: datetime) -> None:
    if not contact.inquirer_mail:
        return
    with override(contact.language if contact.language in dict(settings.LANGUAGES) else "en"):
        subject, body = _subject(contact, message), f"{message.body}\n\n{_footer(contact, message.body)}\n"
    digests = Attachment.objects.filter(message=message).order_by("id").values_list("digest", flat=True)
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
            "attachments": list(digests),
            "attachment_names": list(
                Attachment.objects.filter(message=message).order_by("id").values_list("name", flat=True)
            ),
            "automatic": message.automatic,
        },
        subject=contact,
        at=at,
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
