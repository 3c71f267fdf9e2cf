"""What every page of the portal does with a request."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language


def language() -> str:
    """Of the page: da or en."""
    return "en" if get_language() == "en" else "da"


def as_uuid(text: str | None) -> UUID | None:
    """An id from an address or a form; None for anything else."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def as_number(text: str | None) -> int:
    """A version or a count from an address or a form; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0


def words_of(request: HttpRequest, name: str = "q", most: int = 200) -> str:
    """What was typed into a search, in one line."""
    return " ".join(request.GET.get(name, "").replace("\x00", "").split())[:most]


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page of the house the form names, else to where it belongs."""
    wanted = request.POST.get("tilbage", "")
    inside = wanted.startswith("/portal") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if inside else otherwise)


def asks_for_part(request: HttpRequest) -> bool:
    """Whether a page that stands already asked for a part of it."""
    return bool(request.headers.get("HX-Request"))
