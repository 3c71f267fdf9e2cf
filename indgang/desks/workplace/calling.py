"""A call to the citizen: promised, tried, reached or given up. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.contacts import services as contacts
from indgang.desks.workplace import pages
from indgang.desks.workplace.around_forms import CalledForm, CallForm
from indgang.desks.workplace.staff import dialog, refused_form, staff_only, stays_with
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def call(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Promise the citizen a call, or, where one is promised, say what came of it."""
    at = clock.now()
    if request.method == "GET":
        item, page = pages.opened(viewer, item_id, at)
        waiting = page.call_back if page.call_back and page.call_back.state == "requested" else None
        context = {"item": item, "page": page, "call": waiting, "draft": page.drafts.get("call"), "now": at}
        return dialog(request, viewer, "call", gettext("Opkald til borgeren"), context)
    form = CallForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    contact_id = pages.contact_in_hand(viewer, item_id, at)
    begins, ends = form.window()
    contacts.request_call_back(
        contact_id=contact_id,
        phone=form.cleaned_data["phone"],
        not_before=begins,
        not_after=ends,
        note=form.cleaned_data["note"],
        viewer=viewer,
        at=at,
    )
    _forget_draft(contact_id, viewer)
    return stays_with(request, viewer, item_id)


@require_POST
@staff_only
def called(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Reached, nobody there, or given up."""
    form = CalledForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    at, facts = clock.now(), form.cleaned_data
    contact_id = pages.contact_in_hand(viewer, item_id, at)
    contacts.record_call_back(
        contact_id=contact_id,
        result=facts["result"],
        note=facts["note"],
        next_try=form.next_try() if facts["result"] == "no_answer" else None,
        viewer=viewer,
        at=at,
    )
    _forget_draft(contact_id, viewer)
    return stays_with(request, viewer, item_id)


def _forget_draft(contact_id: UUID, viewer: Viewer) -> None:
    employee = pages.employee_of(viewer)
    contacts.save_draft(
        contact_id=contact_id, employee_id=employee, field="call", text="", viewer=viewer, at=clock.now()
    )
