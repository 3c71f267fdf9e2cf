"""The desk: own state, the next contact, an offer, and a contact open in the middle."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.contacts import services as contacts
from indgang.core.contacts.values import Channel, Inquirer
from indgang.core.routing import selectors as routing
from indgang.core.routing import services as work
from indgang.desks.workplace import pages
from indgang.desks.workplace.forms import DeclineForm, OpenForm, PointForm, StateForm
from indgang.desks.workplace.staff import dialog, frame, goes_to, refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembering


@never_cache
@require_GET
@staff_only
def desk(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The desk with nothing open."""
    at = clock.now()
    given = pages.as_id(request.GET["givet"]) if request.GET.get("givet") else None
    return render(request, "workplace/desk.html", {**frame(viewer, pages.my_work(viewer, at), at), "given": given})


@never_cache
@require_GET
@staff_only
def item(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The desk with a contact open."""
    at = clock.now()
    with remembering():
        mine = pages.my_work(viewer, at)
        if number := pages.case_of(mine, item_id):
            return redirect("workplace:case", number)
        return _opened(request, viewer, mine, pages.conversation(viewer, mine, item_id, at), at)


@never_cache
@require_GET
@staff_only
def contact(request: HttpRequest, viewer: Viewer, contact_id: UUID) -> HttpResponse:
    """A contact found in a list: to read, or the own item when it is in hand."""
    at = clock.now()
    mine = pages.my_work(viewer, at)
    own = pages.own_item(mine, contact_id)
    if own is not None:
        return redirect("workplace:item", own.id)
    return _opened(request, viewer, mine, pages.to_read(viewer, contact_id, at), at)


@require_POST
@staff_only
def open_by_hand(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Somebody calls, stands at the counter or has sent a letter: a contact of one's own, at once."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    at = clock.now()
    channel = form.cleaned_data["channel"]
    made = contacts.open_by_hand(
        channel=channel,
        inquirer=Inquirer(),
        subject=form.cleaned_data["subject"] or str(Channel(channel).label),
        viewer=viewer,
        at=at,
    )
    own = pages.own_item(pages.my_work(viewer, at), made.id)
    return goes_to(request, "workplace:item", own.id) if own else goes_to(request, "workplace:desk")


@require_POST
@staff_only
def set_state(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ready, pause or away."""
    form = StateForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    at, employee = clock.now(), pages.employee_of(viewer)
    work.set_state(employee_id=employee, mode=facts["mode"], reason=facts["reason"], at=at, viewer=viewer)
    return goes_to(request, "workplace:desk")


@require_POST
@staff_only
def set_point(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Serve at one point only, or everywhere again; for oneself."""
    form = PointForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    me, point = pages.employee_of(viewer), form.cleaned_data["point"]
    work.set_service_point(employee_ids=[me], service_point=point, viewer=viewer, at=clock.now())
    return goes_to(request, "workplace:desk")


@never_cache
@require_GET
@staff_only
def own_menu(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Where one serves, and one's own login."""
    at = clock.now()
    context: dict[str, object] = {"points": routing.service_points(at), "work": pages.my_work(viewer, at)}
    return dialog(request, viewer, "own", gettext("Dit eget"), context)


@require_POST
@staff_only
def take_next(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The most urgent item this employee can do, at once."""
    return next_one(request, viewer)


@require_POST
@staff_only
def accept(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Take what is offered."""
    work.accept(item_id=item_id, viewer=viewer, at=clock.now())
    return goes_to(request, "workplace:item", item_id)


@require_POST
@staff_only
def decline(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Pass the offer on, with a reason."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    work.decline(item_id=item_id, reason=form.cleaned_data["reason"], viewer=viewer, at=clock.now())
    return goes_to(request, "workplace:desk")


def next_one(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Take the most urgent item and go there; to the desk when there is none."""
    taken = work.take_next(employee_id=pages.employee_of(viewer), viewer=viewer, at=clock.now())
    return goes_to(request, "workplace:item", taken.id) if taken else goes_to(request, "workplace:desk", query="?tom=1")


def _opened(
    request: HttpRequest, viewer: Viewer, mine: pages.MyWork, opened: pages.Conversation, at: pages.datetime
) -> HttpResponse:
    context = {**frame(viewer, mine, at), "open": opened}
    context["page_topics"] = f"{context['page_topics']} contact:{opened.page.card.id}"
    return render(request, "workplace/desk.html", context)
