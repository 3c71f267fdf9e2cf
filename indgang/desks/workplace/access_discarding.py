"""What may be deleted: the report, the approval by somebody else, the deleting. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.desks.workplace.access_forms import CutOffForm
from indgang.desks.workplace.access_pages import refused, shown_page
from indgang.desks.workplace.case_staff import shown
from indgang.desks.workplace.staff import asks_others, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

APPROVE, WITHDRAW, RUN = "godkend", "traek-tilbage", "slet"


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def reports(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The reports, and a new one."""
    at = clock.now()
    form = CutOffForm(request.POST if request.method == "POST" else None)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = services.report_discard(cut_off=form.day(), viewer=viewer, at=at)
            return redirect("workplace:discard-report", made.id)
        except DomainError as said:
            error = refused(said)
    wrong = request.method == "POST"
    context: dict[str, object] = {
        "reports": cases.discard_reports(viewer), "fields": shown(form), "form": form if wrong else None,
        "error": error,
    }  # fmt: skip
    return shown_page(request, viewer, "discard", context, at=at, status=422 if wrong else 200)


@never_cache
@require_GET
@staff_only
def report(request: HttpRequest, viewer: Viewer, run_id: UUID) -> HttpResponse:
    """One report with its lines."""
    return _shown(request, viewer, run_id)


@require_POST
@staff_only
@asks_others
def settle(request: HttpRequest, viewer: Viewer, run_id: UUID, what: str) -> HttpResponse:
    """Approve it, withdraw it, or delete what an approved one says."""
    at = clock.now()
    version = request.POST.get("version", "")
    try:
        if what == APPROVE and version.isascii() and version.isdigit():
            services.approve_discard(run_id=run_id, viewer=viewer, at=at, version=int(version[:9]))
        elif what == WITHDRAW:
            services.withdraw_discard(run_id=run_id, viewer=viewer, at=at)
        elif what == RUN:
            services.run_discard(run_id=run_id, viewer=viewer, at=at)
        else:
            raise NotFound
    except DomainError as said:
        return _shown(request, viewer, run_id, error=refused(said))
    return redirect("workplace:discard-report", run_id)


def _shown(request: HttpRequest, viewer: Viewer, run_id: UUID, *, error: DomainError | None = None) -> HttpResponse:
    context: dict[str, object] = {"run": cases.discard_report(viewer, run_id), "error": error}
    return shown_page(request, viewer, "discard_report", context, at=clock.now(), status=error.status if error else 200)
