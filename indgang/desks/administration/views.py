"""The front of the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import EVERYBODY, menu_for
from indgang.foundation.access.values import Viewer


@never_cache
@require_GET
@roles_only(EVERYBODY)
def front(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What this employee may look after."""
    return render(request, "administration/front.html", {"sections": menu_for(viewer)})
