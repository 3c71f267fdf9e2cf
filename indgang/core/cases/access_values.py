"""Requests for access to documents, their items, and reports on what may be deleted, as they are handed out."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices

from indgang.core.cases.case_values import CaseRow
from indgang.foundation.letters.values import Area


class PackingPart(TextChoices):
    """How far a package is that was ordered."""

    WAITING = "waiting", "Venter på tur"
    READING = "reading", "Finder filerne frem"
    JOINING = "joining", "Sætter siderne sammen"
    PROVING = "proving", "Ser efter, at det dækkede er væk"


@dataclass(frozen=True)
class AccessDraft:
    """What is written down of a request; law and what it is about are needed, and who asks."""

    law: str  # an AccessLaw
    requester: str = ""  # as they say it; not needed for a person of the register
    requester_person: UUID | None = None
    address: str = ""  # for somebody who stands in no register
    case: UUID | None = None  # asked about; or
    person: UUID | None = None  # everything about this citizen
    asked_for: str = ""
    received_on: date | None = None  # without it today
    contact: UUID | None = None


@dataclass(frozen=True)
class OutsideItem:
    """Something about a citizen that lies outside of cases, such as a contact, as its words."""

    key: str  # what it is, for ever the same: "contact:<id>"
    title: str
    dated: datetime
    text: str


@dataclass(frozen=True)
class AccessRow:
    """A request in a list."""

    id: UUID
    number: str  # of the case it is
    law: str
    law_name: str
    requester: str
    about: str  # the number of the case it is about; empty: a citizen
    state: str
    state_name: str
    received_at: datetime
    due_at: datetime
    held_until: datetime | None
    running_until: datetime  # the day it must be answered by now
    overdue: bool
    handler_name: str
    unit_name: str
    answered_at: datetime | None


@dataclass(frozen=True)
class AccessItemRow:
    """One line of what was asked for, and what is given of it."""

    id: int
    order: int
    kind: str
    kind_name: str
    case_number: str
    title: str
    dated: datetime | None
    proposed: str
    proposed_name: str
    proposed_why: str
    choice: str
    choice_name: str
    ground: str
    pages: int | None
    boxes: int
    words: int
    ready: bool  # it can go into the answer as it stands
    lacking: str  # what must be done first, in words
    unreadable: str  # a sentence: why nobody can look into it
    by_hand: str
    paged: bool  # boxes can be drawn on it
    office: bool  # a file without pages, given as it is or as text
    as_text: bool
    open: bool  # this viewer may see it
    version: int


@dataclass(frozen=True)
class PackageFile:
    """A file given apart from the pages."""

    name: str
    title: str
    media_type: str
    digest: str


@dataclass(frozen=True)
class Packing:
    """A package on its way, or why the last one could not be made."""

    running: bool
    part: str
    part_name: str
    since: datetime | None
    waited: int  # seconds since it was ordered
    by_name: str
    fault: str  # a sentence; empty: nothing went wrong


@dataclass(frozen=True)
class AccessPage:
    """A request with its items, opened."""

    row: AccessRow
    own_case: CaseRow
    case: UUID | None
    person: UUID | None
    is_party: bool
    asked_for: str
    held_ground: str
    items: tuple[AccessItemRow, ...]
    outcome: str  # granted, partly, refused: what the choices come to
    outcome_name: str
    lacking: tuple[AccessItemRow, ...]  # items that keep the package from being made
    package: str
    package_pages: int | None
    package_size: int | None
    package_files: tuple[PackageFile, ...]
    days_left: int  # working days to the day it must be answered by; negative when it has passed
    appeal_body: str  # proposed
    appeal_by: date | None
    packing: Packing
    may_work: bool
    version: int
    postal: bool = field(default=True)  # the requester has an address


@dataclass(frozen=True)
class AccessAnswer:
    """What the caseworker writes in the answer; the reasons and the guidance only where something is left out."""

    reasons: str = ""
    appeal_body: str = ""
    appeal_by: date | None = None
    appeal_way: str = ""  # where the complaint is sent
    appeal_what: str = ""  # what happens to it
    way: str = "print"  # a LetterWay
    address: str = ""


@dataclass(frozen=True)
class ProposedBox:
    """Words that may have to be covered."""

    kind: str
    text: str
    areas: tuple[Area, ...]
    covered: bool  # already under a box


@dataclass(frozen=True)
class ItemPage:
    """One item opened to be covered."""

    row: AccessItemRow
    request: AccessRow
    boxes: tuple[Area, ...]
    words: tuple[tuple[str, str], ...]
    proposals: tuple[ProposedBox, ...]
    pages: int
    blind: tuple[int, ...]
    grounds: tuple[str, ...]  # the law's own, to choose from
    text: str  # of an item without pages
    may_work: bool


@dataclass(frozen=True)
class DiscardLine:
    """A case in a report, and why it goes or stays."""

    number: str
    goes: bool
    why: str
    why_name: str
    deleted_at: datetime | None


@dataclass(frozen=True)
class DiscardReport:
    """A look at what may be deleted."""

    id: UUID
    at: datetime
    made_by: str
    cut_off: date
    state: str
    state_name: str
    approved_by: str
    approved_at: datetime | None
    done_at: datetime | None
    goes: int
    stays: int
    deleted: int
    lines: tuple[DiscardLine, ...]
    own: bool  # the viewer made it, and may not approve it
    version: int
