"""Lists of contacts: one's own, what waits, and all. Filters stand in the address; counts are the list's own. Views."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import Channel, ContactQuery, ContactState
from indgang.core.routing import selectors as routing
from indgang.desks.workplace import pages
from indgang.desks.workplace.around_forms import ListForm
from indgang.desks.workplace.rows import contact_rows, queue_rows
from indgang.desks.workplace.staff import frame, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

PAGE = 50
ORDERS = {
    "frist": lambda row: row.due_at,
    "ventet": lambda row: -row.waiting_seconds,
    "opgave": lambda row: row.subject,
    "kanal": lambda row: row.medium,
}


@never_cache
@require_GET
@staff_only
def mine(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything this employee has in hand or put aside."""
    at = clock.now()
    work = pages.my_work(viewer, at)
    order = _order(request)
    rows = sorted(pages.in_hand(viewer, work), key=lambda pair: ORDERS[order](pair[0]))
    today = clock.local(at).date()
    shifts = routing.planned_shifts(viewer, pages.employee_of(viewer), today, today)
    context = {"rows": rows, "order": order, "instead": routing.work_instead(viewer, at), "shifts": shifts}
    return render(request, "workplace/mine.html", {**frame(viewer, work, at), **context})


@never_cache
@require_GET
@staff_only
def queue(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits for somebody, as far as this employee may act on it; by due time, page by page."""
    at = clock.now()
    cursor = request.GET.get("fra", "")[:80]
    found = routing.queue(viewer, PAGE + 1, cursor, at=at)
    rows = found[:PAGE]
    context: dict[str, object] = {
        "rows": rows,
        "lines": queue_rows(rows),
        "more": routing.cursor_of(rows[-1]) if len(found) > PAGE else "",
        "begun": bool(cursor),
    }
    return render(request, "workplace/queue.html", {**frame(viewer, pages.my_work(viewer, at), at), **context})


@never_cache
@require_GET
@staff_only
def everything(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All contacts this employee may read, by what stands in the address."""
    at = clock.now()
    form = ListForm(request.GET)
    form.is_valid()
    facts = form.cleaned_data  # what cannot be read is no filter, and the page says so
    query = ContactQuery(
        q=facts.get("q", ""),
        state=facts.get("tilstand", ""),
        task=facts.get("opgave", ""),
        channel=facts.get("kanal", ""),
        unit=facts.get("enhed"),
        handler=pages.employee_of(viewer) if facts.get("hos") else None,
        since=facts.get("fra_dag"),
        until=facts.get("til_dag"),
        sort=facts.get("orden") or "newest",
    )
    found = contacts.contacts(viewer, query, request.GET.get("side", "")[:80], PAGE, at=at)
    asked = request.GET.copy()
    asked.pop("side", None)
    context: dict[str, object] = {
        "found": found,
        "lines": contact_rows(found.rows),
        "query": query,
        "filter": asked.urlencode(),
        "unread": list(form.errors),
        "states": ContactState.choices,
        "channels": Channel.choices,
        "begun": bool(request.GET.get("side")),
    }
    return render(request, "workplace/contacts.html", {**frame(viewer, pages.my_work(viewer, at), at), **context})


def _order(request: HttpRequest) -> str:
    asked = request.GET.get("orden", "")
    return asked if asked in ORDERS else "frist"
