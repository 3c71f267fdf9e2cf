"""From a contact to its cases: what the citizen has, a new case of each task, or one it belongs to. Views."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.selectors import normal_number
from indgang.core.cases.values import CaseRow
from indgang.core.contacts.values import ContactPage
from indgang.desks.workplace import case_pages, pages
from indgang.desks.workplace.case_forms import LinkForm, OpenCaseForm
from indgang.desks.workplace.case_staff import case_dialog, shown
from indgang.desks.workplace.staff import another_citizen, goes_to, refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_GET
@staff_only
def of_citizen(request: HttpRequest, viewer: Viewer, contact_id: UUID, person_id: UUID) -> HttpResponse:
    """The citizen's cases, beside a contact of theirs: the contact is the purpose."""
    at = clock.now()
    purpose = Purpose("contact", str(contact_id))
    try:
        found = cases.cases_of_person(viewer, person_id, purpose=purpose, at=at)
    except NotFound:
        return another_citizen(request, viewer, contact_id, person_id, at)
    context = {"found": found, "contact_id": contact_id}
    return render(request, "workplace/case/parts/of_citizen.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def open_cases(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """A case of each task that is chosen, all or none; what was said stays on the contact and is in their journals."""
    at = clock.now()
    _item, page = pages.opened(viewer, item_id, at)
    if request.method == "GET":
        panels = pages.panels(viewer, page.tasks, at)
        may_keep = any(panel.own_level > 1 for panel in panels)
        context: dict[str, object] = {
            "page": page,
            "panels": panels,
            "fields": [one for one in shown(OpenCaseForm()) if may_keep or one.field.name != "mine"],
            "action": reverse("workplace:open-cases", args=[item_id]),
        }
        return case_dialog(request, viewer, gettext("Opret sag"), context, name="open")
    form = OpenCaseForm(request.POST)
    chosen = [row.code for row in page.tasks if row.code in request.POST.getlist("task")]
    if form.is_valid() and page.card.person is None:
        form.add_error(None, gettext("Vælg først, hvilken borger henvendelsen er fra."))
    if form.is_valid() and not chosen:
        form.add_error(None, gettext("Vælg mindst en opgave, der skal være en sag."))
    if not form.is_valid():
        return refused_form(request, form)
    numbers = _opened(viewer, page, chosen, form, at)
    return _to_first(request, page, numbers, at)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def link(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The contact belongs to a case that is there already."""
    at = clock.now()
    _item, page = pages.opened(viewer, item_id, at)
    if request.method == "GET":
        context: dict[str, object] = {
            "fields": shown(LinkForm()),
            "form_id": "knyt",
            "action": reverse("workplace:link-case", args=[item_id]),
            "button": gettext("Knyt til sagen"),
            "rows": _rows(viewer, page, at),
        }
        return case_dialog(request, viewer, gettext("Knyt henvendelsen til en sag"), context, name="link")
    form = LinkForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    number = normal_number(form.cleaned_data["number"])
    if not number:
        form.add_error("number", gettext("Skriv sagsnummeret som 2026-000123-4. Et tal er skrevet forkert."))
        return refused_form(request, form)
    case = cases.reached(viewer, number, at)
    theme = form.cleaned_data["theme"] or page.card.subject
    services.link_contact(case_id=case.id, contact_id=page.card.id, theme=theme, viewer=viewer, at=at)
    return _to_first(request, page, [number], at)


@transaction.atomic
def _opened(viewer: Viewer, page: ContactPage, chosen: list[str], form: OpenCaseForm, at: datetime) -> list[str]:
    facts = form.cleaned_data
    if page.card.person is None:
        raise NotFound
    opened = services.open_cases_of_contact(
        contact=page.card.id,
        person=page.card.person,
        tasks=chosen,
        life_event=page.card.life_event,
        raised_by=facts["raised_by"],
        viewer=viewer,
        at=at,
    )
    if facts["mine"]:
        for case in opened.cases:
            services.set_handler(case_id=case.id, employee_id=pages.employee_of(viewer), viewer=viewer, at=at)
    return [case.number for case in opened.cases]


def _rows(viewer: Viewer, page: ContactPage, at: datetime) -> tuple[CaseRow, ...]:
    if page.card.person is None:
        return ()
    return cases.cases_of_person(viewer, page.card.person, purpose=pages.purpose_of(page), at=at).rows


def _to_first(request: HttpRequest, page: ContactPage, numbers: list[str], at: datetime) -> HttpResponse:
    """To the case, opened by the contact; with several the first one leads to the others."""
    for number in numbers:
        case_pages.keep_purpose(request, number, pages.purpose_of(page), at)
    return goes_to(request, "workplace:case", numbers[0])
