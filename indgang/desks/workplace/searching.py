"""One search field: contacts by reference, tasks by everyday words, people and units by name. Views."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.core.cases import selectors as cases
from indgang.core.cases.values import ReachedCase
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import Suggestion
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.errors import WrongReference
from indgang.core.contacts.values import ContactRow
from indgang.desks.workplace import directory
from indgang.desks.workplace.staff import dialog, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@dataclass(frozen=True)
class Found:
    """What the words led to, by kind."""

    contact: ContactRow | None = None
    case: ReachedCase | None = None
    tasks: list[Suggestion] = field(default_factory=list)
    entries: list[directory.Entry] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return self.contact is None and self.case is None and not self.tasks and not self.entries


@never_cache
@require_GET
@staff_only
def search(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The one search; citizens are searched for in their own field, because that is logged with a purpose."""
    at = clock.now()
    text = request.GET.get("q", "")[:120].replace("\x00", "")
    context: dict[str, object] = {"text": text, "found": _found(viewer, text, at) if len(text.strip()) > 1 else Found()}
    context["item_id"] = request.GET.get("item", "")
    if "q" in request.GET and request.headers.get("HX-Request"):
        return render(request, "workplace/parts/found.html", context)
    return dialog(request, viewer, "search", gettext("Søg"), context)


def _found(viewer: Viewer, text: str, at: datetime) -> Found:
    language = "en" if get_language() == "en" else "da"
    tasks = catalogue.search(text, language, 6, at=at)
    return Found(_contact(viewer, text, at), _case(viewer, text, at), tasks, directory.found(text, at))


def _contact(viewer: Viewer, text: str, at: datetime) -> ContactRow | None:
    try:
        key = contacts.reachable(viewer, text)
    except (WrongReference, NotFound):
        return None
    return contacts.listed(viewer, [key], at).get(key)


def _case(viewer: Viewer, text: str, at: datetime) -> ReachedCase | None:
    try:
        return cases.reached(viewer, text, at)
    except NotFound:
        return None
