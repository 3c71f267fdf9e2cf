"""Who comes in, what a wrong form gets, and the two ways a dialog is shown."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.errors import LevelNotAllowed
from indgang.desks.workplace import pages
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembering
from indgang.foundation.web.services import once

P = ParamSpec("P")
LOOKS = frozenset({"GET", "HEAD"})
ASKS_OTHERS = "asks_others"
StaffView = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]


def staff_only(view: StaffView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the employee to the view; anybody else is asked to log in. One look is answered from one state of rules;
    a form that is sent twice does its work once."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        viewer: Viewer = getattr(request, "viewer", PUBLIC)
        if not viewer.is_staff:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/arbejdsplads")
        if request.method in LOOKS:
            with remembering():
                return view(request, viewer, *args, **kwargs)
        return once(request, lambda: view(request, viewer, *args, **kwargs), outside=getattr(view, ASKS_OTHERS, False))

    return inner


def asks_others(view: StaffView[P]) -> StaffView[P]:
    """Under `staff_only`: what the form asks for takes its time, often that of others, or is done part by part, each
    kept on its own; so no transaction is held meanwhile."""
    setattr(view, ASKS_OTHERS, True)
    return view


def refused_form(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """What is wrong, in the page's (or the dialog's) place for messages; the typed text stays where it is."""
    sentences = [error for errors in form.errors.values() for error in errors]
    return _refused(request, {"sentences": sentences, "form": form, "sought": request.POST.get("q", "")}, 422)


def refused_level(request: HttpRequest, form: forms.Form, refusal: LevelNotAllowed, item_id: UUID) -> HttpResponse:
    """A decision above the employee's own level: why not, and the way to hand it to who may."""
    return _refused(request, {"sentences": [str(refusal)], "form": form, "hand_on": item_id}, refusal.status)


def _refused(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    template = "workplace/parts/refused.html" if is_part(request) else "workplace/refused.html"
    response = render(request, template, context, status=status)
    response["HX-Retarget"] = "#meddelelse"
    response["HX-Reswap"] = "innerHTML"
    return response


def is_part(request: HttpRequest) -> bool:
    """Whether a page that stands already asked for a part of it."""
    return bool(request.headers.get("HX-Request"))


def goes_to(request: HttpRequest, to: str, *args: object, query: str = "") -> HttpResponse:
    """Another page. A form sent by htmx gets its address, so that the page's live topics are that contact's own."""
    if not is_part(request):
        return redirect(resolve_url(to, *args) + query)
    response = HttpResponse()
    response["HX-Redirect"] = resolve_url(to, *args) + query
    return response


def stays_with(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Back to the contact when it is still in hand, else to the desk."""
    held = any(item.id == item_id for item in pages.my_work(viewer, clock.now()).items)
    return goes_to(request, "workplace:item", item_id) if held else goes_to(request, "workplace:desk")


def dialog(request: HttpRequest, viewer: Viewer, name: str, heading: str, context: dict[str, object]) -> HttpResponse:
    """A dialog over the page; a page of its own where nothing can lie over another."""
    given = {**context, "heading": heading, "inner": f"workplace/dialogs/{name}.html"}
    if is_part(request):
        return render(request, "workplace/dialog.html", given)
    at = clock.now()
    return render(request, "workplace/dialog_page.html", {**frame(viewer, pages.my_work(viewer, at), at), **given})


def another_citizen(
    request: HttpRequest, viewer: Viewer, contact_id: UUID, person_id: UUID, at: pages.datetime
) -> HttpResponse:
    """A part about the citizen was refused: the contact is about another one by now, or NotFound as before."""
    if contacts.contact(viewer, contact_id, at).card.person == person_id:
        raise NotFound
    return render(request, "workplace/parts/another_citizen.html", {"contact_id": contact_id})


def frame(viewer: Viewer, mine: pages.MyWork, at: pages.datetime) -> dict[str, object]:
    """What every page of the desk shows around its middle: own state, offer and work in hand."""
    return {
        "work": mine,
        "in_hand": pages.in_hand(viewer, mine),
        "now": at,
        "page_topics": f"agent:{pages.employee_of(viewer)} queue",
        "refusals": pages.REFUSALS,
    }
