"""What a contact is marked with: life situation, special group, self-service, representation, interpreter.

Every mark is optional (life.notall). None leaves a mark as it is; an empty one takes it off.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.core.contacts import states
from indgang.core.contacts.errors import NotTheirRepresentative, RepresentsThemselves, UnknownLifeSituation, UnknownTag
from indgang.core.contacts.models import Contact
from indgang.core.contacts.values import InquirerKind, SelfService
from indgang.core.contacts.writing import changed, line, locked, task_codes
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer


@transaction.atomic
def set_tags(
    *,
    contact_id: UUID,
    life_situation: str | None = None,
    life_event: str | None = None,
    special_group: str | None = None,
    self_service: str | None = None,
    inquirer_kind: str | None = None,
    representing: UUID | Literal[""] | None = None,
    interpreter: str | None = None,
    interpreter_at: datetime | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Contact:
    """Mark a contact; a life event marks its life situation too, and an interpreter is ordered for a language and time.

    Raises UnknownLifeSituation, UnknownTag, RepresentsThemselves, NotTheirRepresentative, Stale; NotFound for a person
    nobody knows.
    """
    contact = locked(contact_id, viewer=viewer, version=version)
    states.after(contact.state, "change")
    before = _marks(contact)
    _mark_life(contact, life_situation, life_event)
    if self_service is not None:
        contact.self_service = _one_of(self_service, SelfService.values, "self_service", empty=True)
    if inquirer_kind is not None:
        contact.inquirer_kind = _one_of(inquirer_kind, InquirerKind.values, "inquirer_kind", empty=False)
    if special_group is not None:
        contact.special_group = line(special_group, 40)
    if representing is not None:
        contact.representing_id = _represented(contact, representing, at)
    if interpreter is not None:
        contact.interpreter = line(interpreter, 5)
        contact.interpreter_at = interpreter_at if contact.interpreter else None
    after = _marks(contact)
    names = [name for name in after if after[name] != before[name]]
    if names:
        changed(contact, "contact.tags_set", viewer=viewer, at=at, fields=names, marks=names, **_codes(contact, names))
    return contact


def _marks(contact: Contact) -> dict[str, object]:
    return {
        "life_situation": contact.life_situation_id,
        "life_event": contact.life_event,
        "special_group": contact.special_group,
        "self_service": contact.self_service,
        "inquirer_kind": contact.inquirer_kind,
        "representing": contact.representing_id,
        "interpreter": contact.interpreter,
        "interpreter_at": contact.interpreter_at,
    }


def _codes(contact: Contact, names: list[str]) -> dict[str, object]:
    """The new marks as the journal keeps them: codes and ids."""
    return {name: str(value) if value is not None else None for name, value in _marks(contact).items() if name in names}


def _situation(code: str) -> str | None:
    if code and code not in {one.code for one in catalogue.life_situations()}:
        raise UnknownLifeSituation(situation=line(code, 40))
    return code or None


def _mark_life(contact: Contact, situation: str | None, event: str | None) -> None:
    if situation is not None:
        contact.life_situation_id = _situation(situation)
    if event is not None:
        _mark_event(contact, line(event, 40))


def _mark_event(contact: Contact, code: str) -> None:
    contact.life_event = code
    if code:
        event = next((one for one in catalogue.life_events() if one.code == code), None)
        if event is None:
            raise UnknownLifeSituation(field="life_event", situation=code)
        contact.life_situation_id = event.situation


def _one_of(value: str, known: list[str], field: str, *, empty: bool) -> str:
    if value in known or (empty and not value):
        return value
    raise UnknownTag(field=field, value=line(value, 40), known=", ".join(known))


def _represented(contact: Contact, person: UUID | Literal[""], at: datetime) -> UUID | None:
    """Who is spoken for: for one of the contact's tasks at least the inquirer must be allowed to."""
    if person == "":
        return None
    if person == contact.person_id:
        raise RepresentsThemselves
    if not citizens.is_known(person):
        raise NotFound
    if person == contact.representing_id:
        return person
    speaker, about = contact.person_id, task_codes(contact) or [""]
    if speaker is None or not any(citizens.may_represent(speaker, person, task, at) for task in about):
        raise NotTheirRepresentative
    return person
