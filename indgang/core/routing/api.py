"""Work for agents' own programs and scripts, with a personal key; the waiting list with any key (`/api/v1/work`)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from indgang.core.contacts.values import Outcome
from indgang.core.routing import selectors, services
from indgang.core.routing.rights import employee_of
from indgang.core.routing.rows import item_rows
from indgang.core.routing.values import AgentRow, ItemRow, Refusal, TransferTarget
from indgang.foundation.access.api import bearer, personal_bearer
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.web.api import Cursor, Limit, Page, cursor_of, idempotent, place_of
from indgang.foundation.web.errors import BadCursor

router = Router(auth=personal_bearer, tags=["work"])
_BIGGEST = 2**31 - 1


class ItemOut(Schema):
    """Something that waits for a person or is in somebody's hands; nothing personal."""

    id: UUID
    reference: str
    medium: str
    subject: str
    task_id: str
    state: str
    due_at: datetime
    waiting_seconds: int
    group: str
    level: int
    agent: str | None = None


class StateOut(Schema):
    """An agent's own state."""

    state: str
    reason: str
    since: datetime | None = None


class StateIn(Schema):
    """The state an agent chooses: available, pause or offline."""

    state: str
    reason: str = Field(default="", max_length=60)


class DeclineIn(Schema):
    """Why not: busy, competence, conflict or other."""

    reason: str = Refusal.OTHER.value


class FinishIn(Schema):
    """How the contact ended, if it is still open."""

    outcome: str = Outcome.INFORMED.value


class ToIn(Schema):
    """Exactly one receiver."""

    unit: int | str | None = None
    group: str | None = None
    employee: int | None = Field(default=None, ge=1, le=_BIGGEST)


class TransferIn(Schema):
    """To whom, and what they must know."""

    to: ToIn
    note: str


@router.post("/work/next", response={200: ItemOut, 204: None}, summary="Take the next work")
@idempotent
def take_next(request: HttpRequest) -> Any:
    """The most urgent item I am able to take, in my hands at once; 204 when there is none."""
    viewer, at = _viewer(request), clock.now()
    item = services.take_next(employee_id=employee_of(viewer), viewer=viewer, at=at)
    return _item_out(item_rows([item], at)[0]) if item else Status(204, None)


@router.post("/work/{uuid:item_id}/accept", response=ItemOut, summary="Take the work offered to me")
@idempotent
def accept(request: HttpRequest, item_id: UUID) -> ItemOut:
    """Accepting again changes nothing; 409 when it went to somebody else."""
    viewer, at = _viewer(request), clock.now()
    return _item_out(item_rows([services.accept(item_id=item_id, viewer=viewer, at=at)], at)[0])


@router.post("/work/{uuid:item_id}/decline", response={204: None}, summary="Decline the work offered to me")
@idempotent
def decline(request: HttpRequest, item_id: UUID, body: DeclineIn | None = None) -> Any:
    """A colleague is offered it at once."""
    reason = body.reason if body else Refusal.OTHER.value
    services.decline(item_id=item_id, reason=reason, viewer=_viewer(request), at=clock.now())
    return Status(204, None)


@router.post("/work/{uuid:item_id}/transfer", response={204: None}, summary="Hand my work on")
@idempotent
def transfer(request: HttpRequest, item_id: UUID, body: TransferIn) -> Any:
    """It keeps its place in the queue, its conversation and its notes."""
    to = TransferTarget(unit=body.to.unit, group=body.to.group, employee=body.to.employee)
    services.transfer(item_id=item_id, to=to, note=body.note, viewer=_viewer(request), at=clock.now())
    return Status(204, None)


@router.post("/work/{uuid:item_id}/finish", response={204: None}, summary="Finish my work")
@idempotent
def finish(request: HttpRequest, item_id: UUID, body: FinishIn | None = None) -> Any:
    """A contact that is still open is closed with the outcome."""
    outcome = body.outcome if body else Outcome.INFORMED.value
    services.finish(item_id=item_id, viewer=_viewer(request), at=clock.now(), outcome=outcome)
    return Status(204, None)


@router.put("/work/state", response=StateOut, summary="Set my state")
@idempotent
def set_state(request: HttpRequest, body: StateIn) -> StateOut:
    """Available, pause or offline; the answer says what it became (busy with work in hand)."""
    viewer, at = _viewer(request), clock.now()
    me = employee_of(viewer)
    services.set_state(employee_id=me, mode=body.state, reason=body.reason, at=at, viewer=viewer)
    return _state_out(selectors.my_work(me, at).state)


@router.get("/work/queue", response=Page[ItemOut], auth=bearer, summary="What waits and who has what")
def queue(request: HttpRequest, limit: Limit, cursor: Cursor) -> Page[ItemOut]:
    """Open work by due time, as far as the key's owner may act on it."""
    place = place_of(cursor)
    rows = selectors.queue(_viewer(request), limit + 1, _place(place), at=clock.now())
    more = cursor_of(*selectors.cursor_of(rows[limit - 1]).split("_")) if len(rows) > limit else None
    return Page[ItemOut](items=[_item_out(row) for row in rows[:limit]], cursor=more)


def _viewer(request: HttpRequest) -> Viewer:
    with_viewer: Any = request
    viewer: Viewer = with_viewer.viewer
    return viewer


def _place(place: list[str | int] | None) -> str:
    """The cursor the selector understands; BadCursor (422)."""
    if place is None:
        return ""
    try:
        due, key = place
        return f"{datetime.fromisoformat(str(due)).isoformat()}_{UUID(str(key))}"
    except ValueError:
        raise BadCursor from None


def _item_out(row: ItemRow) -> ItemOut:
    return ItemOut(
        id=row.id,
        reference=row.reference,
        medium=row.medium,
        subject=row.subject,
        task_id=row.task_id,
        state=row.state,
        due_at=row.due_at,
        waiting_seconds=row.waiting_seconds,
        group=row.group,
        level=row.level,
        agent=row.agent,
    )


def _state_out(row: AgentRow) -> StateOut:
    return StateOut(state=row.mode, reason=row.reason, since=row.since)
