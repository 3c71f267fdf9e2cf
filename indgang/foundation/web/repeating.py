"""A request sent twice with the same Idempotency-Key does its work once and is answered twice alike."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
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
_KEPT_HEADERS = ("Location",)
_BEGIN = """
INSERT INTO web_answer (key, request, status, content_type, headers, body, created_at)
VALUES (%s, %s, 0, '', '{}', '', %s) ON CONFLICT (key) DO NOTHING RETURNING key
"""
_KEEP = "UPDATE web_answer SET status = %s, content_type = %s, headers = %s, body = %s WHERE key = %s"
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
    kept = Jsonb({header: response[header] for header in _KEPT_HEADERS if header in response})
    row: list[Any] = [response.status_code, response.get("Content-Type", ""), kept, response.content, name]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, row)
    return response


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
