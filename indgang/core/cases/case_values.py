"""What cases hand out to lists, pages and programs, and what they are asked with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices


class Due(TextChoices):
    """When an answer is due, as lists are filtered."""

    OVERDUE = "overdue", "Overskredet"
    TODAY = "today", "I dag"
    WEEK = "week", "De næste syv dage"
    SOON = "soon", "Overskredet eller de næste syv dage"


class Sort(TextChoices):
    """The order of a list of cases."""

    DEADLINE = "deadline", "Frist først"
    NEWEST = "newest", "Nyeste først"
    OLDEST = "oldest", "Ældste først"


@dataclass(frozen=True)
class NewParty:
    """Somebody a case concerns, as it is written down: a citizen, a business, or a name that stands in no register."""

    role: str  # a PartyRole
    person: UUID | None = None
    business: UUID | None = None
    name: str = ""


@dataclass(frozen=True)
class CaseQuery:
    """What a list of cases is asked for; everything given must hold."""

    q: str = ""  # a case number, or words of the title
    mine: bool = False
    standing_in: bool = False  # with `mine`: of those I stand in for, too
    unit: int | None = None
    administration: str = ""
    task: str = ""
    progress: str = ""
    waiting: str = ""  # a Waiting, or "any"
    due: str = ""  # a Due
    handler: int | None = None
    nobodys: bool = False  # without a handler
    person: UUID | None = None
    closed: bool = False  # closed ones instead of open ones
    sort: str = Sort.DEADLINE


@dataclass(frozen=True)
class CaseRow:
    """A case as lists show it."""

    id: UUID
    number: str
    title: str
    task: str
    task_title: str
    administration: str
    unit: int
    unit_name: str
    handler: int | None
    handler_name: str
    progress: str
    progress_name: str
    waiting: str
    waiting_name: str
    waiting_until: datetime | None
    deadline: datetime | None
    overdue: bool
    result: str
    opened_at: datetime
    closed_at: datetime | None
    person: UUID | None
    person_shown: str | None  # the name, or that it is protected
    course: UUID | None
    version: int


@dataclass(frozen=True)
class CaseListPage:
    """A page of a list, where the next one begins, and how many there are (counted no further than 250)."""

    rows: tuple[CaseRow, ...]
    cursor: str  # empty: there are no more
    total_shown: int
    more_than_shown: bool

    @property
    def more(self) -> bool:
        """Whether there is a next page."""
        return bool(self.cursor)


@dataclass(frozen=True)
class HiddenCase:
    """That there is a case, and whom one can ask; nothing of what is in it."""

    administration: str
    administration_name: str
    unit_name: str
    phone: str


@dataclass(frozen=True)
class PersonCases:
    """The cases of one citizen this viewer may see, and that there are others."""

    rows: tuple[CaseRow, ...]
    hidden: tuple[HiddenCase, ...]


@dataclass(frozen=True)
class WaitCard:
    """Whom a case waits for, and until when at most."""

    kind: str
    kind_name: str
    until: datetime | None


@dataclass(frozen=True)
class PartyCard:
    """A party as the case page shows it."""

    id: int
    role: str
    role_name: str
    person: UUID | None
    business: UUID | None
    name: str
    protected: bool
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True)
class ObjectCard:
    """A thing a case is about."""

    id: int
    kind: str
    kind_name: str
    label: str
    reference: str


@dataclass(frozen=True)
class RelatedCase:
    """Another case this one stands to; only its number where the viewer may not see it."""

    id: UUID
    number: str
    title: str
    kind: str
    kind_name: str
    outward: bool  # this case is the parent, complaint …; False: the other one is
    progress: str
    progress_name: str


@dataclass(frozen=True)
class CourseCard:
    """A life situation with its cases and their common progress."""

    id: UUID
    life_event: str
    title: str
    opened_at: datetime
    closed_at: datetime | None
    cases: tuple[CaseRow, ...]  # those the viewer may see
    open: int
    closed: int


@dataclass(frozen=True)
class ProgressCard:
    """One line of the history of a case's progress."""

    progress: str
    progress_name: str
    at: datetime
    who: str
    ground: str


@dataclass(frozen=True)
class StepCard:
    """Something to do on a case, or done."""

    id: UUID
    case: UUID
    case_number: str
    kind: str
    kind_name: str
    title: str
    unit: int | None
    unit_name: str
    employee: int | None
    employee_name: str
    group: str
    level: int
    task: str
    due_at: datetime | None
    not_before: datetime | None
    overdue: bool
    created_at: datetime
    started_at: datetime | None
    done_at: datetime | None
    withdrawn: bool
    subject_id: UUID | None
    version: int

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and not self.withdrawn


@dataclass(frozen=True)
class DeadlineCard:
    """A day by which something must be done."""

    id: int
    kind: str
    kind_name: str
    due_at: datetime
    first_due_at: datetime
    moved: bool
    ground: str
    met_at: datetime | None
    cancelled_at: datetime | None
    overdue: bool
    subject_id: UUID | None
    version: int


@dataclass(frozen=True)
class CasePage:
    """A case with all its parts but journal, documents and decisions, which have selectors of their own."""

    row: CaseRow
    administration_name: str
    unit_phone: str
    parties: tuple[PartyCard, ...]
    objects: tuple[ObjectCard, ...]
    related: tuple[RelatedCase, ...]
    course: CourseCard | None
    history: tuple[ProgressCard, ...]
    handlers: tuple[tuple[int, str], ...]  # others who work on it
    steps: tuple[StepCard, ...]
    deadlines: tuple[DeadlineCard, ...]
    raised_by: str
    raised_by_name: str
    sensitivity: str
    sensitivity_name: str
    legal_basis: str
    kle: str
    facet: str
    retention: str
    retention_name: str
    archived_at: datetime | None  # since when the archive has it
    level: int
    contact: UUID | None
    decided_at: datetime | None
    reopened: int
    waits: tuple[WaitCard, ...]  # whom it waits for, what matters most first
    may_work: bool  # this viewer may change it

    @property
    def id(self) -> UUID:
        """The case's own id."""
        return self.row.id

    @property
    def number(self) -> str:
        """The number one says."""
        return self.row.number

    @property
    def version(self) -> int:
        """What a change must name."""
        return self.row.version


@dataclass(frozen=True)
class CaseFile:
    """A file that came with a contact, stored already."""

    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True)
class LinkedCase:
    """A case a contact belongs to; nothing personal."""

    id: UUID
    number: str
    task: str
    task_title: str
    progress: str
    administration: str
    unit_name: str


@dataclass(frozen=True)
class CitizenProgress:
    """How far a case is, for whoever holds the link of the contact that raised it; nothing personal."""

    number: str
    title: str
    progress: str
    progress_name: str
    next_step: str
    deadline: datetime | None
    unit_name: str
    unit_phone: str


@dataclass(frozen=True)
class LoadRow:
    """What one employee of a unit has."""

    employee: int | None  # None: nobody's
    name: str
    open: int
    overdue: int
    waiting: int


@dataclass(frozen=True)
class AffectedRow:
    """A matter of the same citizen that may change with this one, and why."""

    case: UUID | None  # None: the viewer may not see it
    number: str
    title: str
    administration_name: str
    reason: str


@dataclass(frozen=True)
class AssignLine:
    """What would become of one case if it were given to somebody."""

    case: UUID
    number: str
    title: str
    before: str  # the handler's name now
    allowed: bool
    why_not: str
    version: int


@dataclass(frozen=True)
class ReachedCase:
    """What an action must know of its case. Nothing in it is personal, so reaching one is no look."""

    id: UUID
    number: str
    title: str
    task: str
    administration: str
    unit: int
    handler: int | None
    person: UUID | None
    progress: str
    raised_by: str
    level: int
    may_work: bool  # this viewer may change it
    version: int
