"""Forms and leaflets, sent by mail with a link or as a letter through the printer; either way they are in the talk."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from indgang.core.citizens import selectors as citizens
from indgang.core.contacts import states
from indgang.core.contacts.answering import send_message
from indgang.core.contacts.errors import AddressMissing, MailMissing, UnknownMaterial, UnknownWay
from indgang.core.contacts.models import Contact, Material, Message
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.values import Channel, Direction, MaterialRow, NewMessage
from indgang.core.contacts.writing import changed, clean, line, locked, store_message
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.journal import services as journal

WAYS = (Channel.MAIL.value, Channel.LETTER.value)
_LINES = 6  # of an address on an envelope


@transaction.atomic
def send_material(
    *,
    contact_id: UUID,
    material: str,
    way: str,
    address: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Message:
    """A form or leaflet to the inquirer, by "mail" or as a "letter" to the address; without one to the person's own.

    Raises UnknownMaterial, UnknownWay, MailMissing, AddressMissing (also where the address is protected), Stale.
    """
    contact = locked(contact_id, viewer=viewer, version=version)
    contact.state = states.after(contact.state, "reply")
    row = Material.objects.filter(code=material[:40], in_use=True).first() if "\x00" not in material else None
    if row is None:
        raise UnknownMaterial(material=line(material, 40))
    if way not in WAYS:
        raise UnknownWay(way=line(way, 20))
    if way == Channel.MAIL and not contact.inquirer_mail:
        raise MailMissing
    to = _address(contact, address, viewer, at) if way == Channel.LETTER else ""
    with override(contact.language):
        title, link = _title(row, contact.language), _link(row)
        body = gettext("Her er det, vi har talt om: {title}\n{link}").format(title=title, link=link)
    answer = NewMessage(body, way, direction=Direction.OUT, subject=title)
    stored = store_message(contact, answer, author=viewer.name, at=at)
    if way == Channel.MAIL:
        send_message(contact, stored, at=at)
    else:
        _order_letter(contact, stored, row, to, at)
    changed(
        contact, "contact.material_sent", viewer=viewer, at=at, fields=["state"],
        material=row.code, way=way, message=str(stored.id),
    )  # fmt: skip
    return stored


def materials(task: str = "", language: str = "da") -> list[MaterialRow]:
    """What can be sent about a task, forms before leaflets; without a task everything."""
    rows = Material.objects.filter(in_use=True).order_by("code")
    found = [row for row in rows if not task or not row.tasks or task in row.tasks]
    names = {"form": gettext("Blanket"), "leaflet": gettext("Pjece")}
    cards = [MaterialRow(r.code, _title(r, language), r.kind, names[r.kind], _link(r)) for r in found]
    return sorted(cards, key=lambda card: (card.kind, card.title))


def _order_letter(contact: Contact, message: Message, row: Material, to: str, at: datetime) -> None:
    journal.send(
        transport="print",
        key=str(message.id),
        payload={
            "contact": str(contact.id),
            "message": str(message.id),
            "reference": grouped(contact.reference),
            "address": to,
            "document": row.code,
            "title": message.subject,
            "text": message.body,
            "language": contact.language,
        },
        subject=contact,
        at=at,
    )


def _address(contact: Contact, typed: str, viewer: Viewer, at: datetime) -> str:
    """What was typed, line by line; else the person's own, which is looked up and logged. Raises AddressMissing."""
    lines = [part for part in (line(one, 80) for one in clean(typed).split("\n")) if part][:_LINES]
    if len(lines) > 1:
        return "\n".join(lines)
    if lines or contact.person_id is None:
        raise AddressMissing
    purpose = Purpose("contact", str(contact.id))
    card = citizens.person(viewer, contact.person_id, purpose=purpose, at=at)
    if card.masked or not (card.street and card.place):
        raise AddressMissing
    return "\n".join([card.name, card.street, card.place])


def _title(row: Material, language: str) -> str:
    return row.title_en if language.startswith("en") else row.title


def _link(row: Material) -> str:
    return f"{settings.PUBLIC_URL}{row.link}" if row.link.startswith("/") else row.link
