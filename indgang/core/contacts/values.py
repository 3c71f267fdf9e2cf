"""Channels, states and outcomes, and what the module hands out."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices


class Channel(TextChoices):
    """The way a citizen came in (requirements, appendix 2)."""

    WEBFORM = "webform", "Webformular"
    MAIL = "mail", "E-mail"
    PHONE = "phone", "Telefon"
    COUNTER = "counter", "Personligt fremmøde"
    LETTER = "letter", "Brev"
    CHAT = "chat", "Chat"
    SMS = "sms", "Sms"
    SELF_SERVICE = "self_service", "Selvbetjening"
    API = "api", "System"


class ContactState(TextChoices):
    """Where a contact is."""

    NEW = "new", "Ny"
    OPEN = "open", "I gang"
    WAITING = "waiting", "Venter på borgeren"
    SNOOZED = "snoozed", "Udskudt"
    CLOSED = "closed", "Afsluttet"
    ABANDONED = "abandoned", "Opgivet"


class Outcome(TextChoices):
    """How a contact ended."""

    INFORMED = "informed", "Vejledt"
    DECIDED = "decided", "Afgjort"
    BOOKED = "booked", "Tid bestilt"
    HANDED_OVER = "handed_over", "Overdraget"
    SELF_SERVICE = "self_service", "Henvist til selvbetjening"
    FORWARDED = "forwarded", "Sendt til anden myndighed"
    CALL_BACK = "call_back", "Ringet op"
    SUGGESTION = "suggestion", "Forslag eller klage modtaget"
    ABANDONED = "abandoned", "Opgivet"


class InquirerKind(TextChoices):
    """Who inquires."""

    CITIZEN = "citizen", "Borger"
    OTHER_MUNICIPALITY = "other_municipality", "Borger i anden kommune"
    BUSINESS = "business", "Virksomhed"
    AUTHORITY = "authority", "Myndighed"
    EMPLOYEE = "employee", "Medarbejder"


class Direction(TextChoices):
    """Towards the municipality, from it, or inside."""

    IN = "in", "Ind"
    OUT = "out", "Ud"
    NOTE = "note", "Intern note"


@dataclass(frozen=True)
class Inquirer:
    """Who wrote, as they said it themselves; a mail address is no identity."""

    kind: str = InquirerKind.CITIZEN
    name: str = ""
    mail: str = ""
    phone: str = ""
    person: UUID | None = None  # only when identified


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class NewMessage:
    """What is said: text, and for mail its safe HTML, subject and the id of the stored raw message."""

    body: str
    medium: str
    direction: str = Direction.IN
    subject: str = ""
    html: str = ""
    raw: UUID | None = None
    uploads: tuple[Upload, ...] = ()
    automatic: bool = False  # a receipt, an auto-reply
    message_id: str = ""  # of the mail, without angle brackets


@dataclass(frozen=True)
class TaskChoice:
    """A task of a contact, the level it was settled at, and how it was found."""

    task: str
    level: int | None = None
    source: str = "triage"  # triage, citizen, agent
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a timeline over all channels."""

    at: datetime
    kind: str  # message, event
    channel: str
    title: str
    body: str
    actor: str
    contact: str  # reference
