"""One citizen as the overview shows them: every source asked at once, and said of each how good its answer is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from indgang.core.cases import selectors as cases
from indgang.core.cases.selectors import normal_number
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import PersonCard
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import TimelineEntry
from indgang.desks.workplace import case_pages
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.registers import selectors as registers
from indgang.foundation.registers import services as register_services
from indgang.foundation.registers.values import Answer, FactLine, Freshness

PATIENCE = 0.4  # seconds the page waits for all registers together; it stays under one
AGAIN = 2.5  # when somebody asks one of them once more
SHOWN = 15  # contacts
FRESH, STALE, AWAY, NOT_ASKED = "fresh", "stale", "away", "not_asked"
_ICONS = {FRESH: "check", STALE: "time", AWAY: "warning", NOT_ASKED: "visibility-off"}


@dataclass(frozen=True)
class SourceCard:
    """A source of the page, how good its answer is, and the answer."""

    code: str
    name: str
    state: str
    state_name: str
    sentence: str  # why, and what to do instead; empty when it has answered
    facts: tuple[FactLine, ...] = ()

    @property
    def icon(self) -> str:
        """The symbol that goes with the words."""
        return _ICONS[self.state]

    @property
    def is_register(self) -> bool:
        """Whether it can be asked once more by itself."""
        return self.code not in OWN and self.state != NOT_ASKED


OWN = ("contacts", "cases")


@dataclass(frozen=True)
class CitizenPage:
    """Everything of the overview."""

    person: PersonCard
    timeline: tuple[TimelineEntry, ...]
    more_contacts: bool
    found: cases.Overview
    registers: tuple[SourceCard, ...]
    sources: tuple[SourceCard, ...]
    query: str  # that opens parts of the page for the same purpose
    contact: UUID | None  # it was opened from

    @property
    def whole(self) -> bool:
        """Whether every source that may be asked has answered now."""
        return all(source.state in {FRESH, NOT_ASKED} for source in self.sources)

    @property
    def missing(self) -> list[str]:
        """The names of those that have not."""
        return [source.name for source in self.sources if source.state in {STALE, AWAY}]


def purpose_of(request: HttpRequest, person_id: UUID, at: datetime) -> tuple[Purpose | None, str, UUID | None]:
    """Why this employee looks: the contact or case they came from, or a reason stated within the hour."""
    contact, case = request.GET.get("henvendelse", ""), normal_number(request.GET.get("sag", "")[:20])
    if contact:
        key = _id(contact)
        return (Purpose("contact", str(key)), f"?henvendelse={key}", key) if key else (None, "", None)
    if case:
        return Purpose("case", case), f"?sag={case}", None
    return case_pages.kept_purpose(request, kept_as(person_id), at), "", None


def kept_as(person_id: UUID) -> str:
    """Under which name the session keeps the reason."""
    return f"borger:{person_id}"


def citizen(
    viewer: Viewer, person_id: UUID, purpose: Purpose, at: datetime, *, query: str, contact: UUID | None
) -> CitizenPage:
    """The whole page; every look is in the log before anything is read. Raises NotFound, LogUnavailable."""
    access.open_together(viewer, citizen=person_id, kinds=("person", "cases", "timeline"), purpose=purpose, at=at)
    person = citizens.person(viewer, person_id, purpose=purpose, at=at)
    found = cases.overview(viewer, person_id, purpose=purpose, at=at)
    timeline = contacts.timeline(viewer, person_id, purpose=purpose, at=at, limit=SHOWN + 1)
    asked = _asked(viewer, person_id, purpose, at, PATIENCE)
    own = tuple(
        SourceCard(code, name, FRESH, gettext("Vist nu"), "")
        for code, name in zip(OWN, (gettext("Henvendelser"), gettext("Sager og dokumenter")), strict=True)
    )
    return CitizenPage(
        person=person,
        timeline=tuple(timeline[:SHOWN]),
        more_contacts=len(timeline) > SHOWN,
        found=found,
        registers=asked,
        sources=(*own, *asked),
        query=query,
        contact=contact,
    )


def one_register(viewer: Viewer, person_id: UUID, code: str, purpose: Purpose, at: datetime) -> SourceCard | None:
    """One register asked once more, with more patience; None for one there is not."""
    if code not in {source.code for source in registers.sources()}:
        return None
    return next(card for card in _asked(viewer, person_id, purpose, at, AGAIN, only=code) if card.code == code)


def _asked(
    viewer: Viewer, person_id: UUID, purpose: Purpose, at: datetime, seconds: float, only: str = ""
) -> tuple[SourceCard, ...]:
    """The registers, at the same time; one whose facts no task of the viewer needs is not asked, and that is said."""
    allowed = cases.registers_for(viewer, at)
    wanted = [source for source in registers.sources() if not only or source.code == only]
    ask = [source for source in wanted if allowed.get(source.code)]
    subject = citizens.register_subject(viewer, person_id)
    answers = register_services.ask_all(subject, ask, viewer, purpose, at, seconds) if ask else {}
    return tuple(
        _card(answers[source.code]) if source.code in answers else _not_asked(source.code, registers.name_of(source))
        for source in wanted
    )


def _card(answer: Answer) -> SourceCard:
    name = registers.name_of(answer.source)
    state = {Freshness.FRESH: FRESH, Freshness.STALE: STALE}.get(Freshness(answer.state), AWAY)
    names = {FRESH: gettext("Svar nu"), STALE: gettext("Tidligere svar"), AWAY: gettext("Intet svar")}
    facts = tuple(registers.lines(answer))
    return SourceCard(answer.source.code, _begun(name), state, names[state], answer.sentence, facts)


def _not_asked(code: str, name: str) -> SourceCard:
    why = gettext("Ingen af dine opgaver bygger på oplysningerne, så registret bliver ikke spurgt.")
    return SourceCard(code, _begun(name), NOT_ASKED, gettext("Ikke spurgt"), why)


def _begun(name: str) -> str:
    return name[:1].upper() + name[1:]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
