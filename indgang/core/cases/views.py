"""Files of documents and pictures of their pages, for employees; nothing that came in runs in their browser."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from indgang.core.cases import selectors
from indgang.core.cases.document_errors import FileMissing
from indgang.foundation.access.values import PUBLIC
from indgang.foundation.runtime import clock
from indgang.foundation.runtime import services as runtime

_WIDTH = 1200
_WIDEST = 2400


@require_GET
def download(request: HttpRequest, document_id: UUID, number: int) -> FileResponse:
    """A version of a document as a download, whatever its type; `formaal` names another purpose than one's own work."""
    viewer, at = getattr(request, "viewer", PUBLIC), clock.now()
    purpose = selectors.purpose_asked(request.GET.get("formaal", ""))
    file = selectors.download(viewer, document_id, version=number, purpose=purpose, at=at)
    try:
        content = runtime.open_file(file.digest)
    except FileNotFoundError:
        raise FileMissing(name=file.name) from None
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type="application/octet-stream")
    _close(response)
    return response


@require_GET
def page(request: HttpRequest, document_id: UUID, number: int) -> HttpResponse:
    """A page as a picture; `v` names the version, `bredde` the width."""
    viewer, at = getattr(request, "viewer", PUBLIC), clock.now()
    purpose = selectors.purpose_asked(request.GET.get("formaal", ""))
    version, width = _number(request, "v"), _number(request, "bredde") or _WIDTH
    picture = selectors.preview(
        viewer, document_id, number, min(width, _WIDEST), version=version, purpose=purpose, at=at
    )
    response = HttpResponse(picture, content_type="image/png")
    _close(response)
    return response


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _close(response: HttpResponseBase) -> None:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
