"""A card as an employee reads it, and what is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import errors as catalogue_errors
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services as catalogue_services
from indgang.core.catalogue.values import GuidanceCard, GuideState, TaskCard
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contacts_services
from indgang.core.contacts.values import MaterialRow
from indgang.core.routing import selectors as routing
from indgang.core.routing.values import ItemRow
from indgang.desks.portal import errors, feedback, reading, services
from indgang.desks.portal.answers import as_uuid, asks_for_part, back, language
from indgang.desks.portal.gates import DESK, staff_only
from indgang.desks.portal.values import FeedbackKind
from indgang.foundation.access import policy
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@dataclass(frozen=True)
class InHand:
    """The work in hand whose contact the card is read for."""

    items: tuple[ItemRow, ...]
    chosen: ItemRow | None

    @property
    def contact(self) -> UUID | None:
        return self.chosen.contact if self.chosen else None


@never_cache
@require_GET
@staff_only
def card(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """The card of a task; with ?svar= and asked for by a part: its guided questions alone."""
    at = clock.now()
    known = _task(task)
    shown = catalogue.guidance(task, language=language(), at=at)
    state = guide(shown, request.GET.get("svar", ""))
    address = f"/portal/opgaver/{task}"
    if state and "svar" in request.GET and asks_for_part(request):
        context = {"state": state, "guide_url": address, "card_url": "/portal/opgaver/", "id_prefix": ""}
        return render(request, "catalogue/parts/guide.html", context)
    search = as_uuid(request.GET.get("soeg"))
    if search:
        services.note_opened(search=search, task=task, viewer=viewer, at=at)
    context = _page(request, viewer, known, at)
    context |= {"guidance": shown, "state": state, "guide_url": address, "search": search or ""}
    context["forms"] = _forms(shown) if shown else []
    return render(request, "portal/card.html", context)


@require_POST
@staff_only
def bookmark(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Keep the card at hand, or no longer."""
    services.bookmark(task=_task(task).code, on=request.POST.get("til") == "1", viewer=viewer, at=clock.now())
    return back(request, f"/portal/opgaver/{task}")


@require_POST
@staff_only
def view(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """The full guide or the short check-list, from now on on every card."""
    services.choose_view(short=request.POST.get("visning") == "kort", viewer=viewer, at=clock.now())
    return redirect("portal:card", _task(task).code)


@require_POST
@staff_only
def answered(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """The card answered the question, or did not."""
    at = clock.now()
    hand = in_hand(viewer, at, request.POST.get("henvendelse", ""))
    services.note_answer(
        task=_task(task).code, answered=request.POST.get("svarede") == "1", viewer=viewer, at=at,
        search=as_uuid(request.POST.get("soeg")), contact=hand.contact if hand.chosen else None,
    )  # fmt: skip
    if asks_for_part(request):
        yes = request.POST.get("svarede") == "1"
        return render(request, "portal/parts/answered.html", {"yes": yes, "task": task})
    return redirect(f"/portal/opgaver/{task}?tak=svar")


@require_POST
@staff_only
def give_feedback(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Something is missing or wrong: work for the card's owner."""
    form = request.POST
    try:
        services.give_feedback(
            task=_task(task).code, kind=form.get("slags", ""), text=form.get("tekst", ""),
            section=form.get("afsnit", ""), viewer=viewer, at=clock.now(),
        )  # fmt: skip
    except errors.FeedbackEmpty as empty:
        context = _page(request, viewer, _task(task), clock.now())
        shown = catalogue.guidance(task, language=language(), at=clock.now())
        context |= {"guidance": shown, "state": guide(shown, ""), "guide_url": f"/portal/opgaver/{task}"}
        return render(request, "portal/card.html", context | {"refused": str(empty)}, status=empty.status)
    return redirect(f"/portal/opgaver/{task}?tak=melding")


@require_POST
@staff_only
def send_form(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """A form of the card to the citizen whose contact is in hand."""
    at = clock.now()
    hand = in_hand(viewer, at, request.POST.get("henvendelse", ""))
    if hand.contact is None:
        raise errors.NoContactInHand
    contacts_services.send_material(
        contact_id=hand.contact, material=request.POST.get("material", ""), way=request.POST.get("way", "mail"),
        viewer=viewer, at=at,
    )  # fmt: skip
    return redirect(f"/portal/opgaver/{_task(task).code}?tak=sendt")


def in_hand(viewer: Viewer, at: datetime, wanted: str = "") -> InHand:
    """The contacts this employee has in hand: the one the address names, else the only active one."""
    work = routing.my_work(reading.employee_of(viewer), at)
    items = tuple(item for item in work.items if item.contact)
    named = next((item for item in items if wanted in {item.reference, str(item.contact)}), None)
    active = [item for item in items if item.state == "active"]
    return InHand(items, named or (active[0] if len(active) == 1 else None))


def own_level(viewer: Viewer, task: TaskCard, at: datetime) -> int:
    """How far this employee may go in the task: 0 nothing, 1 guide, 2 decide or expedite, 3 discretion."""
    if viewer.actor is None:
        return 0
    scope = policy.scope(viewer.actor, at, viewer.dispensation, separation=viewer.separation)
    return policy.highest_levels(scope, catalogue.needs_of([task], (1, 2, 3))).get(task.code, 0)


def guide(shown: GuidanceCard | None, given: str) -> GuideState | None:
    """Where the answers of an address ("0-1") lead; from the beginning for anything unreadable."""
    if shown is None or not shown.guide:
        return None
    try:
        return catalogue.guide_state(shown.task.code, numbers(given))
    except catalogue_errors.NothingToGuide:
        return catalogue.guide_state(shown.task.code, [])


def numbers(given: str) -> Sequence[int]:
    """ "0-1" -> [0, 1]."""
    return [int(one) for one in given.split("-")[:50] if one.isascii() and one.isdecimal() and len(one) < 4]


def _page(request: HttpRequest, viewer: Viewer, known: TaskCard, at: datetime) -> dict[str, object]:
    hand = in_hand(viewer, at, request.GET.get("henvendelse", ""))
    return {
        "task": known,
        "own_level": own_level(viewer, known, at),
        "short": reading.reads_short(viewer),
        "bookmarked": reading.is_bookmarked(viewer, known.code),
        "hand": hand,
        "ticks": str(hand.contact) if hand.contact else viewer.name,
        "send_url": f"/portal/opgaver/{known.code}/send" if hand.contact else "",
        "kinds": [(kind.value, gettext(kind.label)) for kind in FeedbackKind],
        "open_feedback": feedback.feedback_on(known.code) if viewer.has_role(*DESK) else [],
        "may_edit": catalogue_services.may_edit(viewer, known.administration),
        "thanks": request.GET.get("tak", ""),
    }


def _task(code: str) -> TaskCard:
    known = catalogue.task(code, language=language())
    if known is None:
        raise NotFound
    return known


def _forms(shown: GuidanceCard) -> list[MaterialRow]:
    """The card's forms and leaflets that are in use, in the card's order."""
    known = {row.code: row for row in contacts.materials(language=language())}
    return [known[code] for code in shown.materials if code in known]
