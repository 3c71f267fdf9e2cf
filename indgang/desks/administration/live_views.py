"""The floor as its leader sees it now: queues against their targets, people, and moving them."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.routing import selectors as routing
from indgang.core.routing import services as work
from indgang.desks.administration import live_words, plan_words
from indgang.desks.administration.answers import as_id, as_ids
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import LEADERS
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

FLOOR = "administration:floor"
OFFLINE = "offline"
TONES = {"warning": messages.WARNING, "error": messages.ERROR, "success": messages.SUCCESS}
_MOST_MOVED = 200  # people in one go


@never_cache
@require_GET
@roles_only(LEADERS)
def floor(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything on one page; it renews itself where the browser can."""
    context = {**_context(viewer, clock.now()), "page_topics": "queue floor"}
    return render(request, "administration/live/floor.html", context)


@never_cache
@require_GET
@roles_only(LEADERS)
def now(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The moving part again, after a live event."""
    return render(request, "administration/live/now.html", _context(viewer, clock.now()))


@require_POST
@roles_only(LEADERS)
def move(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One person by the button beside the name ("12:skranke"), or all who are ticked."""
    tone, told = _moved(request, viewer)
    if request.headers.get("HX-Request"):
        context = {**_context(viewer, clock.now()), "tone": tone, "told": told}
        return render(request, "administration/live/moved.html", context)
    messages.add_message(request, TONES[tone], told)
    return redirect(FLOOR)


def _moved(request: HttpRequest, viewer: Viewer) -> tuple[str, str]:
    """Move who is wanted; the tone and the sentence of what came of it."""
    employees, point = _wanted(request)
    if not employees:
        return "warning", gettext("Vælg mindst én medarbejder, før du flytter.")
    seen = {employee: as_id(request.POST.get(f"set-{employee}", "")) for employee in employees}
    versions = {employee: version for employee, version in seen.items() if version is not None}
    try:
        moved = work.set_service_point(
            employee_ids=employees, service_point=point, viewer=viewer, at=clock.now(), versions=versions
        )
    except DomainError as refused:
        return "error", str(refused)
    text = ngettext("{n} medarbejder er flyttet.", "{n} medarbejdere er flyttet.", len(moved))
    return "success", text.format(n=len(moved))


@require_POST
@roles_only(LEADERS)
def sign_off(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """Somebody forgot to: signed off, and what they had in hand goes back to the queue."""
    returned = work.sign_off(employee_id=employee_id, viewer=viewer, at=clock.now())
    text = ngettext(
        "Medarbejderen er logget af. {n} henvendelse er tilbage i køen.",
        "Medarbejderen er logget af. {n} henvendelser er tilbage i køen.",
        returned,
    )
    messages.success(request, text.format(n=returned))
    return redirect(FLOOR)


@never_cache
@require_GET
@roles_only(LEADERS)
def why(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """To whom an item was offered, why to them, and what came of it."""
    at = clock.now()
    context = {"offers": routing.why(viewer, item_id, at), "item": routing.item_of_leader(viewer, item_id, at)}
    return render(request, "administration/live/why.html", context)


def _context(viewer: Viewer, at: datetime) -> dict[str, object]:
    view = routing.live(viewer, at)
    groups = [live_words.group_line(group) for group in view.groups]
    here = [agent for agent in view.agents if agent.mode != OFFLINE or agent.in_hand]
    away = [agent for agent in view.agents if agent.mode == OFFLINE and not agent.in_hand]
    plans = routing.adherences(viewer, [agent.employee for agent in view.agents], at)
    lines = {
        agent.employee: plan_words.plan_line(agent.name, plans[agent.employee])
        for agent in here
        if agent.employee in plans
    }
    return {
        "view": view,
        "groups": groups,
        "people": [live_words.person_line(agent, view.points, at, lines.get(agent.employee)) for agent in here],
        "away": away,
        "planned": plan_words.summary(plans.values()),
        "missing": plan_words.missing(away, plans),
        "waiting": sum(group.waiting for group in view.groups),
        "overdue": sum(group.overdue for group in view.groups),
        "now": at,
    }


def _wanted(request: HttpRequest) -> tuple[list[int], str]:
    """Whom, and where to."""
    one, _, point = request.POST.get("en", "").partition(":")
    if one:
        return as_ids([one]), point[:40]
    ticked = as_ids(request.POST.getlist("valgt")[:_MOST_MOVED])
    return ticked, request.POST.get("til", "")[:40]
