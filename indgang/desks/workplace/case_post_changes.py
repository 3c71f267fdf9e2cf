"""What is told by letter after the fact: a decision that holds no more, and a party that gets more time. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import services
from indgang.core.cases.values import HearingRow
from indgang.desks.workplace import case_pages
from indgang.desks.workplace.case_post import in_hand, post_dialog, refused
from indgang.desks.workplace.case_post_forms import LongerForm, RevokeForm
from indgang.desks.workplace.case_staff import on_case, to_case
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def revoke(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, decision_id: UUID
) -> HttpResponse:
    """The decision holds no more: why, and how the party gets the letter that says so."""
    in_hand(found)
    row = found.decision
    if row is None or (row.id != decision_id and request.method == "GET"):
        raise NotFound
    heading = gettext("Tilbagekald afgørelsen")
    context: dict[str, object] = {
        "action": reverse("workplace:case-revoke", args=[found.page.number, decision_id]),
        "form_id": "tilbagekald",
        "button": gettext("Tilbagekald, og send brevet"),
        "told": gettext("Afgørelsen gælder ikke mere, når brevet er sendt. Sagen er åben igen og skal afgøres på ny."),
    }
    if request.method == "GET":
        return post_dialog(request, viewer, heading, RevokeForm(initial={"version": row.version}), context)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    try:
        services.revoke_decision(decision_id=decision_id, viewer=viewer, at=at, **form.cleaned_data)
    except DomainError as said:
        return post_dialog(request, viewer, heading, form, context, status=refused(form, said))
    return to_case(request, found.page.number, query="?brev=sendt")


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def longer(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, hearing_id: UUID
) -> HttpResponse:
    """A party that is heard gets more time."""
    in_hand(found)
    row = _hearing(found, hearing_id)
    heading = gettext("Giv parten mere tid")
    context: dict[str, object] = {
        "action": reverse("workplace:case-hearing-longer", args=[found.page.number, hearing_id]),
        "form_id": "mere-tid",
        "button": gettext("Gem den nye svarfrist"),
        "told": gettext("Der sendes ikke et nyt brev: fortæl selv parten den nye dag. Grunden står i journalen."),
    }
    if request.method == "GET":
        day = clock.local(row.answer_by).date() if row.answer_by else None
        return post_dialog(request, viewer, heading, LongerForm(initial={"day": day}), context)
    form = LongerForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    day, ground = form.cleaned_data["day"], form.cleaned_data["ground"]
    try:
        services.extend_hearing(hearing_id=hearing_id, answer_by=day, ground=ground, viewer=viewer, at=at)
    except DomainError as said:
        status = refused(form, said, lambda name: "day" if name == "answer_by" else name)
        return post_dialog(request, viewer, heading, form, context, status=status)
    return to_case(request, found.page.number)


def _hearing(found: case_pages.OpenCase, hearing_id: UUID) -> HearingRow:
    for row in found.decided.hearings:
        if row.id == hearing_id:
            return row
    raise NotFound
