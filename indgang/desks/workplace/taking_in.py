"""What else is done in a contact: forms and leaflets sent, suggestions and complaints taken in. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indgang.core.contacts import selectors, services
from indgang.core.contacts.values import ContactPage, MaterialRow
from indgang.core.organisation import selectors as organisation
from indgang.desks.workplace import pages
from indgang.desks.workplace.around_forms import AnsweredForm, ComplaintForm, MaterialForm
from indgang.desks.workplace.staff import dialog, frame, goes_to, refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def material(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Send a form or a leaflet, by mail or by letter."""
    at = clock.now()
    if request.method == "GET":
        item, page = pages.opened(viewer, item_id, at)
        context = {"item": item, "page": page, "materials": _materials(page)}
        return dialog(request, viewer, "material", gettext("Send blanket eller materiale"), context)
    form = MaterialForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    contact_id = pages.contact_in_hand(viewer, item_id, at)
    services.send_material(contact_id=contact_id, viewer=viewer, at=at, **form.cleaned_data)
    return goes_to(request, "workplace:item", item_id)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def complaint(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """A suggestion or complaint: the citizen gets a receipt, and a unit answers by a date."""
    at = clock.now()
    if request.method == "GET":
        item, page = pages.opened(viewer, item_id, at)
        context = {
            "item": item,
            "page": page,
            "units": organisation.units(at=at),
            "own_unit": page.card.unit_id,
            "draft": page.drafts.get("complaint"),
        }
        return dialog(request, viewer, "complaint", gettext("Forslag eller klage"), context)
    form = ComplaintForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    contact_id = pages.contact_in_hand(viewer, item_id, at)
    facts = form.cleaned_data
    services.take_in_complaint(
        contact_id=contact_id, kind=facts["kind"], about_unit=facts["unit"], text=facts["text"], viewer=viewer, at=at
    )
    employee = pages.employee_of(viewer)
    services.save_draft(contact_id=contact_id, employee_id=employee, field="complaint", text="", viewer=viewer, at=at)
    return goes_to(request, "workplace:item", item_id)


@never_cache
@require_GET
@staff_only
def complaints(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Suggestions and complaints to follow up, the most urgent first."""
    at = clock.now()
    state = "answered" if request.GET.get("tilstand") == "besvaret" else "open"
    found = selectors.complaints(viewer, state, request.GET.get("fra", "")[:80], at=at)
    selectors.listed(viewer, {row.contact for row in found.rows}, at)
    context: dict[str, object] = {"found": found, "state": state}
    return render(request, "workplace/complaints.html", {**frame(viewer, pages.my_work(viewer, at), at), **context})


@require_POST
@staff_only
def answer_complaint(request: HttpRequest, viewer: Viewer, complaint_id: UUID) -> HttpResponse:
    """What was answered, for whoever asks later."""
    form = AnsweredForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.answer_complaint(complaint_id=complaint_id, note=form.cleaned_data["note"], viewer=viewer, at=clock.now())
    return redirect("workplace:complaints")


def _materials(page: ContactPage) -> list[MaterialRow]:
    """Those of the contact's tasks, or all when it has none."""
    found: dict[str, MaterialRow] = {}
    for code in [row.code for row in page.tasks] or [""]:
        found |= {row.code: row for row in selectors.materials(code, page.card.language)}
    return list(found.values()) or selectors.materials("", page.card.language)
