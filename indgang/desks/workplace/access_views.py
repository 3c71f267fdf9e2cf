"""Requests for access to documents: the list, a new one, one with what lies in it. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import AccessDraft, AccessLaw
from indgang.desks.workplace.access_forms import ALL, CITIZEN, NewRequestForm
from indgang.desks.workplace.access_pages import contacts_of, on_request, refused, shown_page
from indgang.desks.workplace.case_staff import shown
from indgang.desks.workplace.staff import asks_others, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

OPEN, MINE, SETTLED = "aabne", "mine", "besvarede"


@never_cache
@require_GET
@staff_only
def listed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The requests one may see, the one due first on top."""
    at = clock.now()
    tab = request.GET.get("vis", "")
    tab = tab if tab in {MINE, SETTLED} else OPEN
    rows = cases.access_requests(viewer, settled=tab == SETTLED, mine=tab == MINE, at=at)
    tabs = [(OPEN, gettext("Åbne")), (MINE, gettext("Mine")), (SETTLED, gettext("Besvarede"))]
    return shown_page(request, viewer, "list", {"rows": rows, "tab": tab, "tabs": tabs}, at=at)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A request as it came, by hand or from a contact."""
    at = clock.now()
    if request.method == "GET":
        given = {"number": "sag", "person": "borger", "contact": "henvendelse"}
        form = NewRequestForm(initial={field: request.GET.get(name, "")[:40] for field, name in given.items()})
        return shown_page(request, viewer, "new", {"fields": shown(form)}, at=at)
    form = NewRequestForm(request.POST)
    error: DomainError | None = None
    draft = _draft(form, viewer, at) if form.is_valid() else None
    if draft is not None:
        try:
            made = services.receive_access(draft=draft, viewer=viewer, at=at)
            return redirect("workplace:access", made.number)
        except DomainError as said:
            error = refused(said)
    context: dict[str, object] = {"fields": shown(form), "form": form, "error": error}
    return shown_page(request, viewer, "new", context, at=at, status=error.status if error else 422)


@never_cache
@require_GET
@on_request
def request_page(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponse:
    """One request: what there is, what is given of it, and the answer."""
    return show_request(request, viewer, key, at)


@require_POST
@on_request
@asks_others
def gather(request: HttpRequest, viewer: Viewer, key: UUID, number: str, at: datetime) -> HttpResponse:
    """List what there is to give, with a proposal for each line."""
    try:
        page = cases.access_page(viewer, key, at)
        whole = page.person is not None and page.row.law == AccessLaw.GDPR
        outside = contacts_of(viewer, page.person, number, at) if whole and page.person else []
        services.gather_items(request_id=key, outside=outside, viewer=viewer, at=at)
    except DomainError as said:
        return show_request(request, viewer, key, at, error=refused(said))
    return redirect(reverse("workplace:access", args=[number]) + "#indhold")


def show_request(
    request: HttpRequest, viewer: Viewer, key: UUID, at: datetime, *, error: DomainError | None = None
) -> HttpResponse:
    """The page of a request, with why something was refused."""
    page = cases.access_page(viewer, key, at)
    context: dict[str, object] = {"access": page, "error": error, "sent": "sendt" in request.GET}
    return shown_page(request, viewer, "request", context, at=at, status=error.status if error else 200)


def _draft(form: NewRequestForm, viewer: Viewer, at: datetime) -> AccessDraft | None:
    """What was filled in; None when there is no such case for this employee, which the field then says."""
    facts = form.cleaned_data
    try:
        asked = cases.reached(viewer, facts["number"], at) if facts["number"] else None
    except NotFound:
        form.add_error("number", gettext("Der er ingen sag med det nummer, som du må se. Ret nummeret."))
        return None
    citizen = facts["person"] or (asked.person if asked else None)
    whole = facts["about"] == ALL or asked is None
    return AccessDraft(
        law=facts["law"],
        requester=facts["requester"],
        requester_person=citizen if facts["who"] == CITIZEN else None,
        address=facts["address"],
        case=asked.id if asked and not whole else None,
        person=citizen if whole else None,
        asked_for=facts["asked_for"],
        received_on=facts["received_on"],
        contact=facts["contact"],
    )
