"""Contacts follow their person when two persons become one, and exactly those go back when that is undone."""

from uuid import UUID

from indgang.core.contacts.models import Contact, Moved
from indgang.core.contacts.writing import noted
from indgang.foundation.access.values import system
from indgang.foundation.journal.values import JournalLine

_ROLES = ("person", "representing")
_FOLLOWER = system("following")


def on_merged(line: JournalLine) -> None:
    """Every contact of the one is the other's now; which ones is remembered under the merge."""
    gone, stays, merge = UUID(str(line.data["from"])), UUID(str(line.data["into"])), str(line.data["merge"])
    for role in _ROLES:
        rows = Contact.objects.select_for_update(of=("self",)).filter(**{f"{role}_id": gone}).order_by("id")
        for contact in rows:
            if role == "representing" and contact.person_id == stays:
                continue  # nobody speaks for themselves
            Moved.objects.get_or_create(merge=merge, contact=contact, role=role, defaults={"before": gone})
            _give(contact, role, stays, line)


def on_merge_undone(line: JournalLine) -> None:
    """Those that followed go back, unless somebody has tied them to another person since."""
    into = Moved.objects.filter(merge=str(line.data["merge"]))
    stays = UUID(str(line.data["into"])) if line.data.get("into") else None
    for moved in into.order_by("id"):
        contact = Contact.objects.select_for_update(of=("self",)).get(id=moved.contact_id)
        now = contact.person_id if moved.role == "person" else contact.representing_id
        if stays is None or now == stays:
            _give(contact, moved.role, moved.before, line)
    into.delete()


def _give(contact: Contact, role: str, person: UUID, line: JournalLine) -> None:
    setattr(contact, f"{role}_id", person)
    contact.save(update_fields=[role])
    noted(contact, "contact.person_moved", viewer=_FOLLOWER, at=line.at, role=role, merge=str(line.data["merge"]))
