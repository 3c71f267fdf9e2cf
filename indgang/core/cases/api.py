"""Cases for other programs and for scripts with a personal key (`/api/v1/cases/{number}`).

Finding and opening them stands with contacts, which raise them.
"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from indgang.core.cases import selectors, services
from indgang.core.cases.case_api import LONGEST, CaseFull, HandOverIn, NoteIn, NoteOut, OpinionIn, OpinionOut, full
from indgang.core.cases.case_api import CaseOut as CaseOut
from indgang.core.cases.case_api import checked as checked
from indgang.core.cases.case_api import out as out
from indgang.core.cases.case_api import viewer_of as viewer_of
from indgang.core.cases.decision_api import router as decisions
from indgang.core.cases.document_api import router as documents
from indgang.core.cases.errors import WordsTooLong
from indgang.foundation.access.api import bearer
from indgang.foundation.access.values import Purpose
from indgang.foundation.runtime import clock
from indgang.foundation.web.api import idempotent

router = Router(auth=bearer, tags=["cases"])
ReasonParam = Annotated[
    str, Query("", max_length=40, description="A reason of the list, where the case is not one's own work.")
]
_NOTES = 50


@router.get("/cases/{number}", response=CaseFull, summary="Read a case")
def read(request: HttpRequest, number: str, reason: ReasonParam) -> dict[str, Any]:
    """The whole case with the newest notes of its journal; the look is logged."""
    viewer, at = viewer_of(request), clock.now()
    purpose = Purpose("reason", reason) if reason else None
    page = selectors.case(viewer, number, purpose=purpose, at=at)
    notes = selectors.entries_of(viewer, page.id, limit=_NOTES, at=at)
    return full(page) | {
        "notes": [
            {
                "id": one.id, "at": one.at, "kind": one.kind, "theme": one.theme, "body": one.body,
                "channel": one.channel, "author": one.author_name, "internal": one.internal,
            }
            for one in notes.rows
        ],
        "documents": [
            {
                "id": one.id, "title": one.title, "kind": one.kind, "dated": one.dated, "name": one.name,
                "media_type": one.media_type, "size": one.size, "versions": one.current, "internal": one.internal,
            }
            for one in selectors.documents_of(viewer, page.id, at)
        ],
    }  # fmt: skip


@router.post("/cases/{number}/notes", response={201: NoteOut}, summary="Add a note to a case")
@idempotent
def add_note(request: HttpRequest, number: str, body: NoteIn) -> Status[dict[str, Any]]:
    """A line of its journal."""
    viewer, at = viewer_of(request), clock.now()
    entry = services.add_note(
        case_id=selectors.case_id_of(viewer, number, at),
        theme=checked(body.theme, "theme", 160, WordsTooLong),
        body=checked(body.body, "body", LONGEST, WordsTooLong),
        oral_facts=body.oral_facts,
        internal=body.internal,
        internal_ground=checked(body.internal_ground, "internal_ground", 200, WordsTooLong),
        channel=checked(body.channel, "channel", 14, WordsTooLong),
        viewer=viewer,
        at=at,
    )
    made = {"id": entry.id, "at": entry.at, "kind": entry.kind, "theme": entry.theme, "body": entry.body}
    return Status(201, made | {"channel": entry.channel, "author": entry.author, "internal": entry.internal})


@router.post("/cases/{number}/hand-over", response=CaseOut, summary="Hand a case over")
@idempotent
def hand_over(request: HttpRequest, number: str, body: HandOverIn) -> dict[str, Any]:
    """A unit or a person goes on with it; everything on it stays."""
    viewer, at = viewer_of(request), clock.now()
    case_id = selectors.case_id_of(viewer, number, at)
    services.hand_over(
        case_id=case_id,
        unit=body.to.unit,
        employee=body.to.employee,
        note=checked(body.note, "note", LONGEST, WordsTooLong),
        deadline=body.deadline,
        owner_moves=body.owner_moves,
        viewer=viewer,
        at=at,
        version=body.version,
    )
    return out(selectors.row(viewer, case_id, at))


router.add_router("", decisions)
router.add_router("", documents)


@router.post("/cases/{number}/opinions", response={201: OpinionOut}, summary="Ask a specialist about a case")
@idempotent
def ask_opinion(request: HttpRequest, number: str, body: OpinionIn) -> Status[dict[str, Any]]:
    """Whoever is asked may read the case until they have answered; the case stays where it is."""
    viewer, at = viewer_of(request), clock.now()
    asked = services.ask_opinion(
        case_id=selectors.case_id_of(viewer, number, at),
        question=checked(body.question, "question", LONGEST, WordsTooLong),
        answer_by=body.answer_by,
        unit=body.to.unit,
        employee=body.to.employee,
        viewer=viewer,
        at=at,
        version=body.version,
    )
    made = {"id": asked.id, "question": asked.question, "answer_by": asked.answer_by, "answered_at": asked.answered_at}
    return Status(201, made)
