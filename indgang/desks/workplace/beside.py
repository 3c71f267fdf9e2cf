"""Who stands beside a citizen: their own adviser, those who may speak for them; and what was given to others. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens import services as people
from indgang.core.citizens.values import RepresentationRole
from indgang.core.contacts.values import ContactPage
from indgang.core.organisation import selectors as organisation
from indgang.core.routing.values import ItemRow
from indgang.desks.workplace import pages
from indgang.desks.workplace.beside_forms import AdviserForm, DisclosureForm, RepresentationForm
from indgang.desks.workplace.staff import dialog, goes_to, is_part, refused_form, staff_only
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services as access_services
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

FOUND = 12
GIVEN = 20


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def adviser(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The citizen's own adviser is chosen, changed or taken off; work about the citizen goes there first."""
    at = clock.now()
    item, page, person = _of_citizen(viewer, item_id, at)
    if request.method == "GET":
        text = request.GET.get("q", "")[:80].replace("\x00", "").strip()
        rows = organisation.directory(text, at, limit=FOUND * 2) if len(text) > 1 else []
        context: dict[str, object] = {
            "item": item,
            "page": page,
            "text": text,
            "found": [row for row in rows if row.kind == "employee"][:FOUND],
            "chosen": citizens.adviser_of(person, at),
        }
        if "q" in request.GET and is_part(request):
            return render(request, "workplace/parts/found_advisers.html", context)
        return dialog(request, viewer, "adviser", gettext("Borgerens rådgiver"), context)
    form = AdviserForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    people.set_adviser(person_id=person, employee_id=form.cleaned_data["employee"], viewer=viewer, at=at)
    return goes_to(request, "workplace:item", item_id)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def representation(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Somebody may act for the citizen, or the citizen for somebody: power of attorney, custody, guardianship."""
    at = clock.now()
    item, page, person = _of_citizen(viewer, item_id, at)
    if request.method == "GET":
        context: dict[str, object] = {
            "item": item,
            "page": page,
            "today": clock.local(at).date(),
            "roles": RepresentationRole.choices,
            "tasks": catalogue.heads([row.code for row in page.tasks]).values(),
        }
        return dialog(request, viewer, "representation", gettext("Ny fuldmagt eller værge"), context)
    form = RepresentationForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    by, of = (facts["person"], person) if facts["direction"] == "by" else (person, facts["person"])
    people.register_representation(
        representative=by,
        citizen=of,
        role=facts["role"],
        valid_from=facts["valid_from"] or clock.local(at).date(),
        valid_to=facts["valid_to"],
        scope_tasks=form.scope(request.POST.getlist("task")),
        viewer=viewer,
        at=at,
    )
    return goes_to(request, "workplace:item", item_id)


@never_cache
@require_POST
@staff_only
def find_side(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The other side of a representation, to choose from; a POST, because a CPR number must not stand in an address."""
    at, text = clock.now(), request.POST.get("q", "")[:120].replace("\x00", "").strip()
    _item, _page, person = _of_citizen(viewer, item_id, at)
    found = citizens.search(viewer, text, at, purpose=citizens.SEARCH).rows if len(text) > 2 else ()
    context = {"found": [hit for hit in found if hit.id != person], "text": text}
    return render(request, "workplace/parts/found_side.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def end_representation(request: HttpRequest, viewer: Viewer, item_id: UUID, representation_id: int) -> HttpResponse:
    """The right to act for the citizen ends at once, after one more question; only one of this citizen's own."""
    at = clock.now()
    item, page, person = _of_citizen(viewer, item_id, at)
    purpose = pages.purpose_of(page)
    known = citizens.representations(viewer, person, purpose=purpose, at=at)
    row = next((row for row in known if row.id == representation_id), None)
    if row is None:
        raise NotFound
    if request.method == "GET":
        name = citizens.person(viewer, person, purpose=purpose, at=at).name
        return dialog(request, viewer, "end_representation", gettext("Afslut retten til at tale for en anden"), {
            "item": item, "row": row, "name": name, "task_names": catalogue.heads(row.scope_tasks).values(),
        })  # fmt: skip
    people.end_representation(representation_id=row.id, version=_version(request), viewer=viewer, at=at)
    return goes_to(request, "workplace:item", item_id)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def disclosure(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """What is given to another authority about the citizen: to whom, for which task, on which ground of law."""
    at = clock.now()
    item, page, person = _of_citizen(viewer, item_id, at)
    if request.method == "GET":
        context: dict[str, object] = {
            "item": item,
            "page": page,
            "tasks": catalogue.heads([row.code for row in page.tasks]).values(),
            "given": access.disclosures_of(person, GIVEN),
        }
        return dialog(request, viewer, "disclosure", gettext("Videregiv oplysninger"), context)
    form = DisclosureForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    if form.cleaned_data["task"] not in {row.code for row in page.tasks}:
        raise NotFound
    access_services.disclose(citizen=person, viewer=viewer, at=at, fields=form.fields_given(), **form.facts())
    return goes_to(request, "workplace:item", item_id)


def _version(request: HttpRequest) -> int | None:
    """The version that was shown; None where none was."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _of_citizen(viewer: Viewer, item_id: UUID, at: pages.datetime) -> tuple[ItemRow, ContactPage, UUID]:
    """The work in hand, its contact, and whose it is; raises NotFound while nobody knows that."""
    item, page = pages.opened(viewer, item_id, at)
    if page.card.person is None:
        raise NotFound
    return item, page, page.card.person
