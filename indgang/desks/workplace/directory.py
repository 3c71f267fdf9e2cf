"""People and units to talk to or to hand work to, found by words; never all of them at once."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.core.contacts.values import ContactPage
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import Channel, DirectoryRow, Opening
from indgang.core.routing import selectors as routing
from indgang.core.routing.values import TransferChoice
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import sort_key

MOST = 24
# The state's and the regions' own: proposed where one writes which authority goes on; any other can be written too.
AUTHORITIES = (
    "Ankestyrelsen",
    "Arbejdsmarkedets Erhvervssikring",
    "Familieretshuset",
    "Færdselsstyrelsen",
    "Gældsstyrelsen",
    "Politiet",
    "Regionen",
    "Skatteforvaltningen",
    "Styrelsen for International Rekruttering og Integration",
    "Tinglysningsretten",
    "Udbetaling Danmark",
    "Udlændingestyrelsen",
)


@dataclass(frozen=True)
class Entry:
    """Somebody one can call or hand work to."""

    to: str  # "employee:7", "unit:12" or "group:moving"
    kind: str  # employee, unit or group
    name: str
    about: str
    phone: str = ""
    mail: str = ""
    is_open: bool | None = None  # None: the question makes no sense
    sentence: str = ""  # "Lukket. Åbner mandag kl. 9.00"
    presence: str = ""  # free, busy or away; empty for a unit, and where nobody asked
    presence_name: str = ""
    stands_in: str = ""  # who takes over from an adviser who is away
    first: bool = False  # proposed before everybody else


def found(text: str, at: datetime) -> list[Entry]:
    """People and units whose words begin with these; nothing without words."""
    words = text.strip()
    return [_entry(row) for row in organisation.directory(words, at, limit=MOST)] if len(words) > 1 else []


def receivers(viewer: Viewer, page: ContactPage, text: str, at: datetime, medium: str) -> list[Entry]:
    """Whom this contact can be handed to: by words, or those it most likely belongs to; never to oneself."""
    words = text.strip()
    if len(words) < 2:
        return _likely(viewer, page, at, medium)
    return _by_words(viewer, words, at, medium)


def receivers_of_many(viewer: Viewer, text: str, at: datetime) -> list[Entry]:
    """Whom several contacts can be handed to, by words."""
    words = text.strip()
    return _by_words(viewer, words, at, Channel.MAIL) if len(words) > 1 else []


def adviser(viewer: Viewer, employee_id: int, at: datetime) -> Entry | None:
    """The citizen's own adviser: free or not, number, and who stands in while they are away."""
    card = organisation.colleague(employee_id)
    if card is None:
        return None
    state = routing.adviser_state(viewer, employee_id, at)
    presence = "free" if state.free else "busy" if state.present else "away"
    others = organisation.names(state.substitutes) if state.substitutes and not state.present else {}
    return Entry(
        f"employee:{card.id}",
        "employee",
        card.name,
        f"{card.title}, {card.unit_name}",
        card.phone,
        card.mail,
        presence=presence,
        presence_name=_presence(presence),
        stands_in=", ".join(others.values()),
        first=True,
    )


def _by_words(viewer: Viewer, words: str, at: datetime, medium: str) -> list[Entry]:
    key = sort_key(words)
    groups = [_group(code, name) for code, name in organisation.groups() if key in sort_key(name)]
    choices = [_choice(row) for row in routing.transfer_choices(viewer, words, at, limit=MOST, medium=medium)]
    me = f"employee:{viewer.actor.employee}" if viewer.actor else ""
    return [*groups, *(entry for entry in choices if entry.to != me)][:MOST]


def _likely(viewer: Viewer, page: ContactPage, at: datetime, medium: str) -> list[Entry]:
    names = dict(organisation.groups())
    number = citizens.adviser_of(page.card.person, at) if page.card.person else None
    me = viewer.actor.employee if viewer.actor else None
    own = adviser(viewer, number, at) if number and number != me else None
    cards = catalogue.cards([row.code for row in page.tasks]).values()
    likely = dict.fromkeys(card.group for card in cards if card.group in names)
    units = [organisation.unit(key) for key in dict.fromkeys(card.follow_up for card in cards if card.follow_up)]
    known = {card.code: card for card in units if card is not None}
    open_now = organisation.opening_many(known, routing.opening_channel(medium), at) if known else {}
    places = [
        _with_hours(Entry(f"unit:{card.id}", "unit", card.name, card.address, card.phone, card.mail), open_now[code])
        for code, card in known.items()
    ]
    return [*([own] if own else []), *(_group(code, names[code]) for code in likely), *places]


def _group(code: str, name: str) -> Entry:
    return Entry(f"group:{code}", "group", name, "")


def _entry(row: DirectoryRow) -> Entry:
    if row.kind == "unit":
        return _with_hours(Entry(f"unit:{row.id}", "unit", row.name, "", row.phone, row.mail), row.open)
    about = f"{row.title}, {row.unit_name}" if row.title else row.unit_name
    return Entry(f"employee:{row.id}", "employee", row.name, about, row.phone, row.mail)


def _choice(row: TransferChoice) -> Entry:
    if row.kind == "unit":
        return Entry(f"unit:{row.id}", "unit", row.name, "", is_open=row.open, sentence=row.sentence)
    about = f"{row.title}, {row.unit_name}" if row.title else row.unit_name
    return Entry(
        f"employee:{row.id}", "employee", row.name, about, presence=row.presence, presence_name=row.presence_name
    )


def _with_hours(entry: Entry, opening: Opening) -> Entry:
    known = opening.open or opening.opens is not None
    return replace(entry, is_open=opening.open if known else None, sentence=opening.sentence)


def _presence(code: str) -> str:
    return {"free": gettext("Ledig"), "busy": gettext("Optaget"), "away": gettext("Ikke på arbejde")}[code]
