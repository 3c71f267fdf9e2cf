"""Whether what an inquirer said of themselves fits the person their contact is tied to."""

from uuid import UUID

from indgang.core.citizens import selectors as citizens
from indgang.core.contacts.models import Contact


def fits(contact: Contact, person_id: UUID) -> bool:
    """Whether the mail address or the phone number the inquirer gave is the person's own."""
    by_mail = bool(contact.inquirer_mail) and person_id in citizens.by_mail(contact.inquirer_mail)
    return by_mail or (bool(contact.inquirer_phone) and person_id in citizens.by_phone(contact.inquirer_phone))
