"""What happens around every request; names and order stand in the settings."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError

from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.web import error_pages, observing
from indgang.foundation.web.addresses import live_origin
from indgang.foundation.web.errors import TooManyUploads
from indgang.foundation.web.problems import API, answer, of_domain_error
from indgang.foundation.web.room import NoRoom, rooms_of
from indgang.foundation.web.uploads import FILE, is_too_long, length_of, receiving

_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
Handler = Callable[[HttpRequest], HttpResponse]
Refusal = Callable[[HttpRequest, Exception], HttpResponse | None]


def behind_proxy(get_response: Handler) -> Handler:
    """Behind a proxy of ours the caller is whom it names: limits and lock-outs must not count a whole town as one."""

    def handle(request: HttpRequest) -> HttpResponse:
        caller = str(request.META.get("REMOTE_ADDR", ""))
        if caller in settings.INDGANG_PROXIES:
            request.META["REMOTE_ADDR"] = named_caller(caller, request.headers.get("X-Forwarded-For", ""))
            if request.headers.get("X-Forwarded-Proto") == "https":
                request.META["wsgi.url_scheme"] = "https"
        return get_response(request)

    return handle


def named_caller(caller: str, forwarded: str) -> str:
    """The last address in the chain that is no proxy of ours; what stands before it anybody may have written."""
    for named in reversed([one.strip() for one in forwarded.split(",")]):
        try:
            caller = str(ip_address(named))
        except ValueError:
            return caller
        if caller not in settings.INDGANG_PROXIES:
            return caller
    return caller


def observed(get_response: Handler) -> Handler:
    """Name, time and count every request."""

    def handle(request: HttpRequest) -> HttpResponse:
        request_id, started = observing.begin()
        response = get_response(request)
        response["X-Request-Id"] = request_id
        observing.end(request, response, started)
        return response

    return handle


def content_security_policy(get_response: Handler) -> Handler:
    """Scripts and styles from here only; a view that shows a framed mail sets a policy of its own."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = policy(live_origin(request))
        return response

    return handle


def policy(live: str) -> str:
    """The policy's text; `live` is the one other origin a page may connect to."""
    connect = f"connect-src 'self' {live}".strip()
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            connect,
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def in_order(get_response: Handler) -> Handler:
    """No more at once than the process can serve; who comes when as many wait as may gets 503 at once.

    Those who ask after our health are always let in. A form is read before anybody is shown to a desk, and files have a
    room of their own: both arrive as slowly as their senders send. Connections of the database go back before the
    answer is sent, for it is taken as slowly.
    """
    rooms = rooms_of(settings.INDGANG_WEB_ROOM)

    def handle(request: HttpRequest) -> HttpResponse:
        if rooms is None or request.path.startswith(observing.QUIET):
            return get_response(request)
        pages, files = rooms
        is_file = request.method in _WITH_BODY and length_of(request) > FILE
        try:
            if not is_file and request.method in _WITH_BODY:
                _ = request.body
            with (files if is_file else pages).entered():
                response = get_response(request)
                for one in connections.all(initialized_only=True):
                    if not one.in_atomic_block:
                        one.close()
                return response
        except NoRoom:
            return error_pages.busy(request)
        except UnreadablePostError:
            return error_pages.bad_request(request)

    return handle


def database_gone(get_response: Handler) -> Handler:
    """No database: 503 and the typed text back. Failures outside a view end in error_pages.server_error: also 503."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, error_pages.DATABASE_GONE):
            return error_pages.database_gone(request)
        return None

    return _with_exceptions(handle, process_exception)


def domain_errors(get_response: Handler) -> Handler:
    """Refusals of the service in its own sentence; characters no database can hold are refused at the door."""

    def handle(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or _has_nul(request):
            return error_pages.bad_request(request)
        if is_too_long(request):
            return error_pages.too_large(request)
        try:
            with receiving(request):
                response = get_response(request)
        except TooManyUploads as busy:
            return answer(request, of_domain_error(busy))
        if isinstance(response, HttpResponseNotAllowed):
            return error_pages.method_not_allowed(request, response["Allow"])
        return response

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return answer(request, of_domain_error(exception))
        return None

    return _with_exceptions(handle, process_exception)


def _has_nul(request: HttpRequest) -> bool:
    """In the address of a page; the JSON interface names the field itself."""
    if request.path.startswith(API):
        return False
    return any("\0" in value for values in request.GET.lists() for value in values[1])


def _with_exceptions(handle: Handler, process_exception: Refusal) -> Handler:
    middleware: Any = handle
    middleware.process_exception = process_exception
    return middleware  # type: ignore[no-any-return]
