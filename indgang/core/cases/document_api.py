"""Documents of cases for other programs and for scripts with a personal key (`/api/v1/cases/{number}/documents`)."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile

from indgang.core.cases import selectors, services
from indgang.core.cases.case_api import checked, viewer_of
from indgang.core.cases.errors import CprInAddress, NothingToFind, WordsTooLong
from indgang.core.cases.values import DocumentHit, DocumentKind
from indgang.core.cases.writing import holds_cpr
from indgang.foundation.access.api import bearer
from indgang.foundation.runtime import clock
from indgang.foundation.web.api import Cursor, Limit, Page, cursor_of, idempotent, place_of
from indgang.foundation.web.errors import BadCursor

router = Router(auth=bearer, tags=["cases"])


class DocumentOut(Schema):
    """A document that stands on its case."""

    id: UUID
    title: str
    kind: str
    dated: datetime
    name: str
    media_type: str
    size: int
    pages: int | None
    damaged: str
    scan: str
    version: int


class FoundCaseOut(Schema):
    """The case a document that was found lies on."""

    number: str
    title: str
    task: str
    administration: str


class FoundDocumentOut(Schema):
    """A document that was found; `excerpt` is the text around the words, empty when only the title has them."""

    id: UUID
    title: str
    kind: str
    dated: datetime
    name: str
    media_type: str
    pages: int | None
    internal: bool
    excerpt: str
    case: FoundCaseOut


@router.get("/documents", response=Page[FoundDocumentOut], summary="Search inside documents")
def search(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    q: Annotated[
        str, Query(max_length=200, description="Words of the title or the text, all of them; never a CPR number.")
    ],
    case: Annotated[str, Query("", max_length=20, description="The number of a case: only its documents.")],
) -> Page[FoundDocumentOut]:
    """Documents of the cases the key's owner may see, newest first, at most 100 at a time.

    Words are found in their Danish forms, from four letters on also at the beginning of longer ones. Everybody whose
    document is in the answer has the look in their log.
    """
    viewer, at = viewer_of(request), clock.now()
    if holds_cpr(q):
        raise CprInAddress(field="q")
    one = selectors.case_id_of(viewer, case, at) if case else None
    place = place_of(cursor)
    if place is not None and (len(place) != 1 or not isinstance(place[0], str)):
        raise BadCursor
    last = str(place[0]) if place else ""
    found = selectors.search_documents(viewer, q, case=one, at=at, cursor=last, limit=limit)
    if not found.searched:
        raise NothingToFind
    return Page[FoundDocumentOut](
        items=[_found(hit) for hit in found.rows], cursor=cursor_of(found.cursor) if found.cursor else None
    )


@router.post("/cases/{number}/documents", response={201: DocumentOut}, summary="Put a file on a case")
@idempotent
def add_document(
    request: HttpRequest,
    number: str,
    file: File[UploadedFile],
    title: Form[str] = "",
    kind: Form[str] = DocumentKind.IN.value,
    internal: Form[bool] = False,
    internal_ground: Form[str] = "",
    channel: Form[str] = "",
) -> Status[dict[str, Any]]:
    """A form with one file, up to 25 MB with an `Idempotency-Key` and 60 MB without; larger ones by the case's page."""
    viewer, at = viewer_of(request), clock.now()
    case_id = selectors.case_id_of(viewer, number, at)
    document = services.add_document(
        case_id=case_id,
        title=checked(title, "title", 200, WordsTooLong),
        kind=kind,
        internal=internal,
        internal_ground=checked(internal_ground, "internal_ground", 200, WordsTooLong),
        channel=checked(channel, "channel", 14, WordsTooLong),
        name=file.name or "",
        claimed_type=file.content_type or "",
        viewer=viewer,
        at=at,
        **_content(file),
    )
    row = next(one for one in selectors.documents_of(viewer, case_id, at) if one.id == document.id)
    return Status(201, {name: getattr(row, name) for name in DocumentOut.model_fields})


def _content(file: UploadedFile) -> dict[str, Any]:
    if isinstance(file, TemporaryUploadedFile):
        return {"path": Path(file.temporary_file_path())}
    return {"content": file.read()}


def _found(hit: DocumentHit) -> FoundDocumentOut:
    document = {
        name: getattr(hit.document, name) for name in FoundDocumentOut.model_fields if hasattr(hit.document, name)
    }
    case = FoundCaseOut(
        number=hit.case_number, title=hit.case_title, task=hit.task_title, administration=hit.administration
    )
    return FoundDocumentOut(**{**document, "case": case, "excerpt": hit.excerpt_text})
