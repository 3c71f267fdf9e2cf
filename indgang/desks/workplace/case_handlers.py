"""Others who work on a case besides its handler: taken along, and let go. Views."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.organisation import selectors as organisation
from indgang.desks.workplace import case_pages, case_regret
from indgang.desks.workplace.case_deciding_forms import HandlerForm
from indgang.desks.workplace.case_moving import colleagues, people, to_whom, typed_words
from indgang.desks.workplace.case_staff import on_case, to_case
from indgang.desks.workplace.forms import target_of
from indgang.desks.workplace.staff import refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def add(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Somebody works on the case too: they see it among their own and may change it."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        text = typed_words(request)
        found = people(viewer, text, at) if len(text) > 1 else colleagues(viewer, case.unit, at)
        return to_whom(
            request, viewer, case, "case-other-handler", [one for one in found if not _has_it(one.to, case.handler)],
            text, heading=gettext("Hvem behandler også sagen?"), button=gettext("Tag med på sagen"),
            form=HandlerForm(), people_only=True,
            told=gettext("De ser sagen mellem deres egne og kan skrive på den. Ansvaret bliver, hvor det er."),
        )  # fmt: skip
    form = HandlerForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    employee = target_of(form.cleaned_data["to"]).employee
    assert employee is not None
    services.add_handler(case_id=case.id, employee_id=employee, viewer=viewer, at=at)
    told = gettext("{name} behandler også sagen.").format(name=_name(employee))
    case_regret.keep(request, case.id, case_regret.HANDLER_ADDED, told, {"employee": employee}, at)
    return to_case(request, case.number)


@require_POST
@on_case
def end(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, employee_id: int
) -> HttpResponse:
    """Somebody works on it no more."""
    name = dict(found.page.handlers).get(employee_id)
    if name is None:
        raise NotFound
    services.end_handler(case_id=found.page.id, employee_id=employee_id, viewer=viewer, at=at)
    told = gettext("{name} behandler ikke sagen mere.").format(name=name)
    case_regret.keep(request, found.page.id, case_regret.HANDLER_ENDED, told, {"employee": employee_id}, at)
    return to_case(request, found.page.number)


def _name(employee: int) -> str:
    return organisation.names([employee]).get(employee, "")


def _has_it(to: str, handler: int | None) -> bool:
    return handler is not None and to == f"employee:{handler}"
