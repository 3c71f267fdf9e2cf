"""How programs show who they are: `Authorization: Bearer KEY`."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from indgang.foundation.access.selectors import viewer_of_key
from indgang.foundation.access.values import Viewer, program
from indgang.foundation.access.viewers import build_viewer
from indgang.foundation.runtime import clock


class Bearer(HttpBearer):
    """Sets `request.viewer`: the employee of a personal key, or the program of a system key (unless `staff_only`)."""

    def __init__(self, *, staff_only: bool = False) -> None:
        super().__init__()
        self.staff_only = staff_only

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The viewer behind the key; None (401) if it opens nothing."""
        found = viewer_of_key(token, clock.now())
        if found is None:
            return None
        account, name = found
        viewer = program(name) if account is None else build_viewer(account, clock.now())
        if viewer is None or (self.staff_only and not viewer.is_staff):
            return None
        with_viewer: Any = request
        with_viewer.viewer = viewer
        return viewer


bearer = Bearer()
personal_bearer = Bearer(staff_only=True)
