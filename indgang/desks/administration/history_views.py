"""All changes of settings, who made them and when, and undo."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.desks.administration import changes
from indgang.desks.administration.answers import back, saved
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import EVERYBODY
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

PAGE = 50


@never_cache
@require_GET
@roles_only(EVERYBODY)
def changes_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every change this employee may see, newest first; filter and page stand in the address."""
    query = request.GET
    chosen = {"setting": query.get("slags", ""), "subject": query.get("hvad", ""), "by": query.get("hvem", "")}
    before = _moment(query.get("foer", ""))
    rows = changes.history(viewer, **chosen, before=before, limit=PAGE + 1)
    context = {
        "rows": rows[:PAGE],
        "older": rows[PAGE - 1].at.isoformat() if len(rows) > PAGE else "",
        "kinds": changes.kinds(viewer),
        "authors": changes.authors(viewer),
        "chosen": chosen,
        "filtered": any(chosen.values()) or before is not None,
    }
    return render(request, "administration/changes.html", context)


@require_POST
@roles_only(EVERYBODY)
def undo(request: HttpRequest, viewer: Viewer, change_id: UUID) -> HttpResponse:
    """Put back what the change replaced."""
    made = changes.undo(change_id=change_id, viewer=viewer, at=clock.now())
    return saved(request, made, back(request, "/administration/aendringer"))


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
