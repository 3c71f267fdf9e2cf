"""Refusals that no module raised: unknown address, too much, no database, our own fault. None touches the database."""

import sys

import psycopg
import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from indgang.foundation.runtime.errors import DiskFull, is_disk_full
from indgang.foundation.web.problems import Problem, answer, of_domain_error
from indgang.foundation.web.services import spoken_code

log = structlog.get_logger("indgang.web")
DATABASE_GONE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for what is too big. Django's handler400."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request)
    detail = _("Noget i det, du sendte, kan ikke læses. Gå tilbage, og prøv igen.")
    return answer(request, Problem(400, _("Vi kunne ikke læse det"), detail, "W400"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 looks like 404: nobody learns what exists. Django's handler403."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. Django's handler404."""
    detail = _("Siden findes ikke, eller du har ikke adgang til den. Skriv hvad du har brug for på forsiden.")
    return answer(request, Problem(404, _("Vi kan ikke finde siden"), detail, "W404"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from a page of ours, or that is too old. Django's CSRF_FAILURE_VIEW."""
    detail = _("Siden var åben for længe, eller din browser afviser cookies. Send det igen herfra.")
    return answer(request, Problem(403, _("Vi kunne ikke modtage det"), detail, "W403"))


def method_not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """405, keeping the list of what is allowed."""
    detail = _("Adressen kan ikke bruges på den måde.")
    return answer(request, Problem(405, _("Det kan ikke lade sig gøre her"), detail, "W405", headers={"Allow": allow}))


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    detail = _("Det, du sendte, fylder for meget. Send færre eller mindre filer.")
    return answer(request, Problem(413, _("Det fylder for meget"), detail, "W413"))


def database_gone(request: HttpRequest) -> HttpResponse:
    """503: come back in five seconds; what was typed is on the page."""
    detail = _("Vi har et kort teknisk stop. Vent et øjeblik, og prøv igen.")
    heading = _("Indgang svarer ikke lige nu")
    return answer(request, Problem(503, heading, detail, "W503", headers={"Retry-After": "5"}))


def busy(request: HttpRequest) -> HttpResponse:
    """503: too many ask at this moment; what was typed is on the page."""
    with override(get_language_from_request(request)):  # nobody has chosen one yet
        detail = _("Rigtig mange bruger Indgang i dette øjeblik. Vent et par sekunder, og prøv igen.")
        return answer(request, Problem(503, _("Der er travlt lige nu"), detail, "W503", headers={"Retry-After": "5"}))


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with a code that stands in the log; 503 if it was the database, 507 a full disk. Django's handler500."""
    fault = sys.exc_info()[1]
    if is_disk_full(fault):  # large uploads are written to the disk before a view sees them
        return answer(request, of_domain_error(DiskFull()))
    if isinstance(fault, DATABASE_GONE):
        return database_gone(request)
    if isinstance(fault, DataError):
        return bad_request(request)
    code = spoken_code()
    log.error("server error", code=code, exc_info=fault)
    detail = _("Fejlen er vores, og den er noteret. Prøv igen, eller ring til os og sig fejlkoden.")
    return answer(request, Problem(500, _("Noget gik galt hos os"), detail, code))
