"""Who may read a contact, and what has happened to it since somebody looked."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts.models import Contact, ContactTask, Involved
from indgang.core.contacts.states import is_ended
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import policy
from indgang.foundation.access.values import Actor, TaskNeed, Viewer
from indgang.foundation.journal import selectors as journal
from indgang.foundation.runtime import clock

GENERAL = TaskNeed(task="", group="general", owner="", level=1, decision=False)  # while no task is known
AFTERMATH = timedelta(days=1)  # a closed contact stays a purpose for who closed it: the letter, the wrap-up
_VERBS = {
    "contact.message_received": "borgeren har skrevet",
    "contact.replied": "{who} har svaret",
    "contact.noted": "{who} har skrevet en note",
    "contact.tasks_set": "{who} har ændret opgaverne",
    "contact.person_set": "{who} har knyttet en person til",
    "contact.handed_over": "{who} har overdraget henvendelsen",
    "contact.started": "{who} har taget henvendelsen",
    "contact.waiting": "{who} har sat henvendelsen til at vente",
    "contact.snoozed": "{who} har udskudt henvendelsen",
    "contact.reopened": "henvendelsen er genåbnet",
    "contact.closed": "{who} har afsluttet henvendelsen",
}


def may_read(viewer: Viewer, contact: Contact) -> bool:
    """Whoever has it, was given it or worked on it, its unit, and whoever may inform about one of its tasks.

    Processes and other programs with a key of the municipality read all; nobody else reads anything.
    """
    if viewer.kind == "system":
        return True
    actor = viewer.actor
    if not viewer.is_staff or actor is None:
        return False
    if contact.handler_id == actor.employee or (contact.unit_id is not None and contact.unit_id in _units(actor)):
        return True
    at = viewer.at or contact.received_at
    return _may_inform(actor, contact, at, viewer.dispensation) or _is_involved(actor, contact.id)


def is_purpose(value: str, citizen: UUID, viewer: Viewer) -> bool:
    """The purpose "contact": it is about that citizen, this viewer may read it, and it is open or just closed by them.

    While nobody knows who wrote, a contact is looked at under its own id.
    """
    try:
        contact = Contact.objects.filter(id=UUID(value)).first()
    except ValueError:
        return False
    if contact is None or citizen not in (contact.person_id or contact.id, contact.id):
        return False
    if not may_read(viewer, contact):
        return False
    return not is_ended(contact.state) or viewer.kind == "system" or _just_closed_by(viewer, contact)


def may_follow(account_id: int, topic: str) -> bool:
    """Whether this login may hear that "contact:<id>" changed."""
    viewer = organisation.viewer_of_account(account_id, clock.now())
    try:
        contact = Contact.objects.filter(id=UUID(topic.partition(":")[2])).first()
    except ValueError:
        return False
    return viewer is not None and contact is not None and may_read(viewer, contact)


def what_changed(contact_id: UUID, version: int) -> str:
    """What happened after a version, in words: "borgeren har skrevet, Agnes Agent har svaret"."""
    happened: list[str] = []
    for event in journal.events_of_contact(contact_id):
        since = event.data.get("version")
        if event.verb in _VERBS and isinstance(since, int) and since > version:
            sentence = gettext(_VERBS[event.verb]).format(who=name_of(event.actor))
            if sentence not in happened:
                happened.append(sentence)
    return ", ".join(happened) or gettext("en anden har arbejdet på den")


def name_of(actor: str) -> str:
    """The journal's actor as a person reads it."""
    kind, _, key = actor.partition(":")
    if kind == "employee" and key.isdigit():
        card = organisation.employee(int(key))
        return card.name if card else gettext("en medarbejder")
    return gettext("systemet")


def _just_closed_by(viewer: Viewer, contact: Contact) -> bool:
    now = viewer.at or clock.now()
    mine = viewer.actor is not None and contact.handler_id == viewer.actor.employee
    return mine and contact.closed_at is not None and now - contact.closed_at < AFTERMATH


def _may_inform(actor: Actor, contact: Contact, at: datetime, dispensation: bool) -> bool:
    scope = policy.scope(actor, at, dispensation)
    codes = ContactTask.objects.filter(contact=contact).values_list("task_id", flat=True)
    needs = [catalogue.need(code, 1) for code in codes] or [GENERAL]
    return any(policy.may(scope, need, 1) for need in needs)


def _units(actor: Actor) -> frozenset[int]:
    return actor.units | {actor.unit}


def _is_involved(actor: Actor, contact_id: UUID) -> bool:
    given = Q(employee=actor.employee) | Q(unit__in=_units(actor)) | (~Q(group="") & Q(group__in=actor.competences))
    return Involved.objects.filter(given, contact=contact_id).exists()
