"""The page of a task: what it is, whether it is for you, the ways in, what to bring, what happens, how to complain."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.errors import NothingToGuide
from indgang.core.catalogue.values import GuidanceCard, GuideState
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import MaterialRow
from indgang.entrances.site import centre_cookie, showing
from indgang.entrances.site.machines import government_service
from indgang.entrances.site.waiting import waits
from indgang.foundation.runtime import clock

MOST_ANSWERS = 20


@require_safe
def task(request: HttpRequest, code: str) -> HttpResponse:
    """One task, from the published card where there is one; answers given in its questions stand in ?svar=."""
    at, language = clock.now(), _language()
    card = catalogue.task(code, language=language)
    if card is None:
        raise Http404
    guidance = catalogue.guidance(code, public=True, language=language, at=at)
    state = _state(code, request.GET.get("svar", "")) if guidance and guidance.guide else None
    channels = showing.channels(at)
    context = {
        "card": card,
        "guidance": guidance,
        "state": state,
        "guide_url": reverse("site:guide", args=[code]),
        "forms": _forms(guidance, language),
        "channels": channels,
        "waits": {} if card.historic else waits(card, at),
        "own_counter": channels.counter(centre_cookie.chosen(request)),
        "answered_by": showing.answered_by(card, at),
        "canonical": request.build_absolute_uri(request.path),
        "structured": government_service(request, card, channels),
    }
    return render(request, "site/task.html", context)


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """The next question, or where the answers lead; without scripts the page of the task shows it."""
    given = request.GET.get("svar", "")
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('site:task', args=[code])}?svar={_plain(given)}#guide")
    context = {"state": _state(code, given), "guide_url": request.path, "card_url": "/opgaver/", "id_prefix": ""}
    return render(request, "catalogue/parts/guide.html", context)


def _state(code: str, given: str) -> GuideState:
    try:
        return catalogue.guide_state(code, _answers(given), public=True)
    except NothingToGuide:
        try:
            return catalogue.guide_state(code, [], public=True)
        except NothingToGuide:
            raise Http404 from None


def _answers(given: str) -> list[int]:
    """ "0-1" as numbers; what is no number ends the list."""
    found = []
    for part in given.split("-")[:MOST_ANSWERS]:
        if not part.isascii() or not part.isdecimal() or len(part) > 2:
            break
        found.append(int(part))
    return found


def _plain(given: str) -> str:
    return "-".join(str(number) for number in _answers(given))


def _forms(guidance: GuidanceCard | None, language: str) -> list[MaterialRow]:
    if guidance is None or not guidance.materials:
        return []
    wanted = set(guidance.materials)
    return [row for row in contacts.materials(language=language) if row.code in wanted]


def _language() -> str:
    return "en" if get_language() == "en" else "da"
