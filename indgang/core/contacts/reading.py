"""Who may read a contact, and what has happened to it since somebody looked."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts.grounds import Grounds, grounds_of, units_of_actor
from indgang.core.contacts.models import Contact
from indgang.core.contacts.states import is_ended
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import policy
from indgang.foundation.access.values import Actor, Viewer
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembered

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
    "contact.reply_undone": "{who} har fortrudt et svar",
    "contact.task_settled": "{who} har afsluttet en opgave",
    "contact.inquirer_set": "{who} har rettet, hvem der henvender sig",
    "contact.tags_set": "{who} har ændret mærkerne",
    "contact.material_sent": "{who} har sendt materiale",
    "contact.call_back_requested": "{who} har aftalt en opringning",
    "contact.call_back_tried": "{who} har ringet op uden at få svar",
    "contact.call_back_done": "{who} har afsluttet opringningen",
    "contact.complaint_taken_in": "{who} har modtaget et forslag eller en klage",
    "contact.complaint_answered": "{who} har noteret svaret på et forslag eller en klage",
    "contact.referred": "{who} har bedt en anden myndighed gå videre",
    "contact.promise_broken": "fristen for overdragelsen er passeret",
    "contact.woken": "ventetiden er udløbet",
    "contact.closed": "{who} har afsluttet henvendelsen",
}


def may_read(viewer: Viewer, contact: Contact) -> bool:
    """Whether this viewer may read this contact; see `readable`."""
    return contact.id in readable(viewer, [contact])


def readable(viewer: Viewer, contacts: Iterable[Contact]) -> set[UUID]:
    """Those of the contacts this viewer may read, in one statement however many they are.

    Whoever has it, was given it or worked on it, its unit, and whoever may inform about one of its tasks. Processes and
    other programs with a key of the municipality read all; nobody else reads anything.
    """
    rows = list(contacts)
    if viewer.kind == "system":
        return {row.id for row in rows}
    actor = viewer.actor
    if not viewer.is_staff or actor is None:
        return set()
    units = units_of_actor(actor)
    found = {row.id for row in rows if row.handler_id == actor.employee or row.unit_id in units}
    return found | readable_ids(viewer, [row.id for row in rows if row.id not in found])


def readable_ids(viewer: Viewer, contacts: Iterable[UUID]) -> set[UUID]:
    """The same of contacts one has not read."""
    return readable_among(viewer, grounds_of(contacts, viewer.actor))


@remembered
def is_purpose(value: str, citizen: UUID, viewer: Viewer) -> bool:
    """The purpose "contact": it is about that citizen or on their behalf, this viewer may read it, and it is
    open or just closed by them.

    While nobody knows who wrote, a contact is looked at under its own id.
    """
    try:
        contact = _ground(UUID(value), viewer)
    except ValueError:
        return False
    if contact is None or citizen not in (contact.person or contact.contact, contact.representing, contact.contact):
        return False
    if not readable_among(viewer, [contact]):
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
    later = [event for event in journal.events_of_contact(contact_id) if _is_later(event, version)]
    names = names_of(event.actor for event in later)
    happened = dict.fromkeys(gettext(_VERBS[event.verb]).format(who=names[event.actor]) for event in later)
    return ", ".join(happened) or gettext("en anden har arbejdet på den")


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The journal's actors as a person reads them, in one statement however many they are."""
    numbers = {actor: _employee(actor) for actor in actors}
    known = organisation.names(number for number in numbers.values() if number is not None)
    return {
        actor: gettext("systemet") if number is None else known.get(number) or gettext("en medarbejder")
        for actor, number in numbers.items()
    }


def _employee(actor: str) -> int | None:
    kind, _, key = actor.partition(":")
    return int(key) if kind == "employee" and key.isdigit() else None


def _is_later(event: JournalLine, version: int) -> bool:
    since = event.data.get("version")
    return event.verb in _VERBS and isinstance(since, int) and since > version


def keep_ground(contact: Contact, tasks: Iterable[str], given: bool, viewer: Viewer) -> None:
    """What was read with the contact need not be asked again during this run."""
    _grounds_read(viewer)[contact.id] = Grounds(
        contact.id, contact.handler_id, contact.unit_id, contact.person_id, contact.representing_id,
        contact.state, contact.closed_at, tuple(tasks), given,
    )  # fmt: skip


def _ground(contact: UUID, viewer: Viewer) -> Grounds | None:
    """Asked for each of the people a contact is about."""
    known = _grounds_read(viewer)
    if contact not in known:
        found = grounds_of([contact], viewer.actor)
        known[contact] = found[0] if found else None
    return known[contact]


@remembered
def _grounds_read(_viewer: Viewer) -> dict[UUID, Grounds | None]:
    return {}  # filled as contacts are looked at


def _just_closed_by(viewer: Viewer, contact: Grounds) -> bool:
    now = viewer.at or clock.now()
    mine = viewer.actor is not None and contact.handler == viewer.actor.employee
    return mine and contact.closed_at is not None and now - contact.closed_at < AFTERMATH


def readable_among(viewer: Viewer, contacts: Iterable[Grounds]) -> set[UUID]:
    """The same of contacts whose grounds one has read."""
    if viewer.kind == "system":
        return {one.contact for one in contacts}
    actor = viewer.actor
    if not viewer.is_staff or actor is None:
        return set()
    units, found = units_of_actor(actor), set[UUID]()
    rest: list[Grounds] = []
    for one in contacts:
        if one.given or one.handler == actor.employee or one.unit in units:
            found.add(one.contact)
        else:
            rest.append(one)
    if rest:
        allowed = _allowed(viewer, actor, {code for one in rest for code in one.tasks}, viewer.at or clock.now())
        found |= {one.contact for one in rest if not allowed.isdisjoint(one.tasks or ("",))}
    return found


def informed_tasks(viewer: Viewer, at: datetime) -> set[str] | None:
    """The tasks this viewer may inform about, "" for an unknown need among them; None for who has no rights at all."""
    actor, now = viewer.actor, viewer.at or at
    if actor is None or not policy.scope(actor, now, viewer.dispensation, separation=viewer.separation).has_rights:
        return None
    return _allowed(viewer, actor, catalogue.codes(), now)


def _allowed(viewer: Viewer, actor: Actor, codes: set[str], at: datetime) -> set[str]:
    scope = policy.scope(actor, at, viewer.dispensation, separation=viewer.separation)
    return {need.task for need in catalogue.needs(codes | {""}, [1]) if policy.may(scope, need, 1)}


def units_of(viewer: Viewer) -> frozenset[int]:
    """The viewer's own unit and those they lead."""
    return units_of_actor(viewer.actor) if viewer.actor else frozenset()
