"""States of items, offers and agents, and what the module hands out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices


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


@dataclass(frozen=True)
class TransferTarget:
    """To whom an item is handed on; exactly one is given."""

    unit: int | str | None = None  # id or code
    group: str | None = None
    employee: int | None = None


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
    reason: str
    since: datetime | None
    wrap_up_until: datetime | None


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
    why: str  # the commonest hindrance: competence, level, language, unit, named, excluded
