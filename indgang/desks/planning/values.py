"""Kinds and states of a plan, and what the module hands out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from indgang.foundation.access.values import Role

PLANNERS = frozenset({Role.MANAGER.value, Role.EXECUTIVE.value, Role.PROGRAMME.value})


class Kind(TextChoices):
    """What can be asked."""

    FORECAST = "forecast", _("Prognose")
    STAFFING = "staffing", _("Bemanding")
    COMPARE = "compare", _("Sammenligning")
    ROSTER = "roster", _("Vagtplan")
    TRIAL = "trial", _("Prøv en dag")


class State(TextChoices):
    """Where a piece of work is."""

    QUEUED = "queued", _("Venter på at begynde")
    RUNNING = "running", _("Regner")
    DONE = "done", _("Færdig")
    FAILED = "failed", _("Stoppet af en fejl")
    CANCELLED = "cancelled", _("Annulleret")


NOTES = {
    "missing": _("{day}: ingen tal; dagen regnes som lukket"),
    "closed": _("{day}: ingen kom; dagen regnes som lukket"),
    "part": _("{day}: {number} intervaller mangler; dagens niveau er regnet ud af resten"),
    "wild": _("{day}: {number} henvendelser er langt fra de sædvanlige {usual}; dagen tæller mindre"),
    "summer_time": _("{day}: sommertid slutter; {number} intervaller fandtes to gange og er lagt sammen"),
}


def note_in_words(note: Mapping[str, Any] | str) -> str:
    """What was seen in counts, in the reader's language; of old sets as it was kept."""
    if isinstance(note, str):
        return note
    numbers = {key: f"{value:g}" for key, value in note.items() if isinstance(value, int | float)}
    return str(NOTES[note["what"]]).format(**{**note, **numbers})


OPEN_STATES = (State.QUEUED.value, State.RUNNING.value)
CHANNELS = {
    "phone": _("Telefon"), "counter": _("Skranke"), "written": _("Skriftligt i alt"), "mail": _("E-mail"),
    "webform": _("Formular på nettet"), "letter": _("Brev"), "chat": _("Chat"), "sms": _("Sms"),
    "self_service": _("Selvbetjening"),
}  # fmt: skip
WRITTEN = ("mail", "webform", "letter", "sms", "self_service")  # what may wait some hours
NONE = "-"  # a chosen task group or unit that is none


def channels_of(code: str) -> tuple[str, ...]:
    """The channels of the contacts that are meant."""
    return WRITTEN if code == "written" else (code,)


@dataclass(frozen=True)
class Series:
    """Which inquiries counts are of; no task group or unit said: of all of them."""

    channel: str
    group: str = ""
    unit: str = ""


@dataclass(frozen=True)
class CountSetRow:
    """A set of counts as it is listed."""

    id: UUID
    name: str
    channel: str
    minutes: int
    first: date
    last: date
    total: float
    notes: tuple[str, ...]
    own: bool
    group: str
    unit: str
    added_at: datetime

    @property
    def days(self) -> int:
        """How many days it spans."""
        return (self.last - self.first).days + 1

    @property
    def channel_name(self) -> str:
        """As it is shown."""
        return str(CHANNELS.get(self.channel, self.channel))


@dataclass(frozen=True)
class RunRow:
    """A piece of work as it is shown."""

    id: UUID
    kind: str
    name: str
    state: str
    progress: int
    error: str
    error_code: str
    started_by: str
    asked_at: datetime
    ended_at: datetime | None
    version: int
    input: dict[str, Any]
    result: dict[str, Any] | None
    attempt: int = 0  # how often it was begun
    heard_at: datetime | None = None  # the last sign of life from whoever works on it

    @property
    def was_taken_up_again(self) -> bool:
        """Whether the server stopped in the middle of it."""
        return self.attempt > (1 if self.state == State.RUNNING else 0) and self.is_open

    @property
    def kind_name(self) -> str:
        """What it is."""
        return str(Kind(self.kind).label)

    @property
    def state_name(self) -> str:
        """Where it is."""
        return str(State(self.state).label)

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self.state in OPEN_STATES

    @property
    def is_done(self) -> bool:
        """Whether there is something to see."""
        return self.state == State.DONE

    @property
    def can_start_again(self) -> bool:
        """Whether it ended without a result."""
        return self.state in (State.FAILED, State.CANCELLED)
