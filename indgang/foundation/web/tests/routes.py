"""Addresses that fail in every way, for the tests of refusals."""

import errno
import os
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_POST
from ninja import Router, Schema

from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.web.api import Limit, Page, cursor_of, idempotent, make_api, place_of
from indgang.foundation.web.services import rate_limit
from indgang.foundation.web.uploads import takes_large_files


class Stale(DomainError):
    """Nogen har ændret {what} imens."""

    code = "X9"
    field = "version"


def stale(request: HttpRequest) -> HttpResponse:
    raise Stale(what="sagen")


def gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is closed")


def full(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


def broken(request: HttpRequest) -> HttpResponse:
    raise KeyError("a secret of the inside")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def limited(request: HttpRequest) -> HttpResponse:
    rate_limit("test", 2, 60, clock.now())
    return HttpResponse("ok")


def took_file(request: HttpRequest) -> JsonResponse:
    file = request.FILES["fil"]
    return JsonResponse({"size": len(file.read()), "folder": os.path.dirname(file.temporary_file_path())})


@takes_large_files(100 * 1024 * 1024)
def took_large_file(request: HttpRequest) -> JsonResponse:
    return took_file(request)


class Wish(Schema):
    text: str
    level: Literal[1, 2, 3] = 1


router = Router(auth=None)


@router.post("/wishes", response={201: Wish})
@idempotent
def make_wish(request: HttpRequest, wish: Wish):
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO web_count (key, "window", count, ends_at) VALUES (%s, %s, 1, now()) '
            'ON CONFLICT (key, "window") DO UPDATE SET count = web_count.count + 1',
            [wish.text[:60], 0],
        )
    if wish.text == "umuligt":
        raise Stale(what="ønsket")
    return 201, wish


@router.get("/wishes", response=Page[str])
def wishes(request: HttpRequest, limit: Limit, cursor: str = "", q: str = ""):
    place_of(cursor)
    return {"items": [q], "cursor": cursor_of("T-001", limit)}


@router.get("/stale")
def stale_api(request: HttpRequest):
    raise Stale(what="sagen")


@router.get("/broken")
def broken_api(request: HttpRequest):
    raise KeyError("a secret of the inside")


@router.get("/closed", auth=lambda request: None)
def closed(request: HttpRequest):
    return "never"


api = make_api(auth=None)
api.add_router("", router)
urlpatterns = [
    path("fejl/gammel", stale),
    path("fejl/database", gone),
    path("fejl/disk", full),
    path("fejl/fil", took_file),
    path("fejl/stor-fil", took_large_file),
    path("fejl/vores", broken),
    path("fejl/adgang", forbidden),
    path("fejl/kun-post", require_POST(stale)),
    path("fejl/graense", limited),
    path("api/v1/", api.urls),
    path("", include("indgang.foundation.web.urls")),
]
handler400 = "indgang.foundation.web.error_pages.bad_request"
handler403 = "indgang.foundation.web.error_pages.forbidden"
handler404 = "indgang.foundation.web.error_pages.not_found"
handler500 = "indgang.foundation.web.error_pages.server_error"
