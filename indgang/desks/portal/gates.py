"""Who comes in: every employee reads; some pages are for those who write or lead."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Role, Viewer

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]
OpenView = Callable[Concatenate[HttpRequest, P], HttpResponse]

EDITORS = frozenset({Role.EDITOR.value, Role.TASK_OWNER.value})  # change cards
DESK = EDITORS | {Role.MANAGER.value}  # a leader approves the cards of the own administration
LEADERS = frozenset({Role.EDITOR.value, Role.MANAGER.value, Role.EXECUTIVE.value, Role.TASK_OWNER.value})


def staff_only(view: StaffView[P]) -> OpenView[P]:
    """Hand the employee to the view; anybody else is asked to log in."""
    return _gate(view, frozenset())


def roles_only(roles: frozenset[str]) -> Callable[[StaffView[P]], OpenView[P]]:
    """The same for employees with one of the roles; others find nothing here."""

    def gate(view: StaffView[P]) -> OpenView[P]:
        return _gate(view, roles)

    return gate


def _gate(view: StaffView[P], roles: frozenset[str]) -> OpenView[P]:
    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        viewer: Viewer = getattr(request, "viewer", PUBLIC)
        if not viewer.is_staff:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/portal")
        if viewer.actor is None or (roles and not viewer.has_role(*roles)):
            raise NotFound
        return view(request, viewer, *args, **kwargs)

    return inner
