"""A case is closed, taken up again, or its decision complained of. Views."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import Progress
from indgang.desks.workplace import case_journal, case_pages
from indgang.desks.workplace.case_changing_forms import ReopeningForm
from indgang.desks.workplace.case_deciding_forms import ComplainingForm
from indgang.desks.workplace.case_forms import ClosingForm
from indgang.desks.workplace.case_post import post_dialog, refused
from indgang.desks.workplace.case_staff import case_dialog, on_case, shown, to_case
from indgang.desks.workplace.staff import goes_to, refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def close(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Nothing more to do; one that is not decided only with a ground."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    decided = case.progress == Progress.DECIDED
    if request.method == "GET":
        heading = gettext("Afslut sagen") if decided else gettext("Luk sagen uden afgørelse")
        told = "" if decided else gettext("Sagen er ikke afgjort. Skriv, hvorfor den alligevel kan lukkes.")
        context: dict[str, object] = {
            "fields": shown(ClosingForm(initial={"version": case.version}, decided=decided)),
            "form_id": "luk",
            "action": reverse("workplace:case-close", args=[number]),
            "button": heading,
            "told": told,
        }
        return case_dialog(request, viewer, heading, context)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    services.close_case(case_id=case.id, ground=facts["ground"], version=facts["version"], viewer=viewer, at=at)
    return goes_to(request, "workplace:cases")


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def reopen(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """The case is looked at again; a decision holds until a new one replaces it."""
    number, in_force, heading = found.page.number, found.decision, gettext("Genoptag sagen")
    held = gettext("Afgørelsen gælder, til en ny træder i stedet. Dens tekst er det nye udkast.")
    context: dict[str, object] = {
        "form_id": "genoptag",
        "action": reverse("workplace:case-reopen", args=[number]),
        "button": heading,
        "told": held if in_force else gettext("Sagen er åben igen og skal behandles."),
    }
    if request.method == "GET":
        day = cases.published_answer_of(viewer, found.page.id, at, at)
        form = ReopeningForm(initial={"day": day, "version": found.page.version})
        return post_dialog(request, viewer, heading, form, context)
    form = ReopeningForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    try:
        _reopen(found, form, viewer, at)
    except DomainError as said:
        place = {"due_at": "day", "answer_by": "day"}
        status = refused(form, said, lambda name: place.get(name, name))
        return post_dialog(request, viewer, heading, form, context, status=status)
    return to_case(request, number)


def _reopen(found: case_pages.OpenCase, form: ReopeningForm, viewer: Viewer, at: datetime) -> None:
    typed = form.cleaned_data
    ground, day, version = typed["ground"], typed["day"], typed["version"]
    if found.decision is not None:
        services.reopen_decision(
            decision_id=found.decision.id, ground=ground, answer_by=day, version=version, viewer=viewer, at=at
        )
    else:
        services.reopen(case_id=found.page.id, ground=ground, answer_by=day, version=version, viewer=viewer, at=at)


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def complaint(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """A complaint over the decision: the administration that owns the task looks at it again first."""
    page, in_force = found.page, found.decision
    if in_force is None or not (found.in_hand or found.may_complain):
        raise NotFound
    if request.method == "GET":
        kept = case_journal.drafts(viewer, page.id, at)
        form = ComplainingForm(initial={"day": clock.local(at).date()})
        context: dict[str, object] = {
            "fields": shown(form, number=page.number, part="complaint", drafts=kept if found.in_hand else None),
            "form_id": "klage-over",
            "action": reverse("workplace:case-complaint", args=[page.number]),
            "button": gettext("Send klagen"),
            "told": gettext("Klagen bliver en sag hos {owner}, som ser på afgørelsen igen.").format(
                owner=found.owner_name
            ),
        }
        return case_dialog(request, viewer, gettext("Klage over afgørelsen"), context)
    form = ComplainingForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    made = services.complain(
        case_id=page.id,
        decision_id=in_force.id,
        words=facts["words"],
        received_on=facts["day"],
        late_ground=facts["late_ground"],
        viewer=viewer,
        at=at,
    )
    return to_case(request, page.number, query=f"?klage={made.number}")
