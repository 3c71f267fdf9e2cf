"""Refusals as the reader needs them: problem JSON for programs, a fragment for htmx, a page for people."""

from dataclasses import dataclass, field
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.web.typed import typed_fields

API = "/api/"


@dataclass(frozen=True)
class Problem:
    """One refusal. `code` can be said over the phone; `errors` name the fields."""

    status: int
    heading: str
    detail: str
    code: str
    errors: list[dict[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


def of_domain_error(error: DomainError) -> Problem:
    """A refusal with its own sentence."""
    headers = {}
    wait = error.facts.get("retry_after") or (5 if error.status == HTTPStatus.SERVICE_UNAVAILABLE else None)
    if wait:
        headers["Retry-After"] = str(wait)
    errors = [{"field": error.field, "message": str(error)}] if error.field else []
    missing = error.status == HTTPStatus.NOT_FOUND
    heading = _("Vi kan ikke finde siden") if missing else _("Det kunne ikke lade sig gøre")
    return Problem(error.status, heading, str(error), error.code, errors, headers)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The response in the form this request understands."""
    response = _written(request, problem)
    for name, value in problem.headers.items():
        response[name] = value
    response["Cache-Control"] = "no-store"
    return response


def as_json(problem: Problem) -> HttpResponse:
    """RFC 9457."""
    body: dict[str, object] = {
        "type": f"urn:indgang:problem:{problem.code}",
        "title": problem.heading,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
    }
    if problem.errors:
        body["errors"] = problem.errors
    return JsonResponse(body, status=problem.status, content_type="application/problem+json")


def _written(request: HttpRequest, problem: Problem) -> HttpResponse:
    if request.path.startswith(API):
        return as_json(problem)
    if request.headers.get("HX-Request") == "true":
        response = render(request, "web/errors/fragment.html", {"problem": problem}, status=problem.status)
        response["HX-Retarget"] = "#meddelelse"
        response["HX-Reswap"] = "innerHTML"
        return response
    context = {"problem": problem, "typed": typed_fields(request), "page_topics": ""}
    return render(request, "web/errors/page.html", context, status=problem.status)
