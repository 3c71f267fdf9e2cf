"""What the catalogue hands out of guidance cards."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext

from indgang.core.catalogue.card_content import GuideQuestion
from indgang.core.catalogue.guides import GuideState as GuideState
from indgang.core.catalogue.guides import GuideStep as GuideStep

Guide = tuple[GuideQuestion, ...]


class CardState(TextChoices):
    """Where a version of a card stands."""

    DRAFT = "draft", "Kladde"
    SUBMITTED = "submitted", "Sendt til godkendelse"
    APPROVED = "approved", "Godkendt, udgives senere"
    PUBLISHED = "published", "Udgivet"
    SUPERSEDED = "superseded", "Afløst"
    RETURNED = "returned", "Sendt tilbage"
    CONFLICT = "conflict", "Profilens fil, ikke taget i brug"


class CardOrigin(TextChoices):
    """Where a version came from."""

    PROFILE = "profile", "Indlæst fra profilen"
    HAND = "hand", "Skrevet i portalen"
    IMPORT = "import", "Læst ind fra filer"
    ROLL_BACK = "roll_back", "Rullet tilbage"


class Place(TextChoices):
    """Where a task is solved."""

    CENTRE = "centre", "Borgerservicecenter"
    CONTACT_CENTRE = "contact_centre", "Kontaktcenter"
    PO_OFFICE = "po_office", "P/O-kontor"
    ADMINISTRATION = "administration", "Forvaltning"


@dataclass(frozen=True)
class CardSection:
    """A section as shown: safe HTML, its plain text, and how many blanks the municipality must fill in."""

    anchor: str
    title: str
    html: str
    text: str
    public: bool
    blanks: int


@dataclass(frozen=True)
class CardAttributes:
    """yes, no, partly, unknown or not_a_benefit, each."""

    taxable: str
    income_dependent: str
    wealth_dependent: str


@dataclass(frozen=True)
class LawCard:
    """A law a card refers to; `warning` says in words what is out of date, empty when nothing is known to be."""

    title: str
    where: str
    eli: str
    version: str = ""
    checked_on: date | None = None
    warning: str = ""

    @property
    def address(self) -> str:
        """Where Retsinformation shows it; empty without an identifier."""
        path = self.eli.removeprefix("https://www.retsinformation.dk/").lstrip("/")
        return f"https://www.retsinformation.dk/{path}" if path else ""


@dataclass(frozen=True)
class RateRow:
    """An amount in force on the day asked for; amount None: not known for that day."""

    code: str
    label: str
    amount: Decimal | None
    unit: str
    valid_from: date | None
    valid_to: date | None
    source: str
    estimated: bool


@dataclass(frozen=True)
class AuthorityCard:
    """Another authority; `missing` names what the municipality has not filled in yet."""

    code: str
    name: str
    what: str
    opening: str
    phone: str
    link: str
    tasks: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class RelatedTask:
    """Another task, by its title in the language asked for."""

    code: str
    title: str


@dataclass(frozen=True)
class DivisionRow:
    """Who does what of a task, at which level (1 informs, 2 expedites or decides by rule, 3 discretion), since when."""

    place: str
    what: str
    level: int
    valid_from: date | None
    source: str

    @property
    def place_name(self) -> str:
        """The place in words."""
        return gettext(str(Place(self.place).label))


@dataclass(frozen=True)
class CardVersionRow:
    """A version in the card's history; author and reviewer by name."""

    number: int
    state: str
    author: str
    reviewer: str
    why: str
    reason: str  # why it was sent back
    at: datetime
    publish_on: date | None
    published_at: datetime | None
    origin: str

    @property
    def state_name(self) -> str:
        """The state in words."""
        return gettext(str(CardState(self.state).label))


@dataclass(frozen=True)
class DiffRow:
    """A sentence, point or field of a card beside its older form; changed words stand in <del> and <ins>."""

    kind: str  # same, added, removed, changed
    section: str  # its title; "" for the fields
    old_html: str
    new_html: str


@dataclass(frozen=True)
class ChangedCard:
    """A card published since somebody last looked; `news`: an editor wrote it, it did not come with the profile."""

    code: str
    title: str
    version: int
    at: datetime
    why: str
    news: bool


@dataclass(frozen=True)
class CompletenessRow:
    """How far an administration's cards have come."""

    administration: str
    name: str
    cards: int
    reviewed: int
    blanks: int
    overdue: int
    without_card: int
    few_words: int


@dataclass(frozen=True)
class ReviewRow:
    """A card that needs attention, and why, in words."""

    code: str
    title: str
    administration: str
    review_by: date | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class BlankRow:
    """A published card and what the municipality must still fill in on it."""

    code: str
    title: str
    administration: str
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class LinkFault:
    """A link or code of a published card that leads nowhere."""

    code: str
    section: str
    target: str
    why: str


@dataclass(frozen=True)
class CardDraft:
    """The newest text of a card for its editor; save with based_on=number."""

    task: str
    number: int
    state: str
    text: str
    author: str
    at: datetime | None
    attention: str


@dataclass(frozen=True)
class CardLoad:
    """What loading card files did: how many versions were published, and which cards were left alone."""

    published: int
    conflicts: tuple[str, ...]
