"""The guidance card of a task beside the contact in hand, and whether it answered. Views."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import errors as catalogue_errors
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import GuidanceCard, GuideState
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import MaterialRow
from indgang.desks.workplace import pages
from indgang.desks.workplace.staff import is_part, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

MOST_ANSWERS = 50


@never_cache
@require_GET
@staff_only
def card(request: HttpRequest, viewer: Viewer, item_id: UUID, task: str) -> HttpResponse:
    """The card, with what was ticked for this contact; with ?svar= its guided questions alone."""
    at = clock.now()
    contact_id = pages.contact_in_hand(viewer, item_id, at)
    shown = catalogue.guidance(task, language="en" if get_language() == "en" else "da", at=at)
    context: dict[str, object] = {
        "guidance": shown,
        "state": _state(shown, request.GET.get("svar", "")),
        "id_prefix": f"{task}-",
        "guide_url": request.path,
        "card_url": "/portal/opgaver/",
    }
    if "svar" in request.GET and context["state"]:
        return render(request, "catalogue/parts/guide.html", context)
    context |= {"item_id": item_id, "contact_id": contact_id, "task": task, "forms": _forms(shown)}
    return render(request, "workplace/parts/whole_card.html", context)


@require_POST
@staff_only
def answered(request: HttpRequest, viewer: Viewer, item_id: UUID, task: str) -> HttpResponse:
    """The card answered the citizen's question, or did not."""
    at = clock.now()
    contact_id = pages.contact_in_hand(viewer, item_id, at)
    yes = request.POST.get("svarede") == "1"
    note_card_used(contact_id=contact_id, task=task, answered=yes, viewer=viewer, at=at)
    if not is_part(request):
        return redirect("workplace:item", item_id)
    return render(request, "workplace/parts/card_answered.html", {"yes": yes, "task": task})


@transaction.atomic
def note_card_used(*, contact_id: UUID, task: str, answered: bool, viewer: Viewer, at: pages.datetime) -> None:
    """News for whoever keeps count of what the cards answer. Raises NotFound for a task that is none."""
    if task not in catalogue.codes():
        raise NotFound
    journal.record(
        "contact.card_used", at=at, viewer_name=viewer.name, subject=f"contacts.contact:{contact_id}",
        contact=contact_id, data={"task": task, "answered": answered},
    )  # fmt: skip


def _state(shown: GuidanceCard | None, given: str) -> GuideState | None:
    if shown is None or not shown.guide:
        return None
    numbers = [
        int(one) for one in given.split("-")[:MOST_ANSWERS] if one.isascii() and one.isdecimal() and len(one) < 3
    ]
    try:
        return catalogue.guide_state(shown.task.code, numbers)
    except catalogue_errors.NothingToGuide:
        return catalogue.guide_state(shown.task.code, [])


def _forms(shown: GuidanceCard | None) -> list[MaterialRow]:
    if shown is None or not shown.materials:
        return []
    known = {row.code: row for row in contacts.materials()}
    return [known[code] for code in shown.materials if code in known]
