"""A complaint at the administration that owns the decision: by when it is looked at again, and the outcome. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.desks.workplace import case_journal
from indgang.desks.workplace.case_deciding_forms import ComplaintDayForm, ReassessForm
from indgang.desks.workplace.case_staff import case_dialog, shown, to_case
from indgang.desks.workplace.staff import refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def reassess(request: HttpRequest, viewer: Viewer, number: str, complaint_id: UUID) -> HttpResponse:
    """The decision is taken up again, the complaint goes on, or the citizen took it back."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        kept = case_journal.drafts(viewer, case.id, at)
        context: dict[str, object] = {
            "fields": shown(ReassessForm(), number=number, part="reassess", drafts=kept),
            "form_id": "vurder",
            "action": reverse("workplace:case-reassess", args=[number, complaint_id]),
            "button": gettext("Gem vurderingen"),
        }
        return case_dialog(request, viewer, gettext("Vurdér afgørelsen igen"), context)
    form = ReassessForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.reassess(complaint_id=complaint_id, viewer=viewer, at=at, **form.cleaned_data)
    case_journal.forget(viewer, case.id, "reassess")
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def deadline(request: HttpRequest, viewer: Viewer, number: str, complaint_id: UUID) -> HttpResponse:
    """By when the decision is looked at again, and the rule that says so."""
    at = clock.now()
    cases.reached(viewer, number, at)
    if request.method == "GET":
        context: dict[str, object] = {
            "fields": shown(ComplaintDayForm()),
            "form_id": "klagefrist",
            "action": reverse("workplace:case-complaint-deadline", args=[number, complaint_id]),
            "button": gettext("Sæt fristen"),
        }
        return case_dialog(request, viewer, gettext("Sæt en frist for klagen"), context)
    form = ComplaintDayForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    services.set_complaint_deadline(
        complaint_id=complaint_id, answer_by=facts["day"], rule=facts["rule"], viewer=viewer, at=at
    )
    return to_case(request, number)
