"""Whom and what a case is about: its own facts, parties, objects, other cases, the course of a life. Views."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.cases import selectors, services
from indgang.core.cases.selectors import normal_number
from indgang.core.cases.values import NewParty
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.desks.workplace import case_pages, case_regret
from indgang.desks.workplace.case_forms import CourseForm, DetailsForm, ObjectForm, PartyForm, RelationForm
from indgang.desks.workplace.case_staff import case_dialog, on_case, shown, to_case
from indgang.desks.workplace.staff import is_part, refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def details(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """Title, rule, sensitivity and what becomes of the case when it is old."""
    page = found.page
    if request.method == "GET":
        first = {name: getattr(page, name) for name in ("legal_basis", "sensitivity", "retention", "kle", "facet")}
        form = DetailsForm(initial={**first, "title": page.row.title, "version": page.version})
        return _dialog(
            request, viewer, page.number, "case-details", form, gettext("Sagens oplysninger"), gettext("Gem")
        )
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.change_case(case_id=page.id, viewer=viewer, at=at, **form.cleaned_data)
    return to_case(request, page.number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def party(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Somebody else the case concerns; found in the register, or by name."""
    at = clock.now()
    case = selectors.reached(viewer, number, at)
    if request.method == "GET":
        return _party_dialog(request, viewer, number)
    form = PartyForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    known = facts["person"] or facts["business"]
    given = NewParty(facts["role"], facts["person"], facts["business"], name="" if known else facts["name"])
    services.add_party(case_id=case.id, party=given, viewer=viewer, at=at)
    return to_case(request, number)


@never_cache
@require_POST
@staff_only
def find_party(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Citizens by name, number or address, each hit logged, and businesses by name or CVR number.

    A POST: no CPR number stands in an address.
    """
    at = clock.now()
    selectors.reached(viewer, number, at)
    text = request.POST.get("q", "")[:120]
    context: dict[str, object] = {"text": text}
    if len(text.strip()) > 2:
        context["found"] = citizens.search(viewer, text, at, purpose=citizens.SEARCH, cursor="")
        context["firms"] = citizens.businesses(viewer, text, at)
    if is_part(request):
        return render(request, "workplace/case/parts/found_parties.html", context)
    return _party_dialog(request, viewer, number, **context)


@require_POST
@staff_only
def end_party(request: HttpRequest, viewer: Viewer, number: str, party_id: int) -> HttpResponse:
    """Somebody is no party any more; that they were stays readable."""
    at = clock.now()
    case = selectors.reached(viewer, number, at)
    services.end_party(case_id=case.id, party_id=party_id, viewer=viewer, at=at)
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def thing(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """A thing the case is about."""
    at = clock.now()
    case = selectors.reached(viewer, number, at)
    if request.method == "GET":
        form, heading = ObjectForm(), gettext("Hvad handler sagen om?")
        return _dialog(request, viewer, number, "case-object", form, heading, gettext("Tilføj"))
    form = ObjectForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.add_object(case_id=case.id, viewer=viewer, at=at, **form.cleaned_data)
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def relation(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """How the case stands to another one."""
    at = clock.now()
    case = selectors.reached(viewer, number, at)
    if request.method == "GET":
        form, heading = RelationForm(), gettext("Hører sammen med en anden sag")
        return _dialog(request, viewer, number, "case-relation", form, heading, gettext("Knyt sagerne sammen"))
    form = RelationForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    typed = normal_number(form.cleaned_data["number"])
    if not typed:
        form.add_error("number", gettext("Skriv sagsnummeret som 2026-000123-4. Et tal er skrevet forkert."))
        return refused_form(request, form)
    other = selectors.reached(viewer, typed, at)
    services.relate(case_id=case.id, other=other.id, kind=form.cleaned_data["kind"], viewer=viewer, at=at)
    return to_case(request, number)


@require_POST
@on_case
def unrelate(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """The cases do not belong together after all; a moment long that can be undone."""
    page = found.page
    key, kind = request.POST.get("other", ""), request.POST.get("kind", "")
    row = next((one for one in page.related if one.outward and str(one.id) == key and one.kind == kind), None)
    if row is None:
        raise NotFound
    services.unrelate(case_id=page.id, other=row.id, kind=kind, viewer=viewer, at=at)
    told = gettext("Sagen hører ikke længere sammen med {number}.").format(number=row.number)
    case_regret.keep(request, page.id, case_regret.RELATION_REMOVED, told, {"other": key, "kind": kind}, at)
    return to_case(request, page.number)


@require_POST
@on_case
def remove_thing(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, object_id: int
) -> HttpResponse:
    """The case is not about it after all; a moment long that can be undone."""
    page = found.page
    row = next((one for one in page.objects if one.id == object_id), None)
    if row is None:
        raise NotFound
    services.remove_object(case_id=page.id, object_id=object_id, viewer=viewer, at=at)
    told = gettext("Sagen handler ikke længere om {label}.").format(label=row.label)
    facts = {"kind": row.kind, "label": row.label, "reference": row.reference}
    case_regret.keep(request, page.id, case_regret.OBJECT_REMOVED, told, facts, at)
    return to_case(request, page.number)


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def course(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """The course of the citizen's life it belongs to: one that runs, a new one, or none."""
    page = found.page
    if request.method == "GET":
        events = catalogue.life_events("en" if get_language() == "en" else "da")
        form = CourseForm(events=tuple((event.code, event.name) for event in events))
        context: dict[str, object] = {"running": page.course, "form_id": "forloeb", "button": gettext("Gem")}
        context |= {"fields": shown(form), "action": reverse("workplace:case-course", args=[page.number])}
        return case_dialog(request, viewer, gettext("Forløb"), context, name="course")
    if request.POST.get("leave"):
        services.leave_course(case_id=page.id, viewer=viewer, at=at)
        return to_case(request, page.number)
    events = catalogue.life_events()
    form = CourseForm(request.POST, events=tuple((event.code, event.name) for event in events))
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    made = services.open_course(
        person=page.row.person, life_event=facts["life_event"], title=facts["title"], viewer=viewer, at=at
    )
    services.join_course(case_id=page.id, course=made.id, viewer=viewer, at=at)
    return to_case(request, page.number)


def _party_dialog(request: HttpRequest, viewer: Viewer, number: str, **more: object) -> HttpResponse:
    context: dict[str, object] = {
        "fields": [one for one in shown(PartyForm()) if one.field.name not in {"person", "business"}],
        "form_id": "part",
        "number": number,
        "action": reverse("workplace:case-party", args=[number]),
        "button": gettext("Tilføj parten"),
    }
    return case_dialog(request, viewer, gettext("Tilføj en part"), {**context, **more}, name="party")


def _dialog(
    request: HttpRequest,
    viewer: Viewer,
    number: str,
    address: str,
    form: case_pages.AnyForm,
    heading: str,
    button: str,
) -> HttpResponse:
    context: dict[str, object] = {
        "fields": shown(form),
        "form_id": address,
        "action": reverse(f"workplace:{address}", args=[number]),
        "button": button,
    }
    return case_dialog(request, viewer, heading, context)
