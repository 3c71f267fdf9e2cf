"""The overview of one citizen: contacts, cases of all administrations, decisions, days, papers, registers. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.citizens import selectors as citizens
from indgang.desks.workplace import case_pages, overview_pages, pages
from indgang.desks.workplace.case_staff import shown
from indgang.desks.workplace.overview_forms import CitizenReasonForm
from indgang.desks.workplace.staff import frame, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_GET
@staff_only
def citizen(request: HttpRequest, viewer: Viewer, person_id: UUID) -> HttpResponse:
    """Everything of the citizen this employee may see; without a purpose they are asked for a reason first."""
    at = clock.now()
    purpose, query, contact = overview_pages.purpose_of(request, person_id, at)
    if purpose is None:
        return _ask_reason(request, viewer, person_id, CitizenReasonForm(), at, status=403)
    try:
        page = overview_pages.citizen(viewer, person_id, purpose, at, query=query, contact=contact)
    except NotFound:  # that was a refused look, and it is in the log
        return _ask_reason(request, viewer, person_id, CitizenReasonForm(), at, status=403)
    context = {**frame(viewer, pages.my_work(viewer, at), at), "citizen": page}
    return render(request, "workplace/overview/page.html", context)


@never_cache
@require_GET
@staff_only
def register(request: HttpRequest, viewer: Viewer, person_id: UUID, code: str) -> HttpResponse:
    """One register of the page asked once more; the page itself where a part cannot be put in its place."""
    at = clock.now()
    purpose, query, _contact = overview_pages.purpose_of(request, person_id, at)
    if purpose is None:
        raise NotFound
    if not request.headers.get("HX-Request"):
        return redirect(f"/arbejdsplads/borger/{person_id}{query}")
    card = overview_pages.one_register(viewer, person_id, code[:20], purpose, at)
    if card is None:
        raise NotFound
    context = {"source": card, "person_id": person_id, "query": query, "again": True}
    return render(request, "workplace/overview/parts/register.html", context)


@require_POST
@staff_only
def reason(request: HttpRequest, viewer: Viewer, person_id: UUID) -> HttpResponse:
    """The reason is stated; from now on each look at the citizen stands on it for an hour, and is counted."""
    at = clock.now()
    form = CitizenReasonForm(request.POST)
    if not form.is_valid():
        return _ask_reason(request, viewer, person_id, form, at, status=422)
    kept = Purpose("reason", form.cleaned_data["reason"])
    case_pages.keep_purpose(request, overview_pages.kept_as(person_id), kept, at)
    return redirect("workplace:citizen", person_id)


def _ask_reason(
    request: HttpRequest, viewer: Viewer, person_id: UUID, form: CitizenReasonForm, at: datetime, *, status: int
) -> HttpResponse:
    """Why somebody wants to see a citizen they have no contact or case with; whether there is one is not said."""
    if not citizens.is_known(person_id):
        raise NotFound
    context = {**frame(viewer, pages.my_work(viewer, at), at), "person_id": person_id, "fields": shown(form)}
    return render(request, "workplace/overview/reason.html", context, status=status)
