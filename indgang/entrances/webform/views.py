"""The pages of the form, in the order a citizen meets them. Each works without JavaScript."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import Upload
from indgang.core.organisation import selectors as organisation
from indgang.entrances.webform import services, steps
from indgang.entrances.webform.forms import DetailsForm, ReachForm, WordsForm
from indgang.entrances.webform.models import InquiryDraft
from indgang.entrances.webform.values import MOST_FILES, Step, Way
from indgang.foundation.runtime import clock
from indgang.foundation.web import services as web


@never_cache
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """Page one, empty or with the words of the front page."""
    form = WordsForm(initial={"tekst": request.GET.get("tekst", "")})
    return render(request, "webform/words.html", {"form": form, "progress": steps.progress(Step.WORDS)})


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Own words given: the form exists from here on."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "progress": steps.progress(Step.WORDS)}
        return render(request, "webform/words.html", context, status=422)
    at = clock.now()
    web.rate_limit(f"webform:{request.META.get('REMOTE_ADDR', '')}", 60, 600, at)
    draft = services.start(text=form.cleaned_data["tekst"], language=_language(), at=at)
    return redirect("webform:topic", draft.token)


@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """Live suggestions under the field while somebody types; nothing is kept."""
    text = request.POST.get("tekst", "")[:2000].replace("\x00", "")
    at = clock.now()
    web.rate_limit(f"webform-live:{request.META.get('REMOTE_ADDR', '')}", 300, 600, at)
    triage = catalogue.triage(text, language=_language(), channel="webform", at=at) if len(text.strip()) > 5 else None
    return render(request, "webform/parts/suggestions.html", {"triage": triage})


@never_cache
@require_GET
def topic(request: HttpRequest, token: str) -> HttpResponse:
    """What it may be about."""
    at = clock.now()
    draft = services.open_draft(token, at=at)
    if draft.contact:
        return redirect("webform:receipt", token)
    triage = catalogue.triage(draft.text, language=draft.language, channel="webform", at=at)
    return _page(request, draft, Step.TOPIC, {"triage": triage})


@require_POST
def choose_topic(request: HttpRequest, token: str) -> HttpResponse:
    """One of the suggestions, none of them, or other words."""
    at = clock.now()
    if request.POST.get("tekst", "").strip():
        form = WordsForm(request.POST)
        if form.is_valid():
            services.say_again(token=token, text=form.cleaned_data["tekst"], at=at)
        return redirect("webform:topic", token)
    if "task" not in request.POST:
        draft = services.open_draft(token, at=at)
        triage = catalogue.triage(draft.text, language=draft.language, channel="webform", at=at)
        return _page(request, draft, Step.TOPIC, {"triage": triage, "nothing_chosen": True}, status=422)
    return _onwards(services.choose_topic(token=token, task=request.POST["task"][:12], at=at))


@never_cache
@require_GET
def details(request: HttpRequest, token: str) -> HttpResponse:
    """The task's own questions."""
    draft = services.open_draft(token, at=clock.now())
    card = services.task_of(draft)
    if card is None or not card.questions:
        return _onwards(draft)
    return _page(request, draft, Step.DETAILS, {"form": DetailsForm(card.questions, initial=draft.answers)})


@require_POST
def answer_details(request: HttpRequest, token: str) -> HttpResponse:
    """The answers to them."""
    at = clock.now()
    draft = services.open_draft(token, at=at)
    card = services.task_of(draft)
    form = DetailsForm(card.questions if card else [], request.POST)
    if not form.is_valid():
        return _page(request, draft, Step.DETAILS, {"form": form}, status=422)
    return _onwards(services.answer_questions(token=token, answers=form.cleaned_data, at=at))


@never_cache
@require_GET
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The answer at once, and what else can be done."""
    at = clock.now()
    draft = services.open_draft(token, at=at)
    card = steps.answer_at_once(draft, services.task_of(draft))
    if card is None:
        return _onwards(draft)
    unit = organisation.unit(card.phone_unit) if card.phone_unit else None
    opening = organisation.opening(unit.code, "phone", at) if unit else None
    return _page(request, draft, Step.ANSWER, {"answer": card, "unit": unit, "opening": opening})


@require_POST
def choose_way(request: HttpRequest, token: str) -> HttpResponse:
    """The answer is enough, or a message, or a call-back."""
    services.choose_way(token=token, way=request.POST.get("way", ""), at=clock.now())
    return redirect("webform:reach", token)


@never_cache
@require_GET
def reach(request: HttpRequest, token: str) -> HttpResponse:
    """How to reach the citizen, and files."""
    draft = services.open_draft(token, at=clock.now())
    if draft.contact or not draft.topic_chosen:
        return _onwards(draft)
    initial = {name: getattr(draft, name) for name in ("way", "name", "mail", "phone", "call_when")}
    return _page(request, draft, Step.REACH, {"form": ReachForm(initial=initial)})


@require_POST
def tell_reach(request: HttpRequest, token: str) -> HttpResponse:
    """Files are kept even when a field is wrong."""
    at = clock.now()
    draft = _with_files(request, token)
    if "remove" in request.POST:
        services.remove_file(token=token, number=_number(request.POST), at=at)
        return redirect("webform:reach", token)
    form = ReachForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, Step.REACH, {"form": form}, status=422)
    return _onwards(services.tell_reach(token=token, facts=form.cleaned_data, at=at))


@never_cache
@require_GET
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Everything once more before it is sent."""
    draft = services.open_draft(token, at=clock.now())
    card = services.task_of(draft)
    if steps.next_step(draft, card) != Step.REVIEW:
        return _onwards(draft)
    return _page(request, draft, Step.REVIEW, {"said": steps.answers_in_words(card, draft.answers)})


@require_POST
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Once; a second press shows the same receipt."""
    at = clock.now()
    web.rate_limit(f"webform-send:{request.META.get('REMOTE_ADDR', '')}", 20, 600, at)
    services.send(token=token, at=at)
    return redirect("webform:receipt", token)


@never_cache
@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Reference, what happens next, and where to follow it."""
    draft = services.open_draft(token, at=clock.now())
    if draft.contact is None:
        return _onwards(draft)
    card = services.task_of(draft)
    settled = draft.way == Way.ANSWER
    status = reverse("contacts:status", args=[draft.secret])
    context = {
        "answer": steps.answer_at_once(draft, card) if settled else None,
        "status": status,
        "status_address": request.build_absolute_uri(status),
        "expected": contacts.moment(draft.expected) if draft.expected else "",
    }
    return _page(request, draft, Step.RECEIPT, context)


def _page(
    request: HttpRequest, draft: InquiryDraft, step: Step, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    card = services.task_of(draft)
    shared = {"draft": draft, "task": card, "Way": Way, "progress": steps.progress(step)}
    return render(request, f"webform/{step}.html", {**shared, **context}, status=status)


def _onwards(draft: InquiryDraft) -> HttpResponse:
    return redirect(f"webform:{steps.next_step(draft, services.task_of(draft))}", draft.token)


def _with_files(request: HttpRequest, token: str) -> InquiryDraft:
    given = request.FILES.getlist("files")
    if not given:
        return services.open_draft(token, at=clock.now())
    uploads = [Upload(file.name or "fil", file.content_type or "", file.read()) for file in given]
    return services.add_files(token=token, uploads=uploads, at=clock.now())


def _number(posted: QueryDict) -> int:
    """The place of the file to take out; -1 for what is no place in the list."""
    places = {str(place): place for place in range(MOST_FILES)}
    return places.get(str(posted.get("remove", "")), -1)


def _language() -> str:
    return "en" if (get_language() or "da").startswith("en") else "da"
