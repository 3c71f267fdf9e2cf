"""Finding and opening cases (`/api/v1/cases`): a contact raises a case, and cases know of contacts only by id."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from indgang.core.cases import selectors as cases
from indgang.core.cases import services as case_services
from indgang.core.cases.api import CaseOut, checked, out, viewer_of
from indgang.core.cases.errors import CprInAddress, UnknownPerson, WordsTooLong
from indgang.core.cases.values import CaseQuery, RaisedBy, Sort
from indgang.core.citizens import services as citizens
from indgang.core.citizens.errors import WrongCpr
from indgang.core.citizens.values import normal_cpr
from indgang.core.contacts import selectors
from indgang.foundation.access.api import bearer
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.web.api import Cursor, Limit, Page, cursor_of, idempotent, place_of
from indgang.foundation.web.errors import BadCursor

router = Router(auth=bearer, tags=["cases"])


class CaseIn(Schema):
    """A new case. `citizen`: their id, or their CPR number (never in an address); `contact`: a reference."""

    task_id: str
    citizen: str | None = None
    title: str = ""
    contact: str | None = None
    unit: int | str | None = None
    raised_by: str = RaisedBy.APPLICATION.value
    level: int | None = Field(default=None, ge=1, le=3)
    life_event: str = ""


@router.get("/cases", response=Page[CaseOut], summary="Find cases")
def find(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    citizen: Annotated[str, Query("", max_length=40, description="The id of a citizen, never a CPR number.")],
    q: Annotated[str, Query("", max_length=120, description="A case number, or words of the title.")],
    closed: Annotated[bool, Query(False, description="Closed cases instead of open ones.")],
    mine: Annotated[bool, Query(False, description="Only those the key's owner handles.")],
    unit: Annotated[int | None, Query(None, ge=1, le=2**31 - 1)],
    task_id: Annotated[str, Query("", max_length=12)],
    progress: Annotated[str, Query("", max_length=10)],
    due: Annotated[str, Query("", max_length=10, description="overdue, today or week")],
) -> Page[CaseOut]:
    """Cases the key's owner may see, newest first."""
    query = CaseQuery(
        q=q, person=_citizen_id(citizen), closed=closed, mine=mine, unit=unit, task=task_id, progress=progress,
        due=due, sort=Sort.NEWEST,
    )  # fmt: skip
    page = cases.case_rows(viewer_of(request), query, _place(cursor), limit, at=clock.now())
    items = [CaseOut(**out(row)) for row in page.rows]
    return Page[CaseOut](items=items, cursor=cursor_of(page.cursor) if page.cursor else None)


@router.post("/cases", response={201: CaseOut}, summary="Open a case")
@idempotent
def open_case(request: HttpRequest, body: CaseIn) -> Status[dict[str, Any]]:
    """A case at the unit that has such cases; the same contact and task give the same case again."""
    viewer, at = viewer_of(request), clock.now()
    case = case_services.open_case(
        task=checked(body.task_id, "task_id", 12, WordsTooLong),
        person=_person(body.citizen, viewer),
        title=checked(body.title, "title", 255, WordsTooLong),
        contact=selectors.reachable(viewer, body.contact) if body.contact else None,
        unit=body.unit,
        raised_by=body.raised_by,
        level=body.level,
        life_event=body.life_event,
        viewer=viewer,
        at=at,
    )
    return Status(201, out(cases.row(viewer, case.id, at)))


def _person(citizen: str | None, viewer: Viewer) -> UUID | None:
    """A citizen by id; by CPR number the one who has it, registered now where nobody has."""
    if not citizen:
        return None
    try:
        return UUID(citizen)
    except ValueError:
        pass
    cpr = normal_cpr(citizen[:20])
    if cpr is None:
        raise WrongCpr(field="citizen") if any(sign.isdigit() for sign in citizen) else UnknownPerson
    return citizens.register_provisional("", "", "", clock.now(), cpr=cpr, viewer=viewer).id


def _citizen_id(text: str) -> UUID | None:
    if not text:
        return None
    if normal_cpr(text) is not None:
        raise CprInAddress
    try:
        return UUID(text)
    except ValueError:
        raise UnknownPerson from None


def _place(cursor: str) -> str:
    place = place_of(cursor)
    if place is None:
        return ""
    if len(place) != 1 or not isinstance(place[0], str):
        raise BadCursor
    return place[0]
