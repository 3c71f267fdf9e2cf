"""The status page of a contact and the download of its files."""

import hashlib

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from indgang.core.contacts import selectors
from indgang.foundation.access.values import PUBLIC
from indgang.foundation.runtime import clock
from indgang.foundation.runtime import services as runtime
from indgang.foundation.web import services as web

_LOOKS_PER_MINUTE = 30


@require_GET
def status(request: HttpRequest, secret: str) -> HttpResponse:
    """How far the writer's contact is; the link is the key, so it is neither indexed, cached nor passed on."""
    caller = hashlib.sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()[:24]
    web.rate_limit(f"status:{caller}", _LOOKS_PER_MINUTE, 60, clock.now())
    page = selectors.by_secret(secret)
    if page is None:
        raise Http404
    response = render(request, "contacts/status.html", {"page": page})
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"  # without any, the browser sends our own forms as if from nowhere
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def attachment(request: HttpRequest, attachment_id: int) -> FileResponse:
    """A file as a download, whatever its type: nothing that came in runs in an employee's browser."""
    viewer = getattr(request, "viewer", PUBLIC)
    stored = selectors.attachment(viewer, attachment_id, clock.now())
    response = FileResponse(
        runtime.open_file(stored.digest),
        as_attachment=True,
        filename=stored.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
