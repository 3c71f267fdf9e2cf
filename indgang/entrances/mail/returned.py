"""A mail of ours that did not arrive is work for a person, also when its contact was thought to be ended."""

from datetime import datetime
from uuid import UUID

from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contact_services
from indgang.core.contacts.values import ContactState
from indgang.foundation.access.values import Viewer


def wake(contact_id: UUID, *, viewer: Viewer, at: datetime) -> None:
    """Open the contact again when it was ended; open ones are told by the event of the delivery."""
    if contacts.facts_for_routing(contact_id).state in {ContactState.CLOSED, ContactState.ABANDONED}:
        contact_services.reopen(contact_id=contact_id, viewer=viewer, at=at)
