"""The workplace: own state and work, the conversation, and what is done with it."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.routing import selectors as routing
from indgang.core.routing import services as work
from indgang.core.routing.values import MyWork
from indgang.desks.workplace import pages
from indgang.desks.workplace.forms import DeclineForm, StateForm
from indgang.desks.workplace.staff import refused_form, staff_only
from indgang.entrances.mail import selectors as mail
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_GET
@staff_only
def desk(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The desk with nothing open."""
    at = clock.now()
    return render(request, "workplace/desk.html", _frame(viewer, pages.my_work(viewer, at), at))


@never_cache
@require_GET
@staff_only
def item(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The desk with a contact open."""
    at = clock.now()
    mine = pages.my_work(viewer, at)
    frame = _frame(viewer, mine, at)
    opened = pages.conversation(viewer, mine, item_id, at)
    recipients = pages.recipients(at) if opened.in_hand else None
    context = {**frame, "open": opened, "recipients": recipients, "outcomes": pages.OUTCOMES}
    context["page_topics"] = f"{frame['page_topics']} contact:{opened.page.card.id}"
    return render(request, "workplace/desk.html", context)


@never_cache
@require_GET
@staff_only
def work_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The left column again, after a live event."""
    at = clock.now()
    frame = _frame(viewer, pages.my_work(viewer, at), at)
    return render(request, "workplace/parts/work.html", {**frame, "open_id": request.GET.get("aaben", "")})


@never_cache
@require_GET
@staff_only
def messages(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The conversation again, after a live event; what is being typed stands outside it.

    Empty for what is not in hand: the event of closing or handing over comes before the answer to it, and is no error.
    """
    at = clock.now()
    try:
        opened = pages.talk(viewer, pages.my_work(viewer, at), item_id, at)
    except NotFound:
        return HttpResponse(status=204)
    return render(request, "workplace/parts/messages.html", {"open": opened, "again": True})


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
    return redirect("workplace:desk")


@require_POST
@staff_only
def take_next(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The most urgent item this employee can do, at once."""
    taken = work.take_next(employee_id=pages.employee_of(viewer), viewer=viewer, at=clock.now())
    return redirect("workplace:item", taken.id) if taken else redirect("workplace:desk")


@require_POST
@staff_only
def accept(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Take what is offered."""
    work.accept(item_id=item_id, viewer=viewer, at=clock.now())
    return redirect("workplace:item", item_id)


@require_POST
@staff_only
def decline(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Pass the offer on, with a reason."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    work.decline(item_id=item_id, reason=form.cleaned_data["reason"], viewer=viewer, at=clock.now())
    return redirect("workplace:desk")


@require_POST
@staff_only
def alive(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The browser is open and its person at work; no event."""
    work.seen(employee_id=pages.employee_of(viewer), at=clock.now())
    return HttpResponse(status=204)


@never_cache
@require_GET
@staff_only
def find_tasks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Tasks to add to a contact, by everyday words."""
    text = request.GET.get("q", "")[:200].replace("\x00", "")
    found = catalogue.search(text, "da", 8, at=clock.now()) if text.strip() else []
    item_id = pages.as_id(request.GET.get("item", ""))
    return render(request, "workplace/parts/found_tasks.html", {"found": found, "item_id": item_id})


@never_cache
@require_GET
@staff_only
def mail_frame(request: HttpRequest, viewer: Viewer, item_id: UUID, message_id: UUID) -> HttpResponse:
    """A mail's own layout, for a frame in which nothing can run or be fetched."""
    at = clock.now()
    opened = pages.talk(viewer, pages.my_work(viewer, at), item_id, at)
    found = next((m for m in opened.page.messages if m.id == message_id and m.html), None)
    if found is None:
        raise NotFound
    response = render(request, "workplace/mail_frame.html", {"html": found.html})
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _frame(viewer: Viewer, mine: MyWork, at: datetime) -> dict[str, object]:
    employee = pages.employee_of(viewer)
    return {
        "work": mine,
        "in_hand": pages.in_hand(viewer, mine),
        "mails_to_see": len(mail.attention(viewer, at)),
        "waiting": routing.waiting_for(employee, at),
        "now": at,
        "page_topics": f"agent:{employee} queue",
        "decline_form": DeclineForm(),
    }
