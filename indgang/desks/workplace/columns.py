"""Parts of the desk that are read again after a live event, or not before somebody asks for them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contacts_services
from indgang.core.routing import selectors as routing
from indgang.core.routing import services as work
from indgang.desks.workplace import pages
from indgang.desks.workplace.history import history
from indgang.desks.workplace.staff import another_citizen, dialog, frame, staff_only
from indgang.entrances.mail import selectors as mail
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_GET
@staff_only
def work_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The left column again, after a live event."""
    at = clock.now()
    context = frame(viewer, pages.my_work(viewer, at), at)
    return render(request, "workplace/parts/work.html", {**context, "open_id": request.GET.get("aaben", "")})


@never_cache
@require_GET
@staff_only
def counts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How many wait for somebody who can do what I can, and how many mails a person must look at."""
    at = clock.now()
    context = {
        "waiting": routing.waiting_for(pages.employee_of(viewer), at),
        "mails_to_see": mail.attention_count(viewer, at),
    }
    return render(request, "workplace/parts/counts.html", context)


@never_cache
@require_GET
@staff_only
def messages(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The conversation again, after a live event; what is being typed stands outside it.

    Empty for what is not in hand: the event of closing or handing over comes before the answer to it, and is no error.
    """
    try:
        opened = pages.talk(viewer, item_id, clock.now())
    except NotFound:
        return HttpResponse(status=204)
    return render(request, "workplace/parts/messages.html", {"open": opened, "again": True})


@never_cache
@require_GET
@staff_only
def mail_frame(request: HttpRequest, viewer: Viewer, item_id: UUID, message_id: UUID) -> HttpResponse:
    """A mail's own layout, for a frame in which nothing can run or be fetched."""
    opened = pages.talk(viewer, item_id, clock.now())
    found = next((m for m in opened.page.messages if m.id == message_id and m.html), None)
    if found is None:
        raise NotFound
    response = render(request, "workplace/mail_frame.html", {"html": found.html})
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@never_cache
@require_GET
@staff_only
def timeline(request: HttpRequest, viewer: Viewer, contact_id: UUID, person_id: UUID) -> HttpResponse:
    """What the citizen and the municipality had to do with each other before; about another, as `people.around`."""
    at = clock.now()
    try:
        entries = pages.timeline(viewer, contact_id, person_id, at)
    except NotFound:
        return another_citizen(request, viewer, contact_id, person_id, at)
    return render(request, "workplace/parts/timeline.html", {"timeline": entries})


@never_cache
@require_GET
@staff_only
def events(request: HttpRequest, viewer: Viewer, contact_id: UUID) -> HttpResponse:
    """What happened to the contact, and who looked at it."""
    page = contacts.contact(viewer, contact_id, clock.now())
    return render(request, "workplace/parts/history.html", {"history": history(contact_id, page.card.person)})


@require_POST
@staff_only
def alive(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The browser is open and its person at work, and which contact they look at, writing or not; no event."""
    at, employee = clock.now(), pages.employee_of(viewer)
    work.seen(employee_id=employee, at=at)
    looked_at = request.POST.get("contact", "")
    if looked_at:
        typing = request.POST.get("typing") == "1"
        contacts_services.be_present(
            contact_id=pages.as_id(looked_at), employee_id=employee, typing=typing, viewer=viewer, at=at
        )
    return HttpResponse(status=204)


@require_GET
@staff_only
def keys(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every key of the workplace."""
    return dialog(request, viewer, "keys", gettext("Genveje"), {})
