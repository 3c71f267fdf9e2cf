"""Steps of a case that are not done by ticking them off: taken off, and given to somebody else. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import StepCard
from indgang.core.organisation import selectors as organisation
from indgang.core.routing.values import TransferTarget
from indgang.desks.workplace import case_pages
from indgang.desks.workplace.case_changing_forms import ReceiverForm, StepGoneForm
from indgang.desks.workplace.case_moving import likely, receivers, to_whom, typed_words
from indgang.desks.workplace.case_post import in_hand, post_dialog, refused
from indgang.desks.workplace.case_staff import on_case, to_case
from indgang.desks.workplace.forms import target_of
from indgang.desks.workplace.staff import refused_form
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def withdraw(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, step_id: UUID
) -> HttpResponse:
    """Nobody has to do it any more, and why."""
    in_hand(found)
    step = _step(found, step_id)
    heading = gettext("Tag trinnet af")
    context: dict[str, object] = {
        "action": reverse("workplace:case-step-withdraw", args=[found.page.number, step_id]),
        "form_id": "tag-trin-af",
        "button": gettext("Tag trinnet af sagen"),
        "told": gettext("»{title}« skal ikke gøres. Det kan ikke fortrydes, men du kan tilføje et nyt trin.").format(
            title=step.title
        ),
    }
    if request.method == "GET":
        return post_dialog(request, viewer, heading, StepGoneForm(initial={"version": step.version}), context)
    form = StepGoneForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    facts = form.cleaned_data
    try:
        services.withdraw_step(step_id=step_id, ground=facts["ground"], version=facts["version"], viewer=viewer, at=at)
    except DomainError as said:
        return post_dialog(request, viewer, heading, form, context, status=refused(form, said))
    return to_case(request, found.page.number)


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def give(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, step_id: UUID) -> HttpResponse:
    """Somebody else does it: it waits for them in the queue, and the case stays where it is."""
    in_hand(found)
    step = _step(found, step_id)
    case = cases.reached(viewer, found.page.number, at)
    if request.method == "GET":
        text = typed_words(request)
        hits = receivers(viewer, text, at) if len(text) > 1 else likely(case, at)
        return to_whom(
            request, viewer, case, "case-step-give", hits, text, args=(step_id,),
            heading=gettext("Giv trinnet til en anden"), button=gettext("Giv trinnet"),
            form=ReceiverForm(initial={"version": step.version}),
            told=gettext("»{title}« bliver en opgave hos modtageren. Sagen bliver hos dig.").format(title=step.title),
        )  # fmt: skip
    form = ReceiverForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts, target = form.cleaned_data, target_of(form.cleaned_data["to"])
    services.move_step(
        step_id=step_id, unit=target.unit, employee=target.employee, note=facts["note"],
        to_text=f"{_name_of(target)}: {step.title}", version=facts["version"], viewer=viewer, at=at,
    )  # fmt: skip
    return to_case(request, found.page.number)


def _name_of(target: TransferTarget) -> str:
    if target.employee is not None:
        return organisation.names([target.employee]).get(target.employee, "")
    unit = organisation.unit(target.unit) if target.unit is not None else None
    return unit.name if unit else ""


def _step(found: case_pages.OpenCase, step_id: UUID) -> StepCard:
    """One that is open and may be taken off by itself: the others end with what they are about. Raises NotFound."""
    for one in found.steps:
        if one.card.id == step_id and one.loose:
            return one.card
    raise NotFound
