"""The root of the JSON interface: problem JSON for every refusal, pages of lists, repeated requests."""

import base64
import json
from binascii import Error as Base64Error
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, NoReturn, TypeVar

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.web import error_pages
from indgang.foundation.web.describing import describe
from indgang.foundation.web.errors import BadCursor
from indgang.foundation.web.problems import Problem, answer, of_domain_error
from indgang.foundation.web.repeating import idempotent
from indgang.foundation.web.validation import field_errors, unstorable

__all__ = ["Cursor", "Limit", "Page", "cursor_of", "idempotent", "make_api", "place_of"]
Item = TypeVar("Item")
Auth = Callable[[HttpRequest], Any]
Limit = Annotated[int, Query(50, ge=1, le=200)]
Cursor = Annotated[str, Query("", max_length=300)]


class Page(Schema, Generic[Item]):
    """One page of a list; `cursor` of the answer leads to the next one and is null on the last."""

    items: list[Item]
    cursor: str | None = None


def cursor_of(*place: str | int) -> str:
    """A cursor that says where a list goes on."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_of(cursor: str) -> list[str | int] | None:
    """What cursor_of was given; None for the beginning. BadCursor (422)."""
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (Base64Error, ValueError):
        raise BadCursor from None
    if not isinstance(place, list) or not all(isinstance(part, str | int) for part in place):
        raise BadCursor
    return place


def make_api(*, auth: Sequence[Auth] | Auth | None, title: str = "Indgang", version: str = "1") -> NinjaAPI:
    """An empty API at version 1: add routers to it. Routes are closed unless they say `auth=None`."""
    api = DescribedAPI(
        title=title,
        version=version,
        auth=auth,
        parser=StrictParser(),
        docs=ServerDrawnDocs(),
        openapi_url="/openapi.json",
        docs_url="/docs",
        urls_namespace="api",
    )
    answered: Any = api.add_exception_handler
    answered(ValidationError, _invalid)
    answered(DomainError, _refused)
    answered(Http404, _missing)
    answered(HttpError, _http_error)
    answered(DataError, _out_of_range)
    return api


class DescribedAPI(NinjaAPI):
    """An API whose description holds the refusals, too."""

    def get_openapi_schema(self, **named: Any) -> OpenAPISchema:
        """OpenAPI 3.1."""
        schema = super().get_openapi_schema(**named)
        describe(schema)
        return schema


class StrictParser(Parser):
    """JSON as the standard has it, in texts a database can hold."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's value; 415 for another content type, 422 for texts that cannot be stored."""
        if request.content_type not in {"application/json", ""}:
            raise HttpError(415, "content type")
        value = json.loads(request.body, parse_constant=_no_number)
        _storable(value, "body", wrapped=True)
        return value

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        """The query's values."""
        value = super().parse_querydict(data, list_fields, request)
        _storable(value, "query", wrapped=False)
        return value


class ServerDrawnDocs(DocsBase):
    """The documentation as a page of ours: no foreign scripts, readable without any."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """All operations with their parameters, bodies and answers."""
        schema = api.get_openapi_schema(path_params=kwargs)
        operations = [
            {"method": method.upper(), "path": path, **operation, "json": _pretty(operation)}
            for path, methods in sorted(schema["paths"].items())
            for method, operation in methods.items()
        ]
        shapes = [(name, _pretty(shape)) for name, shape in sorted(schema["components"]["schemas"].items())]
        context = {"operations": operations, "shapes": shapes, "openapi_url": self.get_openapi_url(api, kwargs)}
        return render(request, "web/api_docs.html", context)


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _storable(value: object, source: str, *, wrapped: bool) -> None:
    place = (source, "") if wrapped else (source,)
    if wrong := unstorable(value, place):
        raise ValidationError([dict(error) for error in wrong])


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    detail = _("Noget af det, du sendte, skal rettes. Se felterne.")
    return answer(request, Problem(422, _("Ugyldige oplysninger"), detail, "W422", field_errors(error.errors)))


def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer(request, of_domain_error(error))


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return error_pages.not_found(request, error)


def _out_of_range(request: HttpRequest, error: DataError) -> HttpResponse:
    detail = _("En værdi er større eller længere, end den kan være.")
    return answer(request, Problem(422, _("Ugyldige oplysninger"), detail, "W422"))


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja refuses; it hides our parser's own refusals behind "cannot parse"."""
    if isinstance(error.__cause__, ValidationError):
        return _invalid(request, error.__cause__)
    if isinstance(error.__cause__, HttpError):
        return _http_error(request, error.__cause__)
    if isinstance(error, AuthenticationError):
        detail = _("Send en gyldig nøgle i hovedet Authorization: Bearer NØGLE.")
        headers = {"WWW-Authenticate": 'Bearer realm="indgang"'}
        return answer(request, Problem(401, _("Log ind mangler"), detail, "W401", headers=headers))
    known = {
        400: (_("Vi kunne ikke læse det"), _("Det, du sendte, er ikke gyldig JSON.")),
        404: (_("Vi kan ikke finde siden"), _("Det, du leder efter, findes ikke, eller du har ikke adgang til det.")),
        415: (_("Indholdstypen kendes ikke"), _("Send JSON med hovedet Content-Type: application/json.")),
        429: (_("Det går for hurtigt"), _("Der kommer for mange forespørgsler. Vent lidt, og prøv igen.")),
    }
    heading, detail = known.get(error.status_code, (_("Det kunne ikke lade sig gøre"), _("Forespørgslen blev afvist.")))
    return answer(request, Problem(error.status_code, heading, detail, f"W{error.status_code}"))
