"""What the desk is shown around a contact: standard replies, materials, promises, lists."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID


@dataclass(frozen=True)
class TemplateRow:
    """A standard reply in use."""

    id: int
    code: str
    title: str
    body: str
    task: str
    language: str
    version: int


@dataclass(frozen=True)
class Filled:
    """A standard reply with its fields put in, and the names of those nothing is known for."""

    text: str
    missing: list[str]


@dataclass(frozen=True)
class MaterialCard:
    """A form or leaflet as it is edited."""

    code: str
    kind: str
    title: str
    title_en: str
    link: str
    tasks: tuple[str, ...]
    by_hand: bool
    version: int


@dataclass(frozen=True)
class MaterialRow:
    """A form or leaflet that can be sent."""

    code: str
    title: str
    kind: str  # form, leaflet
    kind_name: str
    link: str


class Present(NamedTuple):
    """Somebody else who looks at the contact now."""

    name: str
    typing: bool


@dataclass(frozen=True)
class CallBackRow:
    """A promise to call and what became of it."""

    id: UUID
    phone: str
    not_before: datetime
    not_after: datetime | None
    unit_id: int | None
    state: str  # requested, reached, gave_up
    state_name: str
    tries: int
    tries_left: int
    last_tried_at: datetime | None


@dataclass(frozen=True)
class PromiseRow:
    """Who goes on with a contact, by when, and to whom it returns if nothing happens."""

    id: UUID
    contact: UUID
    reference: str
    kind: str  # hand_over, referral
    to_text: str
    by_when: datetime
    back_to: int | None
    back_to_name: str
    made_at: datetime


@dataclass(frozen=True)
class ComplaintRow:
    """A suggestion or complaint, who answers it and by when."""

    id: UUID
    contact: UUID
    reference: str
    kind: str  # suggestion, complaint
    kind_name: str
    unit_id: int
    unit_name: str
    text: str
    taken_in_at: datetime
    follow_up_by: datetime
    state: str  # open, answered
    overdue: bool
    answered_at: datetime | None


@dataclass(frozen=True)
class ComplaintPage:
    """A page of the follow-up list."""

    rows: tuple[ComplaintRow, ...]
    cursor: str  # of the next page; empty on the last one


@dataclass(frozen=True)
class ChecklistRow:
    """One task of a life event and how far it is for this citizen."""

    task: str
    title: str
    words: str  # what it is about in this event
    state: str  # none, in_progress, settled
    state_name: str
    contact: str  # reference of the contact it stands in; empty when none


@dataclass(frozen=True)
class ContactQuery:
    """What a list of contacts shows. `q`: reference, mail, phone, or words of the name or the subject."""

    q: str = ""
    state: str = ""  # a state, "open" for all not ended ("in_hand": being worked on), empty for all
    task: str = ""
    channel: str = ""
    unit: int | None = None
    handler: int | None = None
    since: date | None = None
    until: date | None = None  # this day included
    sort: str = "newest"  # newest, oldest
