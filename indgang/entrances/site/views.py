"""The public pages; each is a reading of the catalogue and works when it is empty."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from indgang.core.catalogue import selectors as catalogue
from indgang.entrances.site import centre_cookie, places, showing
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

LONGEST_QUESTION = 200
FOUND_AT_MOST = 20


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """One field, four life situations, and whether we are open now; the hours of the reader's own centre."""
    at = clock.now()
    situations = [(each, showing.icon(each.code)) for each in catalogue.life_situations(_language())]
    channels = showing.channels(at)
    near = places.nearest(_written(request), _address(request), channels, centre_cookie.chosen(request), at)
    return render(request, "site/front.html", {"situations": situations, "channels": channels, "near": near})


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """All tasks, or those the words lead to with the reason."""
    q = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    at = clock.now()
    if q:
        found = catalogue.search(q, _language(), FOUND_AT_MOST, at=at)
        return render(request, "site/found.html", {"q": q, "found": found})
    current = [card for card in catalogue.tasks(at=at, language=_language()) if not card.historic]
    current.sort(key=lambda card: sort_key(card.shown))
    return render(request, "site/tasks.html", {"cards": current})


@require_safe
def life_situation(request: HttpRequest, code: str) -> HttpResponse:
    """What happens in one part of life, with its tasks in the order they are best done, and the other tasks of it."""
    known = {each.code: each for each in catalogue.life_situations(_language())}
    if code not in known:
        raise Http404
    cards = [
        card for card in catalogue.tasks(at=clock.now(), life_situation=code, language=_language()) if not card.historic
    ]
    cards.sort(key=lambda card: (not card.frequent, sort_key(card.shown)))
    events = catalogue.life_events(_language(), situation=code)
    context = {"situation": known[code], "events": events, "cards": cards}
    return render(request, "site/life_situation.html", context)


@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """Which centre serves an address, and all centres with whether they are open now."""
    at = clock.now()
    context = places.finding(_written(request), _address(request), at)
    own = centre_cookie.chosen(request)
    return render(request, "site/centres.html", {**context, "counters": showing.counters(at), "own_code": own})


@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    """The addresses that begin with what is written so far; the part the page shows itself when it is sent."""
    written = _written(request)
    context = {"suggested": places.suggested(written, clock.now()), "on_front": request.GET.get("til") == "forside"}
    return render(request, "site/parts/addresses.html", context)


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: where it is, how to reach it, when it is open, and what there is."""
    page = places.unit_page(code, clock.now())
    if page is None:
        raise Http404
    own = centre_cookie.chosen(request)
    return render(request, "site/unit.html", {"page": page, "unit": page.unit, "own_code": own})


@require_safe
def opening_hours(request: HttpRequest) -> HttpResponse:
    """When everything is open, this week or in the week of a day one asks for."""
    return render(request, "site/opening_hours.html", places.hours_page(request.GET.get("dag", ""), clock.now()))


def _address(request: HttpRequest) -> str:
    return request.GET.get("id", "")[:40]


def _written(request: HttpRequest) -> str:
    return request.GET.get("adresse", "").strip()[:LONGEST_QUESTION]


def _language() -> str:
    return "en" if get_language() == "en" else "da"
