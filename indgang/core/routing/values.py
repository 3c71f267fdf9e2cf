"""States of items, offers and agents, and what the module hands out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices

from indgang.core.routing.planned_values import AGAINST_PLAN as AGAINST_PLAN
from indgang.core.routing.planned_values import Adherence as Adherence
from indgang.core.routing.planned_values import PlanKind as PlanKind
from indgang.core.routing.planned_values import ShiftRow as ShiftRow


class ItemState(TextChoices):
    """Where a work item is."""

    WAITING = "waiting", "Venter"
    OFFERED = "offered", "Tilbudt"
    ACTIVE = "active", "I gang"
    PARKED = "parked", "Venter på borgeren"
    DONE = "done", "Afsluttet"


class OfferResult(TextChoices):
    """What became of an offer; live while empty."""

    ACCEPTED = "accepted", "Taget"
    DECLINED = "declined", "Afvist"
    EXPIRED = "expired", "Udløbet"
    WITHDRAWN = "withdrawn", "Trukket tilbage"


class AgentMode(TextChoices):
    """What an agent is doing."""

    OFFLINE = "offline", "Logget af"
    AVAILABLE = "available", "Klar"
    RESERVED = "reserved", "Har et tilbud"
    BUSY = "busy", "I gang"
    WRAP_UP = "wrap_up", "Efterbehandling"
    PAUSE = "pause", "Pause"
    UNREACHABLE = "unreachable", "Svarer ikke"


class Refusal(TextChoices):
    """Why an agent declines an offer."""

    BUSY = "busy", "Jeg er optaget"
    COMPETENCE = "competence", "Jeg kan ikke svare på det"
    CONFLICT = "conflict", "Jeg er inhabil"
    OTHER = "other", "Andet"


ON_DUTY = frozenset({AgentMode.AVAILABLE, AgentMode.RESERVED, AgentMode.BUSY, AgentMode.WRAP_UP})
CHOSEN = (AgentMode.AVAILABLE, AgentMode.PAUSE, AgentMode.OFFLINE)  # modes a person sets; the others follow from work
IN_HAND = (ItemState.OFFERED, ItemState.ACTIVE)
UNSEEN, MISSED = "unseen", "missed"  # reasons of being unreachable
SIGNED_OFF = "signed_off"  # reason of being offline: a leader did it
CALL_BACK = "call_back"
CASE = "case"  # the medium of a step of a case
MEDIA = ("phone", "counter", "chat", CALL_BACK, "mail", "webform", "letter", "sms", CASE)


@dataclass(frozen=True)
class TransferTarget:
    """To whom an item is handed on; exactly one is given. A level: to whoever answers the task at that level."""

    unit: int | str | None = None  # id or code
    group: str | None = None
    employee: int | None = None
    level: int | None = None


@dataclass(frozen=True)
class ItemRow:
    """A line of a work list; holds nothing personal."""

    id: UUID
    contact: UUID | None
    reference: str
    medium: str
    subject: str
    task_id: str
    group: str
    level: int
    state: str
    state_name: str
    due_at: datetime
    waiting_seconds: int
    overdue: bool
    agent: str | None
    agent_id: int | None
    hops: int
    parked_until: datetime | None
    not_before: datetime | None = None  # while it may not be begun yet: a call-back's window, a rest
    returned_from: int | None = None  # employee it came back from
    instead_of: int | None = None  # an absent colleague the reader stands in for
    instead_of_name: str = ""


@dataclass(frozen=True)
class Placing:
    """Where an item that waits belongs, and how urgent it is."""

    group: str
    unit: int | None
    employee: int | None
    priority: int
    due_at: datetime


@dataclass(frozen=True)
class QueueRow:
    """Something that waits, as the leader who may arrange it sees it."""

    item: ItemRow
    placing: Placing
    employee_name: str  # whom it is given to by name; "" for nobody


@dataclass(frozen=True)
class GoalRow:
    """What is promised for a kind of work, and how it went: (counted, met) for each span asked about."""

    group: str
    medium: str
    share: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class OfferRow:
    """What is held out to an agent now, and why to this one."""

    item: ItemRow
    at: datetime
    expires_at: datetime
    step: str


@dataclass(frozen=True)
class AgentRow:
    """An agent's own state."""

    employee: int
    mode: str
    mode_name: str
    reason: str  # code
    since: datetime | None
    wrap_up_until: datetime | None
    reason_name: str = ""  # in words
    service_point: "PointRow | None" = None
    capacity: Mapping[str, int] = field(default_factory=dict)
    pause_reasons: tuple["PauseRow", ...] = ()


@dataclass(frozen=True)
class PauseRow:
    """A reason of the list."""

    code: str
    title: str


@dataclass(frozen=True)
class PointRow:
    """A service point one may choose."""

    code: str
    name: str
    unit: int | None
    groups: tuple[str, ...]
    media: tuple[str, ...]


@dataclass(frozen=True)
class PauseCard:
    """A reason for a pause as it is edited."""

    code: str
    title: str
    title_en: str
    order: int
    by_hand: bool
    version: int


@dataclass(frozen=True)
class PointCard:
    """A service point as it is edited."""

    code: str
    name: str
    name_en: str
    unit: int | None
    groups: tuple[str, ...]
    media: tuple[str, ...]
    order: int
    by_hand: bool
    version: int


@dataclass(frozen=True)
class MyWork:
    """Everything one agent has to do now."""

    state: AgentRow
    offer: OfferRow | None
    items: tuple[ItemRow, ...]


@dataclass(frozen=True)
class StuckItem:
    """An item that cannot reach anybody as things stand."""

    item: ItemRow
    why: str  # how near the nearest employee came: competence, level, language, unit, named, excluded, relief
    sentence: str = ""


@dataclass(frozen=True)
class RuleRow:
    """A figure, what it is now, and where it may stand."""

    code: str
    title: str
    unit: str  # "seconds", "pieces" or "share"
    value: float
    usual: float
    lowest: float
    highest: float
    by_hand: bool  # somebody set it, and the profile says otherwise


@dataclass(frozen=True)
class RulesRow:
    """The figures in force."""

    version: int  # 0: nobody has set any
    valid_from: datetime | None
    changed_by: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True)
class TargetRow:
    """What is promised."""

    id: int
    group: str
    task: str
    medium: str
    seconds: int | None
    share: float
    valid_from: date
    valid_to: date | None
    version: int


@dataclass(frozen=True)
class ReliefRow:
    """A group of units that relieve the contact centre."""

    id: int
    code: str
    name: str
    units: tuple[int, ...]
    groups: tuple[str, ...]
    media: tuple[str, ...]
    threshold: int
    live_after: float
    written_after: float
    share: float
    valid_from: date
    valid_to: date | None
    version: int


@dataclass(frozen=True)
class AdviserState:
    """Whether somebody asked for by name can be reached now."""

    employee: int
    name: str
    mode: str
    mode_name: str
    free: bool
    present: bool
    substitutes: tuple[int, ...]


@dataclass(frozen=True)
class TransferChoice:
    """Somebody or somewhere an item can be handed to."""

    kind: str  # "employee" or "unit"
    id: int
    code: str
    name: str
    title: str
    unit_name: str
    presence: str  # "free", "busy", "away"; "" for a unit
    presence_name: str
    open: bool | None  # None: its hours are not known
    sentence: str


@dataclass(frozen=True)
class LiveGroup:
    """A competence group now: what waits, how today goes against the target, who is there for it."""

    code: str
    name: str
    waiting: int
    oldest_seconds: int
    overdue: int
    done_today: int
    share_today: float | None  # within target; None: nothing to count yet
    target: float | None
    last_hour: int  # came in
    hour_before: int  # the same hour yesterday
    modes: Mapping[str, int]
    on_target: bool


@dataclass(frozen=True)
class LiveAgent:
    """An employee as their leader sees them at work."""

    employee: int
    name: str
    unit: int
    mode: str
    mode_name: str
    reason: str
    since: datetime | None
    in_hand: tuple[ItemRow, ...]
    service_point: str
    service_point_name: str
    point_version: int
    overflow: bool


@dataclass(frozen=True)
class ReturnedRow:
    """Work that came back from somebody and waits for a colleague."""

    employee: int
    name: str
    waiting: int


@dataclass(frozen=True)
class LiveView:
    """The floor now."""

    at: datetime
    groups: tuple[LiveGroup, ...]
    agents: tuple[LiveAgent, ...]
    modes: tuple[tuple[str, str, int], ...]  # mode, in words, how many
    points: tuple[PointRow, ...]
    stuck: tuple[StuckItem, ...]
    unattended: tuple[ItemRow, ...]
    returned: tuple[ReturnedRow, ...]


@dataclass(frozen=True)
class WhyRow:
    """One offer of an item in words: to whom, why, and what became of it."""

    at: datetime
    agent: int
    agent_name: str
    result: str
    result_name: str
    reason: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class WaitRow:
    """How long one waits in a medium now: measured at this time of the week over four weeks, and what is promised."""

    medium: str
    counted: int
    median: int | None  # seconds; None where too few were measured
    most: int | None  # seconds four of five waited at most
    promised: int | None  # seconds
    share: float | None  # of all that is answered within them, as promised


@dataclass(frozen=True)
class Destination:
    """Who answers a task at a level."""

    group: str
    unit: int | None
    level: int
