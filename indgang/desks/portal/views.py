"""The front of the portal, the lists it leads to, and whether employees found what they looked for."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.organisation import selectors as organisation
from indgang.desks.portal import feedback, findings, news, reading, searching, services
from indgang.desks.portal.answers import as_number, as_uuid, back, language, words_of
from indgang.desks.portal.gates import EDITORS, LEADERS, roles_only, staff_only
from indgang.desks.portal.values import NewsCard
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

PERIODS = (7, 30, 90)


@dataclass(frozen=True)
class Filter:
    """What the address of the list of tasks asks for."""

    administration: str
    new: bool
    state: bool
    level: str

    def fits(self, task: TaskCard, foreign: frozenset[str]) -> bool:
        """Whether the task is one of those."""
        return (
            self.administration in {"", task.administration}
            and (not self.new or task.is_new)
            and (not self.state or task.administration in foreign)
            and self.level in {"", str(task.level)}
        )


@never_cache
@require_GET
@staff_only
def front(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One search box; what is new; what is at hand."""
    at, words = clock.now(), words_of(request)
    if words:
        found = searching.found(words, language(), at)
        search = services.note_search(words=words, found=len(found), viewer=viewer, at=at)
        context = {"words": words, "found": found, "laws": catalogue.search_laws(words, at), "search": search}
        return render(request, "portal/found.html", context)
    visited = services.visit(viewer=viewer, at=at)
    cards = catalogue.cards_changed(visited.since, at=at)
    context = {
        "reading": visited,
        "changed": [one for one in cards if one.news][:50],
        "loaded": [one for one in cards if not one.news],
        "news": [one for one in news.news_list(viewer, at, since=visited.since) if one.is_new or _waits(one)],
        "bookmarks": reading.bookmarks(viewer),
        "answers": feedback.own_answers(viewer),
        "situations": catalogue.life_situations(language()),
    }
    return render(request, "portal/front.html", context)


@require_POST
@staff_only
def seen(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Nothing on the front is new any more."""
    services.seen_everything(viewer=viewer, at=clock.now())
    return redirect("portal:front")


@never_cache
@require_GET
@staff_only
def tasks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every task by administration; what the address asks for is left."""
    at = clock.now()
    every = catalogue.tasks(at=at, language=language())
    chosen = _filter(request.GET)
    foreign = searching.foreign_owners()
    rows = [task for task in every if chosen.fits(task, foreign)]
    owners = dict(organisation.administrations())
    used = {task.administration for task in every}
    context = {
        "groups": [
            (name, [task for task in rows if task.administration == code])
            for code, name in owners.items()
            if any(task.administration == code for task in rows)
        ],
        "count": len(rows),
        "total": len(every),
        "chosen": chosen,
        "administrations": [(code, name) for code, name in owners.items() if code in used],
        "new": sum(1 for task in every if task.is_new),
    }
    return render(request, "portal/tasks.html", context)


@never_cache
@require_GET
@staff_only
def life_situations(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The life situations with what happens in them, each with its check-list."""
    events = catalogue.life_events(language())
    rows = [
        (situation, [event for event in events if event.situation == situation.code])
        for situation in catalogue.life_situations(language())
    ]
    return render(request, "portal/life_situations.html", {"rows": rows})


@never_cache
@require_GET
@staff_only
def life_event(request: HttpRequest, viewer: Viewer, event: str) -> HttpResponse:
    """One event's check-list, with a card behind every line."""
    found = next((one for one in catalogue.life_events(language()) if one.code == event), None)
    if found is None:
        raise NotFound
    return render(request, "portal/life_event.html", {"event": found, "me": reading.employee_of(viewer)})


@never_cache
@require_GET
@staff_only
def authorities(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What other authorities do, and how they are reached."""
    words = words_of(request)
    return render(request, "portal/authorities.html", {"words": words, "rows": catalogue.authorities(words)})


@never_cache
@require_GET
@staff_only
def rates(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Amounts and limits in force on a day, with their source."""
    day = searching.day_of(request.GET.get("dag", ""), clock.now())
    return render(request, "portal/rates.html", {"day": day, "rows": catalogue.rates_on(day)})


@never_cache
@require_GET
@roles_only(LEADERS)
def report(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Searches that led to nothing, searches given up, what is asked for most, which cards answered."""
    given = as_number(request.GET.get("dage"))
    days = given if given in PERIODS else 30
    context = {"report": findings.report(clock.now(), days=days), "days": days, "periods": PERIODS}
    context["may_add"] = viewer.has_role(*EDITORS)
    return render(request, "portal/report.html", context)


@require_POST
@staff_only
def not_found(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """None of the cards a search led to was the one."""
    search = as_uuid(request.POST.get("soeg"))
    services.note_answer(task="", answered=False, search=search, viewer=viewer, at=clock.now())
    return back(request, "/portal")


@require_POST
@staff_only
def put_answer_away(request: HttpRequest, viewer: Viewer, feedback_id: UUID) -> HttpResponse:
    """The answer to one's own remark is read."""
    services.put_answer_away(feedback=feedback_id, viewer=viewer, at=clock.now())
    return back(request, "/portal")


def _waits(one: NewsCard) -> bool:
    return one.must_read and one.read_at is None


def _filter(query: QueryDict) -> Filter:
    return Filter(
        administration=query.get("forvaltning", ""),
        new=query.get("ny") == "1",
        state=query.get("stat") == "1",
        level=query.get("niveau", ""),
    )
