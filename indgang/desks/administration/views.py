"""The front of the desk: what needs this employee, what few people cover, what was changed last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.desks.administration import attention, changes
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import EVERYBODY
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_GET
@roles_only(EVERYBODY)
def front(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What this employee looks after, the things to do first."""
    kinds = attention.everything(viewer, clock.now())
    context = {
        "todo": [kind for kind in kinds if kind.rows],
        "all_clear": bool(kinds) and not attention.count(kinds),
        "latest": changes.history(viewer, limit=8),
    }
    return render(request, "administration/front.html", context)
