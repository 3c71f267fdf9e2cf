"""What a page answers after a change, and how it reads what was typed."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext

from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.models import Change

_DIGITS = 18  # of the longest number a column holds
_YEARS = range(1900, 2200)  # of days anybody means
CHANGE = "aendring"  # names the change in an address, so that its page can offer to undo it


def saved(request: HttpRequest, changes: Change | Sequence[Change] | None, to: str) -> HttpResponse:
    """Back to the page, which says what was saved and offers to undo it."""
    made = [changes] if isinstance(changes, Change) else list(changes or [])
    if not made:
        messages.info(request, gettext("Intet er ændret: det var sådan i forvejen."))
        return HttpResponseRedirect(without_change(to))
    return HttpResponseRedirect(with_query(to, **{CHANGE: str(made[0].pk)}))


def with_query(path: str, **more: str) -> str:
    """The address with these in its query; an empty one is taken out."""
    scheme, place, at, query, fragment = urlsplit(path)
    known = QueryDict(query).dict() | more
    return urlunsplit((scheme, place, at, urlencode({key: value for key, value in known.items() if value}), fragment))


def without_change(path: str) -> str:
    """The address as it was before something was saved."""
    return with_query(path, **{CHANGE: ""})


def back(request: HttpRequest, otherwise: str) -> str:
    """The page of ours the form came from, as it says itself."""
    given = request.POST.get("tilbage", "")
    return given if given.startswith(("/administration", "/ledelse")) and "//" not in given else otherwise


def as_uuid(text: str) -> UUID | None:
    """The id in an address, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def as_number(text: str, lowest: int, highest: int, otherwise: int) -> int:
    """A whole number within its limits, or the ordinary one."""
    clean = text.strip()
    number = as_id(clean) if clean.isascii() else None
    return number if number is not None and lowest <= number <= highest else otherwise


def as_id(text: str) -> int | None:
    """The number of a row, if it is one a database can hold."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def as_ids(texts: Iterable[str]) -> list[int]:
    """Those of them that are numbers of rows."""
    return [number for text in texts if (number := as_id(text)) is not None]


def as_day(text: str, otherwise: date | None = None) -> date | None:
    """A date as the browser sends it (2026-12-24) or as it is written (24.12.2026); BadValue for anything else."""
    clean = text.strip()
    if not clean:
        return otherwise
    parts = clean.split(".")
    if len(parts) == 3:
        clean = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        day = date.fromisoformat(clean)
    except ValueError:
        day = date.min
    if day.year not in _YEARS:
        raise BadValue(what=gettext("{text} er ikke en dato. Skriv den som 24.12.2026.").format(text=text[:40]))
    return day


def as_time(text: str) -> time | None:
    """A time of day as 8.00, 08:00 or 8; None for nothing, BadValue for anything else."""
    clean = text.strip().replace(".", ":")
    if not clean:
        return None
    hours, _, minutes = clean.partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except (ValueError, OverflowError):
        said = gettext("{text} er ikke et klokkeslæt. Skriv det som 8.00.").format(text=text[:40])
        raise BadValue(what=said) from None
