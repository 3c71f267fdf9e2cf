"""Contacts on cases: what contacts know of a contact is handed to the cases it is linked to.

Cases lie below contacts and know only its id. Everything here runs in the transaction of the event.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from indgang.core.cases import selectors as cases
from indgang.core.cases import services as case_services
from indgang.core.cases.errors import FactsNoteMissing
from indgang.core.cases.values import CaseFile
from indgang.core.contacts.models import Attachment, Contact, Message
from indgang.core.contacts.values import Channel, Direction
from indgang.core.contacts.writing import clean
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal.values import JournalLine

RECEIVED = "contact.received"
SPOKEN = frozenset({Channel.PHONE, Channel.COUNTER})  # what is said there stands nowhere unless it is noted
_LINKER = system("contacts")


def on_linked(line: JournalLine) -> None:
    """A contact raised a case, or was linked to one: its date, channel, theme and files go along."""
    contact_id = line.data.get("linked") or line.contact
    if not line.case or not contact_id:
        return
    contact = Contact.objects.filter(id=UUID(str(contact_id))).first()
    if contact is None:
        return  # of a process that filed it elsewhere; everybody else was asked whether they may read it
    case_services.note_contact(
        case_id=UUID(line.case),
        contact_id=contact.id,
        received_at=contact.received_at,
        channel=contact.channel,
        theme=contact.subject,
        files=_files(Attachment.objects.filter(message__contact=contact, message__direction=Direction.IN)),
        viewer=_LINKER,
        at=line.at,
    )


def on_message(line: JournalLine) -> None:
    """The citizen wrote again, perhaps so late that it is a new contact: their cases learn of it."""
    before = line.data.get("continues") or line.contact
    if not line.contact or (line.verb == RECEIVED and not line.data.get("continues")):
        return  # a contact nobody has linked to anything yet
    message = _message(line) if cases.cases_of_contact(UUID(str(before))) else None
    if message is not None:
        case_services.note_message(
            contact_id=UUID(line.contact),
            linked_by=UUID(str(before)),
            channel=message.medium,
            theme=message.subject,
            files=_files(Attachment.objects.filter(message=message)),
            viewer=_LINKER,
            at=line.at,
        )


def note_facts(contact: Contact, note: str, *, viewer: Viewer, at: datetime) -> None:
    """What was said by mouth on a contact (locked) that ends, and matters to a case somebody will decide, stands on
    that case; the wrap-up is its note (offentlighedsloven § 13). Raises FactsNoteMissing."""
    if contact.channel not in SPOKEN:
        return
    unnoted = cases.unnoted_cases(contact.id)
    if not unnoted:
        return
    words = clean(note).strip()
    if not words:
        raise FactsNoteMissing(number=unnoted[0])
    case_services.note_wrap_up(contact_id=contact.id, words=words, channel=contact.channel, viewer=viewer, at=at)


def _message(line: JournalLine) -> Message | None:
    return Message.objects.filter(id=UUID(str(line.data["message"]))).first()


def _files(rows: Iterable[Attachment]) -> list[CaseFile]:
    return [CaseFile(row.name, row.media_type, row.size, row.digest) for row in rows]
