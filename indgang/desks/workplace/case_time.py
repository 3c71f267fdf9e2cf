"""Steps and deadlines of a case, and what it waits for. Views."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import DeadlineKind, StepKind
from indgang.desks.workplace import case_pages
from indgang.desks.workplace.case_changing_forms import FirstDayForm
from indgang.desks.workplace.case_forms import DeadlineForm, StepForm, WaitingForm
from indgang.desks.workplace.case_post import post_dialog, refused
from indgang.desks.workplace.case_staff import case_dialog, on_case, shown, to_case
from indgang.desks.workplace.staff import refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def step(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Something more to do on the case: a line of its own task list."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        context: dict[str, object] = {
            "fields": shown(StepForm()),
            "form_id": "trin",
            "action": reverse("workplace:case-step", args=[number]),
            "button": gettext("Tilføj trinnet"),
        }
        return case_dialog(request, viewer, gettext("Tilføj et trin"), context)
    form = StepForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    title = form.cleaned_data["title"]
    services.add_step(
        case_id=case.id, kind=StepKind.TASK, title=title, due_at=form.moment(), queued=False, viewer=viewer, at=at
    )
    return to_case(request, number)


@require_POST
@staff_only
def step_done(request: HttpRequest, viewer: Viewer, number: str, step_id: UUID) -> HttpResponse:
    """A step is done."""
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() and len(given) < 10 else None
    services.finish_step(step_id=step_id, version=version, viewer=viewer, at=clock.now())
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def first_day(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """By when the citizen has an answer, where nobody has said so yet."""
    if not found.may_set_day:
        raise NotFound
    page = found.page
    heading = gettext("Sæt en svarfrist")
    published = cases.published_answer_of(viewer, page.id, page.row.opened_at, at)
    context: dict[str, object] = {
        "action": reverse("workplace:case-first-day", args=[page.number]),
        "form_id": "svarfrist",
        "button": heading,
        "told": _said_of(published),
    }
    if request.method == "GET":
        ahead = published if published and published >= clock.local(at).date() else None
        form = FirstDayForm(initial={"day": ahead, "version": page.version})
        return post_dialog(request, viewer, heading, form, context)
    form = FirstDayForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    until = form.moment()
    assert until is not None
    try:
        services.set_deadline(
            case_id=page.id, kind=DeadlineKind.ANSWER, due_at=until, version=form.cleaned_data["version"],
            viewer=viewer, at=at,
        )  # fmt: skip
    except DomainError as said:
        status = refused(form, said, lambda name: "day" if name == "due_at" else name)
        return post_dialog(request, viewer, heading, form, context, status=status)
    return to_case(request, page.number)


def _said_of(published: date | None) -> str:
    if published is None:
        return gettext("Kommunen har ikke offentliggjort en svarfrist for opgaven. Vælg en dag, du kan holde.")
    return gettext("Den offentliggjorte svarfrist er {day:%d.%m.%Y}, regnet fra sagen kom.").format(day=published)


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def deadline(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, deadline_id: int
) -> HttpResponse:
    """Another day, with the reason."""
    number, row = found.page.number, case_pages.deadline_of(found, deadline_id)
    if request.method == "GET":
        first = {"day": clock.local(row.due_at).date(), "version": row.version}
        context: dict[str, object] = {
            "fields": shown(DeadlineForm(initial=first)),
            "form_id": "frist",
            "action": reverse("workplace:case-deadline", args=[number, deadline_id]),
            "button": gettext("Flyt fristen"),
        }
        return case_dialog(request, viewer, gettext("Flyt fristen"), context)
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts, until = form.cleaned_data, form.moment()
    assert until is not None
    services.move_deadline(
        deadline_id=deadline_id, due_at=until, ground=facts["ground"], version=facts["version"], viewer=viewer, at=at
    )
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def wait(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Nothing to do until somebody answers, or until a day."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        context: dict[str, object] = {
            "fields": shown(WaitingForm()),
            "form_id": "vent-paa",
            "action": reverse("workplace:case-wait", args=[number]),
            "button": gettext("Lad sagen vente"),
        }
        return case_dialog(request, viewer, gettext("Sæt sagen til at vente"), context)
    form = WaitingForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    waiting = form.cleaned_data["waiting"]
    services.set_waiting(case_id=case.id, waiting=waiting, until=form.moment(), viewer=viewer, at=at)
    return to_case(request, number)


@require_POST
@staff_only
def go_on(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """It waits no more, or not for one of those it waits for."""
    at = clock.now()
    one = request.POST.get("waiting", "")[:10]
    services.stop_waiting(case_id=cases.reached(viewer, number, at).id, waiting=one, viewer=viewer, at=at)
    return to_case(request, number)
