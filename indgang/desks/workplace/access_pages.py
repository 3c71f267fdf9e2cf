"""How pages of access to documents are shown, and how a refusal comes back with everything that was typed."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from indgang.core.cases import selectors as cases
from indgang.core.cases.values import OutsideItem
from indgang.core.contacts import selectors as contacts
from indgang.desks.workplace import pages
from indgang.desks.workplace.staff import frame, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

_AT_ONCE = 200
_MOST_LINES = 20_000


def shown_page(
    request: HttpRequest, viewer: Viewer, name: str, context: dict[str, object], *, at: datetime, status: int = 200
) -> HttpResponse:
    """A page of the desk."""
    around = frame(viewer, pages.my_work(viewer, at), at)
    return render(request, f"workplace/access/{name}.html", {**around, **context}, status=status)


def on_request(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the id of the request of that number to the view; what may not be seen is NotFound."""

    @wraps(view)
    def inner(request: HttpRequest, viewer: Viewer, number: str, **rest: object) -> HttpResponse:
        at = clock.now()
        return view(request, viewer, cases.request_of_case(viewer, number, at), number, at, **rest)

    return staff_only(inner)


def refused(error: DomainError) -> DomainError:
    """A refusal that is said on the page; what does not exist is said as everywhere."""
    if isinstance(error, NotFound):
        raise error
    return error


def contacts_of(viewer: Viewer, person: UUID, number: str, at: datetime) -> list[OutsideItem]:
    """All contacts of a citizen as their words, the request being the purpose of the look."""
    purpose = Purpose("case", number)
    said: dict[UUID, list[str]] = {}
    titles: dict[UUID, tuple[str, datetime]] = {}
    last = None
    while len(said) < _MOST_LINES:
        page = contacts.timeline(viewer, person, purpose=purpose, at=at, limit=_AT_ONCE, before=last)
        for entry in page:
            if entry.contact_id is None:
                continue
            lines = said.setdefault(entry.contact_id, [])
            lines.append(f"{clock.local(entry.at):%d.%m.%Y %H.%M}  {entry.title}\n{entry.body}".strip())
            titles[entry.contact_id] = (entry.contact, entry.at)
        if len(page) < _AT_ONCE:
            break
        last = page[-1]
    return [
        OutsideItem(f"contact:{key}", f"Henvendelse {titles[key][0]}", titles[key][1], "\n\n".join(reversed(lines)))
        for key, lines in sorted(said.items(), key=lambda one: titles[one[0]][1])
    ]
