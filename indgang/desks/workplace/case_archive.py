"""Whether a case is kept when it has aged, and the mark that the archive has got it. Views."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.selectors import normal_number
from indgang.desks.workplace import case_pages
from indgang.desks.workplace.case_changing_forms import ArchiveForm, RetentionForm
from indgang.desks.workplace.case_post import in_hand, post_dialog, refused
from indgang.desks.workplace.case_staff import on_case, to_case
from indgang.desks.workplace.staff import goes_to, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def retention(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """Kept or discarded, decided by who works on the case, with the reason."""
    in_hand(found)
    page = found.page
    heading = gettext("Skal sagen bevares?")
    context: dict[str, object] = {
        "action": reverse("workplace:case-retention", args=[page.number]),
        "form_id": "bevaring",
        "button": gettext("Gem beslutningen"),
        "told": gettext("En sag, der kasseres, slettes først, når den er gammel nok og er afleveret til arkivet."),
    }
    if request.method == "GET":
        form = RetentionForm(initial={"retention": page.retention, "version": page.version})
        return post_dialog(request, viewer, heading, form, context)
    form = RetentionForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    try:
        services.decide_retention(case_id=page.id, viewer=viewer, at=at, **form.cleaned_data)
    except DomainError as said:
        return post_dialog(request, viewer, heading, form, context, status=refused(form, said))
    return to_case(request, page.number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def mark(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """The archive has got the case, or has not after all; by operations and the security leader, who see no more of
    it than its number."""
    at = clock.now()
    known = normal_number(number)
    since = cases.archive_mark(viewer, known or "-")
    context = _of_mark(known, since)
    heading = str(context["button"])
    if request.method == "GET":
        return post_dialog(request, viewer, heading, ArchiveForm(marked=since is not None), context)
    form = ArchiveForm(request.POST, marked=since is not None)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    ground = form.cleaned_data["ground"]
    try:
        if form.cleaned_data["doing"] == "remove":
            services.unmark_archived(number=known, ground=ground, viewer=viewer, at=at)
        else:
            services.mark_archived(numbers=[known], ground=ground, viewer=viewer, at=at)
    except DomainError as said:
        return post_dialog(request, viewer, heading, form, context, status=refused(form, said))
    return _back(request, viewer, known, at)


def _of_mark(number: str, since: datetime | None) -> dict[str, object]:
    action = reverse("workplace:case-archive", args=[number])
    if since is None:
        told = gettext("Sag {number} er ikke mærket. Når den er det, kan den slettes, når den er gammel nok.")
        button = gettext("Mærk som afleveret til arkivet")
    else:
        told = gettext("Sag {number} er mærket som afleveret til arkivet. Uden mærket slettes den ikke.")
        button = gettext("Fjern mærket")
    return {"action": action, "form_id": "arkivmaerke", "button": button, "told": told.format(number=number)}


def _back(request: HttpRequest, viewer: Viewer, number: str, at: datetime) -> HttpResponse:
    """To the case where one may see it, else to its mark."""
    try:
        cases.reached(viewer, number, at)
    except NotFound:
        return goes_to(request, "workplace:case-archive", number)
    return to_case(request, number)
