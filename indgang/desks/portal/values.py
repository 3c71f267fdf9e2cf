"""What the portal hands out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices


class FeedbackKind(TextChoices):
    """What is the matter with a card, or what it leaves open."""

    MISSING = "missing", "Der mangler noget"
    WRONG = "wrong", "Noget er forkert"
    QUESTION = "question", "Jeg har et spørgsmål til fagfolkene"


@dataclass(frozen=True)
class NewsCard:
    """One piece of news or one work instruction as a reader sees it."""

    id: UUID
    title: str
    body: str
    groups: tuple[str, ...]
    task: str
    task_title: str
    must_read: bool
    valid_from: date
    valid_to: date | None
    author: str
    written_at: datetime
    withdrawn: bool
    version: int
    read_at: datetime | None  # by this reader
    is_new: bool = False


@dataclass(frozen=True)
class ReadingRow:
    """Whether one employee has read an instruction that is theirs to read."""

    employee: int
    name: str
    unit: str
    read_at: datetime | None


@dataclass(frozen=True)
class FeedbackRow:
    """One remark about a card, and its answer."""

    id: UUID
    task: str
    title: str
    administration: str
    section: str  # its heading; empty: the card as a whole
    anchor: str
    kind: str
    kind_name: str
    text: str
    giver: str
    at: datetime
    reply: str
    replied_by: str
    replied_at: datetime | None


@dataclass(frozen=True)
class SearchCount:
    """Words and how often they were searched for in the period."""

    words: str
    times: int
    task: str = ""  # the card most often opened after them
    title: str = ""


@dataclass(frozen=True)
class CardCount:
    """How often a card was tried, and how often it answered."""

    task: str
    title: str
    answered: int
    not_answered: int


@dataclass(frozen=True)
class FindingReport:
    """Whether employees found what they looked for, in a period."""

    since: date
    searches: int
    nothing: int  # led to no card
    abandoned: int  # led to cards, and none was opened
    answered: int
    not_answered: int
    top: tuple[SearchCount, ...]
    empty: tuple[SearchCount, ...]
    left: tuple[SearchCount, ...]
    cards: tuple[CardCount, ...]
