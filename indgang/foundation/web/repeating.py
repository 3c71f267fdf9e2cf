"""What is sent twice does its work once and is answered twice alike: a request by its key, a form by its own."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from ninja.decorators import decorate_view
from psycopg.types.json import Jsonb

from indgang.foundation.runtime import clock
from indgang.foundation.web.errors import BadKey, KeyUsedForAnother
from indgang.foundation.web.limits import digest
from indgang.foundation.web.models import Answer
from indgang.foundation.web.problems import answer, of_domain_error

Run = Callable[..., HttpResponse]
View = TypeVar("View", bound=Callable[..., Any])
HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,200}\Z")
FIELD = "once"  # the hidden field by which a form is known again
_KEPT_HEADERS = ("Location",)
_LEADS_ON = ("Location", "HX-Redirect")
_BEGIN = """
INSERT INTO web_answer (key, request, status, content_type, headers, body, created_at)
VALUES (%s, %s, 0, '', '{}', '', %s) ON CONFLICT (key) DO NOTHING RETURNING key
"""
_KEEP = "UPDATE web_answer SET status = %s, content_type = %s, headers = %s, body = %s WHERE key = %s"
_LOCK, _UNLOCK = "SELECT pg_advisory_lock(hashtext(%s))", "SELECT pg_advisory_unlock(hashtext(%s))"
_REFUSED = 400  # from here on nothing is kept: the same key may try again


def idempotent(view: View) -> View:
    """Put it under the route of a ninja view: `@router.post(...)` above, `@idempotent` below.

    Work and answer are one transaction: an error answer rolls both back. A second request with the same key waits at
    the unique row until the first has ended. Without the header nothing changes.
    """
    return decorate_view(_once)(view)


def _once(run: Run) -> Run:
    def handle(request: HttpRequest, **facts: Any) -> HttpResponse:
        key = request.headers.get(HEADER)
        if key is None:
            return run(request, **facts)
        if not _KEY.match(key):
            return answer(request, of_domain_error(BadKey()))
        with transaction.atomic():
            return _first_or_again(run, request, key, facts)

    return handle


def _first_or_again(run: Run, request: HttpRequest, key: str, facts: dict[str, Any]) -> HttpResponse:
    asked = digest("request", f"{request.method} {request.get_full_path()}\n{request.body.hex()}")
    name = digest("key", f"{_caller(request)}\n{key}")
    if not _is_first(name, asked):
        stored = Answer.objects.get(key=name)
        if stored.request != asked:
            return answer(request, of_domain_error(KeyUsedForAnother()))
        return _refusal(run, request) or _again(stored)
    response = run(request, **facts)
    if response.status_code >= _REFUSED:
        transaction.set_rollback(True)
        return response
    _keep(name, response, _KEPT_HEADERS)
    return response


def form_key() -> SafeString:
    """The hidden field of one form on one page: sent twice unchanged, the form does its work once (see `once`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(12))


def once(request: HttpRequest, run: Callable[[], HttpResponse], *, outside: bool = False) -> HttpResponse:
    """Run what a form asks for; the same form with the same words again is led on to where the first one was led.

    Work and answer are one transaction, so a second click waits for the first. An answer that leads nowhere is not
    kept: a refused form is looked at anew each time. `outside`: the work must not run in a transaction, because it
    asks others who may take their time; then a lock makes the second one wait.
    """
    name = _form_name(request)
    if name is None:
        return run()
    if outside:
        return _one_after_another(request, name, run)
    with transaction.atomic():
        if not _is_first(name, name):
            return _led_on(request, Answer.objects.get(key=name))
        response = run()
        if _leads_on(response):
            _keep(name, response, _LEADS_ON)
        elif response.status_code >= _REFUSED:
            transaction.set_rollback(True)
        else:
            Answer.objects.filter(key=name).delete()
    return response


def _one_after_another(request: HttpRequest, name: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    with _alone(name):
        stored = Answer.objects.filter(key=name).first()
        if stored is not None:
            return _led_on(request, stored)
        response = run()
        if _leads_on(response):
            with transaction.atomic():
                _is_first(name, name)
                _keep(name, response, _LEADS_ON)
        return response


def _led_on(request: HttpRequest, stored: Answer) -> HttpResponse:
    """To where the first one was led, the way this browser follows: one click may be a script's, the other not."""
    response = _again(stored)
    first, other = ("HX-Redirect", "Location") if "HX-Request" in request.headers else ("Location", "HX-Redirect")
    if first not in response:
        response[first] = response[other]
        del response[other]
        response.status_code = 200 if first == "HX-Redirect" else 302
    return response


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [name])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(_UNLOCK, [name])


def _form_name(request: HttpRequest) -> str | None:
    """Who sends which form with which words; None for what is no such form."""
    if request.method != "POST" or not _KEY.match(request.POST.get(FIELD, "")):
        return None
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = [(name, file.name, _sum(file)) for name, given in sorted(request.FILES.lists()) for file in given]
    account = request.user.pk if request.user.is_authenticated else ""
    return digest("form", f"{account}\n{request.get_full_path()}\n{json.dumps([fields, files])}")


def _sum(file: Any) -> str:
    found = hashlib.sha256()
    for part in file.chunks():
        found.update(part)
    file.seek(0)
    return found.hexdigest()


def _leads_on(response: HttpResponse) -> bool:
    return response.status_code < _REFUSED and any(header in response for header in _LEADS_ON)


def _keep(name: str, response: HttpResponse, headers: tuple[str, ...]) -> None:
    kept = Jsonb({header: response[header] for header in headers if header in response})
    row: list[Any] = [response.status_code, response.get("Content-Type", ""), kept, response.content, name]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, row)


def _is_first(name: str, asked: str) -> bool:
    """Waits here while another request with this key is at work, until it has committed or rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [name, asked, clock.now()])
        return cursor.fetchone() is not None


def _refusal(run: Run, request: HttpRequest) -> HttpResponse | None:
    """A key that has been revoked since does not even get its old answer."""
    operation = getattr(run, "__self__", None)
    return operation._run_checks(request) if operation is not None else None


def _again(stored: Answer) -> HttpResponse:
    response = HttpResponse(bytes(stored.body), status=stored.status, content_type=stored.content_type or None)
    for name, value in stored.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def _caller(request: HttpRequest) -> str:
    """Whose key it is: two callers may use the same one."""
    authorization = request.headers.get("Authorization")
    return f"bearer {authorization}" if authorization else f"address {request.META.get('REMOTE_ADDR', '')}"
