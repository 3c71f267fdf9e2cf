"""Who is asking: `request.viewer`, found out only when something asks for it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from indgang.core.organisation.selectors import viewer_of_account
from indgang.foundation.access.values import PUBLIC, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembering

LOOKS = frozenset({"GET", "HEAD"})
Handler = Callable[[HttpRequest], HttpResponse]


def viewer(get_response: Handler) -> Handler:
    """The staff viewer of the session, else the public. One look is answered from one state of rules."""

    def handle(request: HttpRequest) -> HttpResponse:
        with_viewer: Any = request
        with_viewer.viewer = SimpleLazyObject(lambda: _viewer(request))
        if request.method not in LOOKS:
            return get_response(request)
        with remembering():
            return get_response(request)

    return handle


def _viewer(request: Any) -> Viewer:
    """From now on the request has them without the one who found them out: a page asks them hundreds of things."""
    with remembering():
        account_id = request.user.pk if request.user.is_authenticated else None
        request.viewer = (viewer_of_account(account_id, clock.now()) if account_id else None) or PUBLIC
        return request.viewer  # type: ignore[no-any-return]
