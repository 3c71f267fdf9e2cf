"""States of items, offers and agents."""

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
