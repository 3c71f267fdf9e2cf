"""Who comes in: an employee with one of the roles a page is for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext

from indgang.desks.administration.errors import BadValue
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Role, Viewer
from indgang.foundation.web.services import once

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]


def roles_only(roles: frozenset[str]) -> Callable[[StaffView[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Hand the employee to the view; strangers log in, employees without the role find nothing here. A form that is
    sent twice does its work once where it has the field for it."""

    def gate(view: StaffView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            viewer: Viewer = getattr(request, "viewer", PUBLIC)
            if not viewer.is_staff:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/administration")
            if not viewer.has_role(*roles):
                raise NotFound
            if request.method == "POST":
                refuse_unstorable(request.POST)
            return once(request, lambda: view(request, viewer, *args, **kwargs))

        return inner

    return gate


def refuse_unstorable(form: QueryDict) -> None:
    """No form here has a NUL character to say; no database holds one. Raises BadValue."""
    if any("\0" in value for _name, values in form.lists() for value in values):
        raise BadValue(what=gettext("Teksten rummer et tegn, der ikke kan gemmes. Skriv den igen."))


def leads(viewer: Viewer, unit_id: int) -> bool:
    """Whether the people and hours of that unit are this employee's to change."""
    return viewer.actor is not None and viewer.has_role(Role.MANAGER) and unit_id in viewer.actor.units
