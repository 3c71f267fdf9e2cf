"""The party is heard before a decision, by letter or in the talk, or it is written why not. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.desks.workplace import case_journal, case_pages
from indgang.desks.workplace.case_deciding_forms import LEFT_OUT, ORAL, HeardForm, HearingForm
from indgang.desks.workplace.case_forms import GroundForm
from indgang.desks.workplace.case_staff import case_dialog, on_case, shown, to_case
from indgang.desks.workplace.staff import refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def hearing(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """How the party is heard."""
    page = found.page
    parties = [(str(party.id), party.name) for party in found.parties]
    if request.method == "GET":
        form = HearingForm(parties=parties, initial={"day": case_pages.hearing_day(page.row.task, at)})
        kept = case_journal.drafts(viewer, page.id, at)
        context: dict[str, object] = {
            "fields": shown(form, number=page.number, part="hearing", drafts=kept),
            "form_id": "hoering",
            "action": reverse("workplace:case-hearing", args=[page.number]),
            "button": gettext("Gem partshøringen"),
        }
        return case_dialog(request, viewer, gettext("Partshøring"), context)
    form = HearingForm(request.POST, parties=parties)
    if not form.is_valid():
        return refused_form(request, form)
    _heard(page.id, form, viewer, at)
    case_journal.forget(viewer, page.id, "hearing")
    return to_case(request, page.number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def answered(request: HttpRequest, viewer: Viewer, number: str, hearing_id: UUID) -> HttpResponse:
    """What the party said."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        kept = case_journal.drafts(viewer, case.id, at)
        context: dict[str, object] = {
            "fields": shown(HeardForm(), number=number, part="heard", drafts=kept),
            "form_id": "hoeringssvar",
            "action": reverse("workplace:case-heard", args=[number, hearing_id]),
            "button": gettext("Gem svaret"),
        }
        return case_dialog(request, viewer, gettext("Borgerens svar på partshøringen"), context)
    form = HeardForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.note_hearing_answer(hearing_id=hearing_id, viewer=viewer, at=at, **form.cleaned_data)
    case_journal.forget(viewer, case.id, "heard")
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def withdrawn(request: HttpRequest, viewer: Viewer, number: str, hearing_id: UUID) -> HttpResponse:
    """The party need not answer after all."""
    if request.method == "GET":
        cases.reached(viewer, number, clock.now())
        context: dict[str, object] = {
            "fields": [one for one in shown(GroundForm()) if one.field.name != "version"],
            "form_id": "traek-hoering",
            "action": reverse("workplace:case-hearing-withdrawn", args=[number, hearing_id]),
            "button": gettext("Træk partshøringen tilbage"),
        }
        return case_dialog(request, viewer, gettext("Træk partshøringen tilbage"), context)
    form = GroundForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    ground = form.cleaned_data["ground"]
    services.withdraw_hearing(hearing_id=hearing_id, ground=ground, viewer=viewer, at=clock.now())
    return to_case(request, number)


def _heard(case_id: UUID, form: HearingForm, viewer: Viewer, at: datetime) -> None:
    facts = form.cleaned_data
    party = int(facts["party"]) if facts["party"] else None
    if facts["how"] == LEFT_OUT:
        services.leave_out_hearing(case_id=case_id, ground=facts["ground"], viewer=viewer, at=at)
    elif facts["how"] == ORAL:
        services.hear_orally(
            case_id=case_id, facts=facts["facts"], answer=facts["answer"], party_id=party, viewer=viewer, at=at
        )
    else:
        services.send_hearing(
            case_id=case_id,
            facts=facts["facts"],
            source=facts["source"],
            meaning=facts["meaning"],
            answer_by=facts["day"],
            way=facts["way"],
            address=facts["address"],
            party_id=party,
            viewer=viewer,
            at=at,
        )
