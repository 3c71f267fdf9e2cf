"""Documents of cases for other programs and for scripts with a personal key (`/api/v1/cases/{number}/documents`)."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status, UploadedFile

from indgang.core.cases import selectors, services
from indgang.core.cases.case_api import checked, viewer_of
from indgang.core.cases.errors import WordsTooLong
from indgang.core.cases.values import DocumentKind
from indgang.foundation.access.api import bearer
from indgang.foundation.runtime import clock
from indgang.foundation.web.api import idempotent

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
