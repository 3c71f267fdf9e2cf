"""The shapes of cases in the JSON interface."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import AwareDatetime

from indgang.core.cases.case_values import CasePage, CaseRow
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.errors import DomainError

LONGEST = 20_000  # characters of a note


class CaseOut(Schema):
    """A case as lists have it."""

    number: str
    title: str
    task_id: str
    citizen: UUID | None
    administration: str
    unit: str
    handler: str
    progress: str
    waiting: str
    result: str
    opened_at: datetime
    deadline: datetime | None
    overdue: bool
    closed_at: datetime | None
    version: int


class PartyOut(Schema):
    """Somebody a case concerns."""

    role: str
    citizen: UUID | None
    name: str
    valid_to: datetime | None


class StepOut(Schema):
    """Something to do on a case, or done."""

    id: UUID
    kind: str
    title: str
    unit: str
    employee: str
    due_at: datetime | None
    done_at: datetime | None
    withdrawn: bool


class DeadlineOut(Schema):
    """A day by which something must be done."""

    kind: str
    due_at: datetime
    first_due_at: datetime
    met_at: datetime | None
    overdue: bool


class ProgressOut(Schema):
    """One line of the history of a case's progress."""

    progress: str
    at: datetime
    ground: str


class RelatedOut(Schema):
    """Another case this one stands to."""

    number: str
    kind: str
    title: str


class NoteOut(Schema):
    """A line of the journal."""

    id: UUID
    at: datetime
    kind: str
    theme: str
    body: str
    channel: str
    author: str
    internal: bool


class CaseDocumentOut(Schema):
    """A document of a case; its versions are downloaded from its own address."""

    id: UUID
    title: str
    kind: str
    dated: datetime
    name: str
    media_type: str
    size: int
    versions: int
    internal: bool


class CaseFull(CaseOut):
    """A case with all its parts; `notes` are the newest of its journal."""

    legal_basis: str
    sensitivity: str
    raised_by: str
    level: int
    life_event: str
    parties: list[PartyOut]
    steps: list[StepOut]
    deadlines: list[DeadlineOut]
    history: list[ProgressOut]
    related: list[RelatedOut]
    notes: list[NoteOut]
    documents: list[CaseDocumentOut]


class NoteIn(Schema):
    """A note: a short theme, and words. `oral_facts`: facts told by mouth that a decision may rest on."""

    theme: str
    body: str = ""
    oral_facts: bool = False
    internal: bool = False
    internal_ground: str = ""
    channel: str = ""


class ReceiverIn(Schema):
    """Exactly one receiver: the code (or id) of a unit, or the id of an employee."""

    unit: int | str | None = None
    employee: int | None = Field(default=None, ge=1, le=2**31 - 1)


class HandOverIn(Schema):
    """Who goes on with the case, what they must know, and by when."""

    to: ReceiverIn
    note: str
    deadline: AwareDatetime | None = None
    owner_moves: bool = False
    version: int | None = None


class OpinionIn(Schema):
    """A question to a specialist: to a unit or an employee, answered by a day."""

    to: ReceiverIn
    question: str
    answer_by: date
    version: int | None = None


class OpinionOut(Schema):
    """A question that was asked."""

    id: UUID
    question: str
    answer_by: datetime
    answered_at: datetime | None


def viewer_of(request: HttpRequest) -> Viewer:
    """Whose key it is."""
    with_viewer: Any = request
    viewer: Viewer = with_viewer.viewer
    return viewer


def out(row: CaseRow) -> dict[str, Any]:
    """A row of a list as programs get it."""
    return {
        "number": row.number,
        "title": row.title,
        "task_id": row.task,
        "citizen": row.person,
        "administration": row.administration,
        "unit": row.unit_name,
        "handler": row.handler_name,
        "progress": row.progress,
        "waiting": row.waiting,
        "result": row.result,
        "opened_at": row.opened_at,
        "deadline": row.deadline,
        "overdue": row.overdue,
        "closed_at": row.closed_at,
        "version": row.version,
    }


def full(page: CasePage) -> dict[str, Any]:
    """A whole case but for its journal and documents."""
    return out(page.row) | {
        "legal_basis": page.legal_basis,
        "sensitivity": page.sensitivity,
        "raised_by": page.raised_by,
        "level": page.level,
        "life_event": page.course.life_event if page.course else "",
        "parties": [
            {"role": one.role, "citizen": one.person, "name": one.name, "valid_to": one.valid_to}
            for one in page.parties
        ],
        "steps": [
            {
                "id": one.id, "kind": one.kind, "title": one.title, "unit": one.unit_name,
                "employee": one.employee_name, "due_at": one.due_at, "done_at": one.done_at,
                "withdrawn": one.withdrawn,
            }
            for one in page.steps
        ],
        "deadlines": page.deadlines,
        "history": page.history,
        "related": page.related,
    }  # fmt: skip


def checked(text: str, field: str, longest: int, refused: type[DomainError]) -> str:
    """A text that is not too long; `refused` else."""
    if len(text) > longest:
        raise refused(field=field, longest=longest)
    return text
