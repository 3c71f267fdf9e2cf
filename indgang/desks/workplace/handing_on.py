"""Work goes to somebody else with everything said; and who there is to give it to. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indgang.core.contacts import services as contacts
from indgang.core.contacts.values import ContactPage
from indgang.core.routing import services as work
from indgang.desks.workplace import directory, pages
from indgang.desks.workplace.around_forms import ReferForm
from indgang.desks.workplace.forms import TransferForm, target_of
from indgang.desks.workplace.staff import dialog, frame, goes_to, is_part, refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def transfer(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Hand it on, with everything; a dialog that searches for the receiver."""
    at = clock.now()
    if request.method == "POST":
        return _handed_on(request, viewer, item_id)
    item, page = pages.opened(viewer, item_id, at)
    text = request.GET.get("q", "")[:80].replace("\x00", "")
    context = {
        "item": item,
        "page": page,
        "text": text,
        "found": directory.receivers(viewer, page, text, at, item.medium),
        "draft": page.drafts.get("transfer"),
        "by_when": page.card.expected_answer_by if _ahead(page, at) else None,
    }
    if "q" in request.GET and is_part(request):
        return render(request, "workplace/parts/found_receivers.html", context)
    return dialog(request, viewer, "transfer", gettext("Giv henvendelsen videre"), context)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def refer(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Another authority is asked to go on; the contact waits for them and comes back if nothing happens."""
    at = clock.now()
    if request.method == "GET":
        item, page = pages.opened(viewer, item_id, at)
        context = {
            "item": item,
            "page": page,
            "authorities": directory.AUTHORITIES,
            "draft": page.drafts.get("refer"),
            "by_when": page.card.expected_answer_by if _ahead(page, at) else None,
        }
        return dialog(request, viewer, "refer", gettext("Bed en anden myndighed gå videre"), context)
    form = ReferForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    contacts.refer(
        contact_id=pages.contact_in_hand(viewer, item_id, at),
        authority=form.cleaned_data["authority"],
        note=form.cleaned_data["body"],
        told=form.cleaned_data["told"],
        confirmed=form.cleaned_data["confirmed"],
        by_when=form.by_when(),
        version=form.cleaned_data["version"],
        viewer=viewer,
        at=at,
    )
    return goes_to(request, "workplace:desk", query="?venter=1")


@never_cache
@require_GET
@staff_only
def phone_book(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """People and units with number, mail and whether they are open now."""
    at = clock.now()
    text = request.GET.get("q", "")[:80].replace("\x00", "")
    context: dict[str, object] = {"text": text, "found": directory.found(text, at)}
    if is_part(request):
        return render(request, "workplace/parts/found_directory.html", context)
    return render(request, "workplace/directory.html", {**frame(viewer, pages.my_work(viewer, at), at), **context})


@require_POST
@staff_only
def take_back(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """What was handed on and nobody has taken is one's own again."""
    work.take_back(item_id=item_id, viewer=viewer, at=clock.now())
    return goes_to(request, "workplace:item", item_id)


@require_POST
@staff_only
def take_over(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """What was with an absent colleague one stands in for is in one's own hands, to be answered."""
    work.take_over(item_id=item_id, viewer=viewer, at=clock.now())
    return goes_to(request, "workplace:item", item_id)


def _handed_on(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    form = TransferForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    work.transfer(
        item_id=item_id,
        to=target_of(facts["to"]),
        note=facts["body"],
        knowingly=facts["knowingly"],
        by_when=form.by_when(),
        back_to=pages.employee_of(viewer),
        viewer=viewer,
        at=clock.now(),
    )
    return goes_to(request, "workplace:desk", query=f"?givet={item_id}")


def _ahead(page: ContactPage, at: datetime) -> bool:
    return page.card.expected_answer_by is not None and page.card.expected_answer_by > at
