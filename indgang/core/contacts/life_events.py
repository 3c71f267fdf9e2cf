"""Life events as checklists: each task the event touches, and how far it is for this citizen."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts.models import Contact, ContactTask
from indgang.core.contacts.reading import may_read
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.states import is_ended
from indgang.core.contacts.values import ChecklistRow, Outcome
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

NONE, IN_PROGRESS, SETTLED = "none", "in_progress", "settled"
_LOOKED_BACK = timedelta(days=365)
_UNSETTLED = ("", Outcome.HANDED_OVER, Outcome.FORWARDED, Outcome.CALL_BACK, Outcome.ABANDONED)


def checklist(viewer: Viewer, contact_id: UUID, at: datetime, *, language: str = "da") -> list[ChecklistRow]:
    """Every task of the contact's life event with its state, from all contacts of its citizen in the last year.

    Empty without a life event. A task is settled where a contact about it ended with a result for it.
    """
    contact = Contact.objects.filter(id=contact_id).first()
    if contact is None or not may_read(viewer, contact):
        raise NotFound
    events = catalogue.life_events(language) if contact.life_event else []
    steps = next((event.tasks for event in events if event.code == contact.life_event), [])
    states = _states(contact, [step.task for step in steps], at) if steps else {}
    names = {NONE: gettext("Ikke begyndt"), IN_PROGRESS: gettext("I gang"), SETTLED: gettext("Klaret")}
    return [
        ChecklistRow(step.task, step.title, step.words, state, names[state], reference)
        for step in steps
        for state, reference in [states.get(step.task, (NONE, ""))]
    ]


def _states(contact: Contact, codes: list[str], at: datetime) -> dict[str, tuple[str, str]]:
    """The best that is known of each task: settled beats begun, the newest contact first."""
    whose = Q(contact=contact)
    for person in {contact.person_id, contact.representing_id} - {None}:
        recent = Q(contact__received_at__gte=at - _LOOKED_BACK)
        whose |= recent & (Q(contact__person=person) | Q(contact__representing=person))
    rows = ContactTask.objects.filter(whose, task__in=codes).select_related("contact").order_by("-contact__id")
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        result = row.outcome or (row.contact.outcome if is_ended(row.contact.state) else "")
        settled = result not in _UNSETTLED
        if not settled and is_ended(row.contact.state) and not row.contact.handed_over:
            continue
        state = SETTLED if settled else IN_PROGRESS
        if row.task_id not in found or (settled and found[row.task_id][0] != SETTLED):
            found[row.task_id] = (state, grouped(row.contact.reference))
    return found
