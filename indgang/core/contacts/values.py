"""Channels, states and outcomes, and what the module hands out."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext

from indgang.core.cases.values import CitizenProgress
from indgang.core.citizens.values import masked_cpr, normal_cpr
from indgang.core.contacts.desk_rows import CallBackRow as CallBackRow
from indgang.core.contacts.desk_rows import ChecklistRow as ChecklistRow
from indgang.core.contacts.desk_rows import ComplaintPage as ComplaintPage
from indgang.core.contacts.desk_rows import ComplaintRow as ComplaintRow
from indgang.core.contacts.desk_rows import ContactQuery as ContactQuery
from indgang.core.contacts.desk_rows import Filled as Filled
from indgang.core.contacts.desk_rows import MaterialRow as MaterialRow
from indgang.core.contacts.desk_rows import Present as Present
from indgang.core.contacts.desk_rows import PromiseRow as PromiseRow
from indgang.core.contacts.desk_rows import TemplateRow as TemplateRow
from indgang.core.contacts.merge_fields import FIELDS as FIELDS
from indgang.core.contacts.merge_fields import unknown_fields as unknown_fields

LARGEST_FILE = 25 * 1024 * 1024
LONGEST_BODY = 100_000  # characters; what is longer becomes an attachment
_MAY_BE_CPR = re.compile(r"(?<![\dA-Za-z])(\d{6})[ -]?(\d{4})(?![\dA-Za-z])")


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


class SelfService(TextChoices):
    """Whether self-service was offered in the contact, and taken."""

    OFFERED = "offered", "Tilbudt"
    ACCEPTED = "accepted", "Tog imod"


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
    person: UUID | None = None
    identified: bool = True  # the person proved it; a number that was only said proves nothing


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
    outcome: str = ""  # its own result; empty: that of the contact


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
    contact_id: UUID | None = None
    key: str = ""  # orders lines of the same moment


@dataclass(frozen=True)
class RoutingFacts:
    """What the work queue needs to know of a contact; no personal data."""

    contact: UUID
    reference: str
    channel: str
    medium: str  # of the newest message from the inquirer
    task: str  # the first one; empty when unknown
    tasks: tuple[str, ...]
    language: str
    unit_id: int | None
    received_at: datetime
    expected_answer_by: datetime | None
    handler_id: int | None
    state: str
    call_back: bool
    person: UUID | None = None  # who inquires; opens nothing
    special_group: str = ""  # code


@dataclass(frozen=True)
class ContactCard:
    """The head of a contact at the desk."""

    id: UUID
    reference: str  # grouped, as it is said
    channel: str
    channel_name: str
    received_at: datetime
    state: str
    state_name: str
    outcome: str
    outcome_name: str
    subject: str
    language: str
    inquirer_kind: str
    inquirer_name: str
    inquirer_mail: str
    inquirer_phone: str
    person: UUID | None
    identified: bool
    life_situation: str
    unit_id: int | None
    handler_id: int | None
    handler_name: str
    expected_answer_by: datetime | None
    call_back: bool
    call_back_when: str
    handed_over: bool
    closed_at: datetime | None
    continues: str  # reference of the contact this one goes on from
    version: int
    wait_until: datetime | None = None
    life_event: str = ""
    special_group: str = ""
    self_service: str = ""
    representing: UUID | None = None  # whom the person speaks for
    interpreter: str = ""  # language of the interpreter ordered
    interpreter_at: datetime | None = None
    complaint: str = ""


@dataclass(frozen=True)
class AttachmentRow:
    """A file of a message; fetched by its own address, always as a download."""

    id: int
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class MessageRow:
    """One utterance as the desk shows it."""

    id: UUID
    at: datetime
    direction: str
    medium: str
    medium_name: str
    author: str
    author_name: str
    subject: str
    body: str
    html: str
    automatic: bool
    delivery: str
    attachments: tuple[AttachmentRow, ...]
    undo_until: datetime | None = None  # it has not left yet, and its author may take it back


@dataclass(frozen=True)
class TaskRow:
    """A task of a contact."""

    code: str
    title: str
    level: int | None
    source: str
    answers: dict[str, str]
    outcome: str = ""
    outcome_name: str = ""


@dataclass(frozen=True)
class DraftRow:
    """What the viewer has typed and not sent."""

    text: str
    saved_at: datetime


@dataclass(frozen=True)
class ContactPage:
    """All an employee needs to take over without anything being retold."""

    card: ContactCard
    messages: tuple[MessageRow, ...]
    tasks: tuple[TaskRow, ...]
    drafts: dict[str, DraftRow]  # field -> text; the viewer's own
    other_viewers: tuple[str, ...]  # who else has typed here within ten minutes
    present: tuple[Present, ...] = ()  # who else looks at it now
    call_back: CallBackRow | None = None  # the newest one
    promise: PromiseRow | None = None  # the open one: who goes on, by when, and to whom it returns
    complaint: ComplaintRow | None = None  # the newest one


@dataclass(frozen=True)
class ContactRow:
    """A contact in a list."""

    id: UUID
    reference: str
    channel: str
    subject: str
    state: str
    state_name: str
    received_at: datetime
    expected_answer_by: datetime | None
    inquirer: str
    channel_name: str = ""
    outcome: str = ""
    outcome_name: str = ""
    handler_id: int | None = None
    closed_at: datetime | None = None
    handed_over: bool = False  # has ever been handed or referred to somebody else
    wait_until: datetime | None = None


@dataclass(frozen=True)
class ContactListPage:
    """A page of the list of contacts; `count` is that of the whole list, counted no further than `at_least` says."""

    rows: tuple[ContactRow, ...]
    cursor: str  # of the next page; empty on the last one
    count: int
    at_least: bool  # there are more than count


@dataclass(frozen=True)
class StatusMessage:
    """What the writer sees of the conversation: their own text, and that an answer was sent."""

    at: datetime
    own: bool
    body: str  # empty for answers: they are in the writer's mail
    attachments: tuple[str, ...]


@dataclass(frozen=True)
class StatusPage:
    """What the holder of the secret link may see; nothing beyond what the writer sent."""

    reference: str
    received_at: datetime
    channel: str  # its name
    state: str
    expected_answer_by: datetime | None
    closed_at: datetime | None
    call_back: bool
    has_mail: bool
    messages: tuple[StatusMessage, ...]
    with_whom: str = ""  # the unit or authority it was handed to, while that is so
    handed_on_until: datetime | None = None
    handed_on_shown: str = ""  # the same in words
    cases: tuple[CitizenProgress, ...] = ()  # those it raised


@dataclass(frozen=True)
class StoredFile:
    """A stored attachment on its way to an employee."""

    name: str
    media_type: str
    digest: str
    size: int


@dataclass(frozen=True)
class Given:
    """To whom a contact is given: they may read it before they take it."""

    employee: int | None = None
    unit: int | None = None
    group: str = ""


def without_cpr(text: str) -> str:
    """The text with every CPR number in it masked: subjects leave by plain mail and stand in lists."""
    return _MAY_BE_CPR.sub(lambda m: masked_cpr(m[1]) if normal_cpr(m[1] + m[2]) else m[0], text)


def has_cpr(text: str) -> bool:
    """Whether a text holds what can be a CPR number."""
    return any(normal_cpr(a + b) for a, b in _MAY_BE_CPR.findall(text))


def personal_data_warnings(text: str) -> list[str]:
    """Sentences for the composer when a text holds what must not go by plain mail."""
    if not has_cpr(text):
        return []
    return [
        gettext(
            "Teksten ser ud til at indeholde et CPR-nummer. Almindelig e-mail er ikke sikker: "
            "fjern nummeret, send svaret som brev, eller bed borgeren om at ringe eller møde op."
        )
    ]
