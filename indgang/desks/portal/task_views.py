"""A task of the municipality's own: added by an editor, found and routable at once."""

from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import errors, services
from indgang.core.organisation import selectors as organisation
from indgang.desks.portal.gates import EDITORS, roles_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

FIELDS = ("title", "title_en", "administration", "group", "answer_hours", "summary", "follow_up", "words")


@never_cache
@require_GET
@roles_only(EDITORS)
def new_task(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """An empty form; the words of a search that led nowhere may stand in it."""
    return _form(request, viewer, {"answer_hours": "8", "words": request.GET.get("ord", "")[:200]})


@require_POST
@roles_only(EDITORS)
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Add it, and go on to write its card."""
    typed = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in FIELDS}
    try:
        code = services.add_task(
            title=typed["title"], title_en=typed["title_en"], administration=typed["administration"],
            group=typed["group"], answer_hours=_hours(typed["answer_hours"]), summary=typed["summary"],
            follow_up=typed["follow_up"], words=tuple(filter(None, map(str.strip, typed["words"].split("\n")))),
            viewer=viewer, at=clock.now(),
        )  # fmt: skip
    except (errors.WrongValue, errors.TaskExists) as refused:
        return _form(request, viewer, typed, str(refused), refused.status)
    return redirect("portal:edit", code)


def _form(
    request: HttpRequest, viewer: Viewer, typed: dict[str, str], refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "typed": typed,
        "refused": refused,
        "administrations": [one for one in organisation.administrations() if services.may_edit(viewer, one[0])],
        "groups": organisation.groups(),
        "units": organisation.units(at=clock.now()),
    }
    return render(request, "portal/new_task.html", context, status=status)


def _hours(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return Decimal("NaN")
