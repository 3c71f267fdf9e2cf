"""Whose a contact is: search, choose, who lives with them and speaks for them, needs, provisional persons. Views."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens import services as people
from indgang.core.citizens.values import RepresentationRow
from indgang.core.contacts import services as contacts
from indgang.desks.workplace import pages
from indgang.desks.workplace.around_forms import NeedsForm, NewPersonForm
from indgang.desks.workplace.languages import LANGUAGES
from indgang.desks.workplace.staff import another_citizen, dialog, goes_to, refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_POST
@staff_only
def find_person(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """A page of persons by name, CPR number, mail, phone or address; each hit is in the access log.

    A POST, because a CPR number must not stand in an address.
    """
    at = clock.now()
    pages.contact_in_hand(viewer, item_id, at)
    text, cursor = request.POST.get("q", "")[:120], request.POST.get("cursor", "")[:300]
    context: dict[str, object] = {"item_id": item_id, "text": text, "provisional": request.POST.get("provisional", "")}
    if len(text.strip()) > 2:
        context["found"] = citizens.search(viewer, text, at, purpose=citizens.SEARCH, cursor=cursor)
    return render(request, "workplace/parts/found_people.html", context)


@require_POST
@staff_only
def set_person(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Whose contact it is; empty takes the person off."""
    at, given = clock.now(), request.POST.get("person", "")
    contacts.set_person(
        contact_id=pages.contact_in_hand(viewer, item_id, at),
        person_id=pages.as_id(given) if given else None,
        identified=bool(request.POST.get("identified")),
        viewer=viewer,
        at=at,
    )
    return redirect("workplace:item", item_id)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def new_person(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Somebody nobody knows yet: a provisional person, to be merged with the real one later."""
    at = clock.now()
    if request.method == "GET":
        item, page = pages.opened(viewer, item_id, at)
        return dialog(request, viewer, "person", gettext("Ny borger, foreløbig"), {"item": item, "page": page})
    form = NewPersonForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    contact_id, facts = pages.contact_in_hand(viewer, item_id, at), form.cleaned_data
    made = people.register_provisional(facts["name"], facts["mail"], facts["phone"], at, viewer=viewer)
    contacts.set_person(contact_id=contact_id, person_id=made.id, viewer=viewer, at=at)
    return goes_to(request, "workplace:item", item_id)


@never_cache
@require_GET
@staff_only
def around(request: HttpRequest, viewer: Viewer, contact_id: UUID, person_id: UUID) -> HttpResponse:
    """Who lives with the citizen, who speaks for them, and merges that can be undone; the contact is the purpose.

    Where somebody has chosen another citizen since the page was made, the part says so.
    """
    at = clock.now()
    try:
        context = _around(viewer, contact_id, person_id, at)
    except NotFound:
        return another_citizen(request, viewer, contact_id, person_id, at)
    return render(request, "workplace/parts/around.html", context)


def _around(viewer: Viewer, contact_id: UUID, person_id: UUID, at: pages.datetime) -> dict[str, object]:
    purpose = Purpose("contact", str(contact_id))
    return {
        "contact_id": contact_id,
        "household": citizens.household(viewer, person_id, purpose=purpose, at=at),
        "representations": _with_tasks(citizens.representations(viewer, person_id, purpose=purpose, at=at)),
        "merges": [row for row in citizens.merges_of(person_id) if not row.undone and row.into == person_id],
        "item": pages.own_item(pages.my_work(viewer, at), contact_id),
    }


def _with_tasks(rows: list[RepresentationRow]) -> list[tuple[RepresentationRow, list[str]]]:
    """Each right with the names of the tasks it is limited to."""
    heads = catalogue.heads({code for row in rows for code in row.scope_tasks})
    return [(row, [heads[code].title if code in heads else code for code in row.scope_tasks]) for row in rows]


@require_POST
@staff_only
def speak_for(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The person speaks for another; empty: for themselves."""
    at, given = clock.now(), request.POST.get("person", "")
    contact_id = pages.contact_in_hand(viewer, item_id, at)
    representing: UUID | Literal[""] = pages.as_id(given) if given else ""
    contacts.set_tags(contact_id=contact_id, representing=representing, viewer=viewer, at=at)
    return goes_to(request, "workplace:item", item_id)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def needs(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The citizen's language, interpreter and special need: they decide who serves them."""
    at = clock.now()
    item, page = pages.opened(viewer, item_id, at)
    if page.card.person is None:
        raise NotFound
    if request.method == "GET":
        purpose = Purpose("contact", str(page.card.id))
        context = {
            "item": item,
            "person": citizens.person(viewer, page.card.person, purpose=purpose, at=at),
            "groups": citizens.special_groups("en" if get_language() == "en" else "da"),
            "languages": LANGUAGES,
        }
        return dialog(request, viewer, "needs", gettext("Borgerens behov"), context)
    form = NeedsForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    people.set_needs(person_id=page.card.person, viewer=viewer, at=at, **form.cleaned_data)
    return goes_to(request, "workplace:item", item_id)


@require_POST
@staff_only
def merge(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The provisional person is this real one; contacts and contact points follow."""
    at = clock.now()
    _item, page = pages.opened(viewer, item_id, at)
    if page.card.person is None:
        raise NotFound
    into = pages.as_id(request.POST.get("person", ""))
    people.merge(provisional=page.card.person, into=into, viewer=viewer, at=at)
    return goes_to(request, "workplace:item", item_id)


@require_POST
@staff_only
def undo_merge(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """They were two after all: the provisional person gets back what the merge took."""
    at = clock.now()
    pages.contact_in_hand(viewer, item_id, at)
    people.undo_merge(merge_id=pages.as_id(request.POST.get("merge", "")), viewer=viewer, at=at)
    return goes_to(request, "workplace:item", item_id)
