"""The answer to a request: put together, looked through, sent; the letter that it takes longer; export. Views."""

import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import AccessAnswer, AccessPage
from indgang.desks.workplace import case_pages
from indgang.desks.workplace.access_forms import AnswerForm, HoldForm, WithdrawForm
from indgang.desks.workplace.access_pages import on_request, refused, shown_page
from indgang.desks.workplace.access_views import show_request
from indgang.desks.workplace.case_pages import AnyForm
from indgang.desks.workplace.case_staff import shown
from indgang.desks.workplace.staff import goes_to, is_part, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime import services as runtime
from indgang.foundation.runtime.errors import DomainError


@require_POST
@on_request
def pack(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponse:
    """What is given is put together and proved; a job does it, and the page says when it is there."""
    try:
        services.order_package(request_id=key, viewer=viewer, at=at, version=_version(request))
    except DomainError as said:
        return show_request(request, viewer, key, at, error=refused(said))
    return redirect(reverse("workplace:access", args=[number]) + "#svaret")


@never_cache
@require_GET
@on_request
def packing(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponse:
    """How far the package is; the page itself when it is there, could not be made, or is asked for without script."""
    now = cases.packing(viewer, key, at)
    if not now.running or not is_part(request):
        return goes_to(request, "workplace:access", number)
    return render(request, "workplace/access/packing.html", {"packing": now, "number": number})


@require_GET
@on_request  # type: ignore[arg-type]  # a file is sent piece by piece
def package(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponseBase:
    """What was put together, as one zip."""
    with tempfile.TemporaryDirectory(dir=runtime.incoming_folder()) as aside:
        target = Path(aside) / "package.zip"
        name = cases.package_zip(viewer, key, target, at)
        content = target.open("rb")  # open before the folder goes; the file is read from there
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@on_request
def answer(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponse:
    """The answer is written, and leaves."""
    page = cases.access_page(viewer, key, at)
    granted = page.outcome == "granted"
    if request.method == "GET":
        form = AnswerForm(initial=_begun(page), granted=granted)
        return _form_page(request, viewer, page, form, "answer", at)
    form = AnswerForm(request.POST, granted=granted)
    if not form.is_valid():
        return _form_page(request, viewer, page, form, "answer", at, status=422)
    try:
        version = form.cleaned_data["version"] or page.version
        services.answer_access(request_id=key, answer=_answer(form), viewer=viewer, at=at, version=version)
    except DomainError as said:
        return _form_page(request, viewer, page, form, "answer", at, error=refused(said))
    return redirect(reverse("workplace:access", args=[number]) + "?sendt")


@require_POST
@on_request
def letter(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponse:
    """The letter as it would be sent."""
    page = cases.access_page(viewer, key, at)
    form = AnswerForm(request.POST, granted=page.outcome == "granted")
    if not form.is_valid():
        return _form_page(request, viewer, page, form, "answer", at, status=422)
    try:
        content = cases.preview_answer(request_id=key, answer=_answer(form), viewer=viewer, at=at)
    except DomainError as said:
        return _form_page(request, viewer, page, form, "answer", at, error=refused(said))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@on_request
def hold(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponse:
    """Why the answer takes longer, and by when it comes."""
    page = cases.access_page(viewer, key, at)
    if request.method == "GET":
        return _form_page(request, viewer, page, HoldForm(initial={"version": page.version}), "hold", at)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _form_page(request, viewer, page, form, "hold", at, status=422)
    facts = form.cleaned_data
    try:
        services.hold_access(
            request_id=key, until=facts["until"], ground=facts["ground"], way=facts["way"], viewer=viewer, at=at,
            version=facts["version"],
        )  # fmt: skip
    except DomainError as said:
        return _form_page(request, viewer, page, form, "hold", at, error=refused(said))
    return redirect("workplace:access", number)


@never_cache
@require_http_methods(["GET", "POST"])
@on_request
def withdraw(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponse:
    """The requester took it back."""
    page = cases.access_page(viewer, key, at)
    if request.method == "GET":
        return _form_page(request, viewer, page, WithdrawForm(initial={"version": page.version}), "withdraw", at)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _form_page(request, viewer, page, form, "withdraw", at, status=422)
    facts = form.cleaned_data
    try:
        services.withdraw_access(request_id=key, ground=facts["ground"], viewer=viewer, at=at, version=facts["version"])
    except DomainError as said:
        return _form_page(request, viewer, page, form, "withdraw", at, error=refused(said))
    return redirect("workplace:access", number)


@require_GET
@staff_only  # type: ignore[arg-type]  # a file is sent piece by piece
def export(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponseBase:
    """The whole case as a zip, made while it is sent."""
    at = clock.now()
    purpose = case_pages.kept_purpose(request, number, at)
    name, pieces = services.export_case(number=number, purpose=purpose, viewer=viewer, at=at)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _form_page(
    request: HttpRequest,
    viewer: Viewer,
    page: AccessPage,
    form: AnyForm,
    what: str,
    at: datetime,
    *,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    headings = {
        "answer": gettext("Skriv svaret"),
        "hold": gettext("Svaret tager længere tid"),
        "withdraw": gettext("Anmodningen trækkes tilbage"),
    }
    context: dict[str, object] = {
        "access": page, "fields": shown(form), "form": form if form.is_bound else None, "error": error, "what": what,
        "heading": headings[what], "action": reverse(f"workplace:access-{what}", args=[page.row.number]),
    }  # fmt: skip
    return shown_page(request, viewer, "form", context, at=at, status=error.status if error else status)


def _begun(page: AccessPage) -> dict[str, object]:
    return {
        "version": page.version,
        "appeal_body": page.appeal_body,
        "appeal_by": page.appeal_by,
        "way": "print" if page.postal else "counter",
    }


def _answer(form: AnswerForm) -> AccessAnswer:
    facts = form.cleaned_data
    return AccessAnswer(
        reasons=facts.get("reasons", ""),
        appeal_body=facts.get("appeal_body", ""),
        appeal_by=facts.get("appeal_by"),
        appeal_way=facts.get("appeal_way", ""),
        appeal_what=facts.get("appeal_what", ""),
        way=facts["way"],
    )


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
