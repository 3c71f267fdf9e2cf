"""Several contacts at once, previewed first: given to one receiver with one note, or put off; all or none. Views."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.contacts.values import ContactRow
from indgang.core.routing import services as work
from indgang.core.routing.values import ItemRow, ItemState
from indgang.desks.workplace import directory, moments, pages
from indgang.desks.workplace.forms import SnoozeForm, TransferForm, target_of
from indgang.desks.workplace.staff import dialog, goes_to, is_part, refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

Line = tuple[ItemRow, ContactRow | None]


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def give(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Hand several on with one note: a preview with the receiver to choose, then all of them or none."""
    at = clock.now()
    if request.method == "GET":
        text = request.GET.get("q", "")[:80].replace("\x00", "")
        found = directory.receivers_of_many(viewer, text, at)
        context: dict[str, object] = {"found": found, "text": text}
        if "q" in request.GET and is_part(request):
            return render(request, "workplace/parts/found_receivers.html", context)
        context["lines"] = _chosen(viewer, request.GET.getlist("item"), at)
        return dialog(request, viewer, "give_several", gettext("Giv flere videre"), context)
    form = TransferForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    lines, facts = _chosen(viewer, request.POST.getlist("item"), at), form.cleaned_data
    with transaction.atomic():
        for item, _line in lines:
            work.transfer(
                item_id=item.id,
                to=target_of(facts["to"]),
                note=facts["body"],
                knowingly=facts["knowingly"],
                by_when=form.by_when(),
                viewer=viewer,
                at=at,
            )
    return goes_to(request, "workplace:mine", query=f"?givet={len(lines)}")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def put_off(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Put several off until one moment, all of them or none."""
    at = clock.now()
    if request.method == "GET":
        lines = _chosen(viewer, request.GET.getlist("item"), at)
        context: dict[str, object] = {"lines": lines, "usual": moments.usual(viewer, at)}
        return dialog(request, viewer, "put_off_several", gettext("Udskyd flere"), context)
    form = SnoozeForm(request.POST, moments.by_code(viewer, at))
    if not form.is_valid():
        return refused_form(request, form)
    lines = _chosen(viewer, request.POST.getlist("item"), at)
    with transaction.atomic():
        for item, _line in lines:
            work.park(item_id=item.id, until=form.moment(), viewer=viewer, at=at)
    return goes_to(request, "workplace:mine", query=f"?udskudt={len(lines)}")


def _chosen(viewer: Viewer, given: Iterable[str], at: pages.datetime) -> list[Line]:
    """The chosen work in hand, in the order of its ids so that nobody locks in another; NotFound when one is not."""
    wanted: set[UUID] = {pages.as_id(key) for key in given}
    lines = [
        (item, line)
        for item, line in pages.in_hand(viewer, pages.my_work(viewer, at))
        if item.id in wanted and item.state == ItemState.ACTIVE
    ]
    if len(lines) != len(wanted):
        raise NotFound
    return sorted(lines, key=lambda pair: pair[0].id)
