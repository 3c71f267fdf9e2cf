"""What happened to a contact and who looked, in words: read from the journal and the access log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import selectors as access
from indgang.foundation.access.values import LookOutcome
from indgang.foundation.journal import selectors as journal

VERBS = {
    "contact.received": _("Modtaget"),
    "contact.opened_by_hand": _("Oprettet"),
    "contact.started": _("Taget"),
    "contact.tasks_set": _("Opgaver valgt"),
    "contact.person_set": _("Borger valgt"),
    "contact.replied": _("Besvaret"),
    "contact.noted": _("Note skrevet"),
    "contact.message_received": _("Ny besked fra borgeren"),
    "contact.automatic_sent": _("Automatisk mail sendt"),
    "contact.automatic_received": _("Automatisk svar modtaget"),
    "contact.mail_bounced": _("Mailen kom ikke frem"),
    "contact.handed_over": _("Givet videre"),
    "contact.waiting": _("Venter på borgeren"),
    "contact.snoozed": _("Udskudt"),
    "contact.woken": _("Ventetiden er gået"),
    "contact.referred": _("Anden myndighed bedt om at gå videre"),
    "contact.promise_kept": _("Der blev gået videre i tide"),
    "contact.promise_broken": _("Ingen gik videre i tide: tilbage til den, der gav den videre"),
    "contact.reply_undone": _("Svaret fortrudt"),
    "contact.material_sent": _("Materiale sendt"),
    "contact.call_back_requested": _("Opkald aftalt"),
    "contact.call_back_tried": _("Ringet op uden svar"),
    "contact.call_back_done": _("Opkaldet er afsluttet"),
    "contact.complaint_taken_in": _("Forslag eller klage modtaget"),
    "contact.complaint_answered": _("Forslag eller klage besvaret"),
    "contact.task_settled": _("En opgave afsluttet"),
    "contact.reopened": _("Genåbnet"),
    "contact.closed": _("Afsluttet"),
    "work.offered": _("Tilbudt"),
    "work.declined": _("Tilbud afvist"),
    "work.expired": _("Tilbud udløbet"),
}
LOOKED = _("Opslag i borgerens oplysninger")
REFUSED = _("Opslag afvist")
SYSTEM = _("Systemet")


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened, and by whom."""

    at: datetime
    what: str
    who: str


def history(contact_id: UUID, person_id: UUID | None) -> list[HistoryLine]:
    """Events of the contact and looks at it with itself as purpose, oldest first.

    While nobody knew whose it is, the looks stand under the contact's own id.
    """
    found = [
        (line.at, VERBS[line.verb], _who(line.actor, line.data))
        for line in journal.events_of_contact(contact_id)
        if line.verb in VERBS
    ]
    purpose = f"contact:{contact_id}"
    for look in [*access.looks_at(contact_id), *(access.looks_at(person_id) if person_id else [])]:
        if look.purpose == purpose:
            what = LOOKED if look.outcome == LookOutcome.SHOWN else REFUSED
            found.append((look.at, what, _who(look.actor, {})))
    names = organisation.names(who for _at, _what, who in found if who is not None)
    lines = [
        HistoryLine(at, str(what), str(SYSTEM) if who is None else names.get(who, str(who))) for at, what, who in found
    ]
    return sorted(lines, key=lambda line: line.at)


def _who(actor: str, data: dict[str, object]) -> int | None:
    """The employee's number; None for the system."""
    receiver = data.get("employee")
    if isinstance(receiver, int):  # an offer names its receiver
        return receiver
    kind, _colon, key = actor.partition(":")
    return int(key) if kind == "employee" and key.isdigit() else None
