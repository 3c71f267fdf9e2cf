"""Who comes in: those who plan."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from indgang.desks.planning.values import PLANNERS
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Viewer

P = ParamSpec("P")
PlannerView = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]


def planners_only(view: PlannerView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the planner to the view; strangers log in, other employees find nothing here."""

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        viewer: Viewer = getattr(request, "viewer", PUBLIC)
        if not viewer.is_staff:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/planlaegning")
        if not viewer.has_role(*PLANNERS):
            raise NotFound
        return view(request, viewer, *args, **kwargs)

    return inner


def employees_only(view: PlannerView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand any employee to the view of what is their own; strangers log in."""

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        viewer: Viewer = getattr(request, "viewer", PUBLIC)
        if not viewer.is_staff or viewer.actor is None:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/min-vagtplan")
        return view(request, viewer, *args, **kwargs)

    return inner
