"""One card at the editor's desk: the form with its preview, saved with a why, and its way over approval."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import errors as catalogue_errors
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services as cards
from indgang.core.catalogue.policy import SECTIONS, CardFault
from indgang.core.catalogue.values import CardDraft, CardState, DiffRow, GuidanceCard, TaskCard
from indgang.core.contacts import selectors as contacts
from indgang.desks.portal import card_form, errors, feedback
from indgang.desks.portal.answers import as_number, language
from indgang.desks.portal.card_form import Form
from indgang.desks.portal.gates import DESK, roles_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

REVIEW_AFTER = timedelta(days=180)


@dataclass
class Typed:
    """What somebody typed, as fields or as the whole file, and what became of it."""

    raw: bool
    form: Form
    text: str
    why: str = ""
    based_on: int = 0
    refused: str = ""
    faults: list[CardFault] = field(default_factory=list)
    theirs: list[DiffRow] = field(default_factory=list)  # from what another one saved to this text
    status: int = 200


@never_cache
@require_GET
@roles_only(DESK)
def editor(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """The newest text of the card, whoever wrote it."""
    known, draft = _open(viewer, task)
    typed = _as_kept(draft, raw=request.GET.get("raa") == "1", at=clock.now())
    return _page(request, viewer, known, draft, typed)


@require_POST
@roles_only(DESK)
def save(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Keep it as the next draft, or only look how it would be; nothing typed is lost when it is refused."""
    at = clock.now()
    known, draft = _open(viewer, task)
    typed = _as_sent(request, task, at)
    if not typed.faults and not typed.refused and request.POST.get("gem"):
        _keep(typed, task, draft, viewer, at)
        if not typed.refused:
            return redirect(f"/portal/redaktion/{known.code}?gemt=1" + ("&raa=1" if typed.raw else ""))
    return _page(request, viewer, known, draft, typed)


@require_POST
@roles_only(DESK)
def submit(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Send the draft to the owner for approval."""
    cards.submit_card(task=task, version=_number(request, "version"), viewer=viewer, at=clock.now())
    return redirect("portal:edit", task)


@require_POST
@roles_only(DESK)
def approve(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Let everybody read it, now or from a day."""
    cards.approve_card(
        task=task, version=_number(request, "version"), publish_on=_day(request.POST.get("dag", "")), viewer=viewer,
        at=clock.now(),
    )  # fmt: skip
    return redirect("portal:edit", task)


@require_POST
@roles_only(DESK)
def give_back(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Back to its author, with the reason."""
    cards.return_card(
        task=task, version=_number(request, "version"), reason=request.POST.get("grund", ""), viewer=viewer,
        at=clock.now(),
    )  # fmt: skip
    return redirect("portal:edit", task)


@require_POST
@roles_only(DESK)
def roll_back(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Take up again what was published before; without the owner it waits for approval."""
    cards.roll_back_card(
        task=task, to_version=_number(request, "version"), why=request.POST.get("hvorfor", ""), viewer=viewer,
        at=clock.now(),
    )  # fmt: skip
    return redirect("portal:versions", task)


@require_POST
@roles_only(DESK)
def dismiss(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """The conflict with the profile has been looked at."""
    cards.dismiss_attention(task=task, viewer=viewer, at=clock.now())
    return redirect("portal:edit", task)


@never_cache
@require_GET
@roles_only(DESK)
def versions(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """The card's history, and what is different between two of its versions."""
    known = _task(task)
    rows = catalogue.card_versions(task)
    numbers = {row.number for row in rows}
    new = _version(request.GET.get("til"), numbers, max(numbers, default=0))
    old = _version(request.GET.get("fra"), numbers | {0}, max((n for n in numbers if n < new), default=0))
    context = {
        "task": known,
        "rows": rows,
        "old": old,
        "new": new,
        "difference": catalogue.card_difference(task, old, new) if numbers and old != new else [],
        "may_edit": cards.may_edit(viewer, known.administration),
        "owns": catalogue.owns_card(viewer, task, at=clock.now()),
    }
    return render(request, "portal/versions.html", context)


def _open(viewer: Viewer, task: str) -> tuple[TaskCard, CardDraft]:
    return _task(task), catalogue.card_draft(task)


def _task(code: str) -> TaskCard:
    known = catalogue.task(code, language=language())
    if known is None:
        raise NotFound
    return known


def _as_kept(draft: CardDraft, *, raw: bool, at: datetime) -> Typed:
    today = clock.local(at).date()
    if not draft.text:
        form = card_form.empty_form(today, today + REVIEW_AFTER)
        return Typed(raw, form, card_form.as_file(draft.task, form, today)[0])
    try:
        form = card_form.form_of(draft.text, draft.task)
    except catalogue_errors.CardFaulty as older:  # kept before a rule that is stricter now
        form = card_form.empty_form(today, today + REVIEW_AFTER)
        return Typed(True, form, draft.text, based_on=draft.number, faults=older.faults)
    if form["review_by"] <= today.isoformat():  # whoever changes it now has looked at it
        form["review_by"] = (today + REVIEW_AFTER).isoformat()
    return Typed(raw, form, draft.text, based_on=draft.number)


def _as_sent(request: HttpRequest, task: str, at: datetime) -> Typed:
    """What was typed; faults of the whole file, or of the fields, are found at once."""
    given = request.POST
    typed = Typed(
        raw=given.get("raa") == "1", form=card_form.from_request(given.dict()), text=given.get("text", ""),
        why=given.get("why", ""), based_on=_number(request, "based_on"),
    )  # fmt: skip
    name = f"{task}.md"
    if not typed.raw:
        typed.text, wrong = card_form.as_file(task, typed.form, clock.local(at).date())
        typed.faults = card_form.with_name(wrong, name)
    if not typed.faults:
        try:
            typed.form = card_form.form_of(typed.text, task)
        except catalogue_errors.CardFaulty as faulty:
            typed.faults = faulty.faults
    typed.status = catalogue_errors.CardFaulty.status if typed.faults else 200
    return typed


def _keep(typed: Typed, task: str, draft: CardDraft, viewer: Viewer, at: datetime) -> None:
    """Save it; what is refused stands in `typed`, with what another one saved meanwhile beside it."""
    try:
        if not typed.why.strip():
            raise errors.WhyMissing
        cards.save_card_draft(task=task, text=typed.text, based_on=typed.based_on, why=typed.why, viewer=viewer, at=at)
    except catalogue_errors.CardFaulty as faulty:
        typed.faults, typed.refused, typed.status = faulty.faults, str(faulty), faulty.status
    except catalogue_errors.StaleCard as stale:
        typed.refused, typed.status, typed.based_on = str(stale), stale.status, stale.number
        typed.theirs = catalogue.text_difference(stale.text, typed.text)
    except errors.WhyMissing as missing:
        typed.refused, typed.status = str(missing), missing.status


def _page(request: HttpRequest, viewer: Viewer, known: TaskCard, draft: CardDraft, typed: Typed) -> HttpResponse:
    at = clock.now()
    may_edit = cards.may_edit(viewer, known.administration)
    submitted = draft.state == CardState.SUBMITTED
    context = {
        "task": known,
        "draft": draft,
        "typed": typed,
        "groups": _fields(typed.form),
        "choices": _choices(),
        "may_edit": may_edit,
        "may_approve": submitted and catalogue.may_approve_card(viewer, known.code, draft.number, at=at),
        "may_return": submitted and (may_edit or catalogue.may_approve_card(viewer, known.code, draft.number, at=at)),
        "guidance": _preview(typed, known.code, at),
        "feedback": feedback.feedback_on(known.code),
        "saved": request.GET.get("gemt") == "1",
        "tomorrow": clock.local(at).date() + timedelta(days=1),
        "unsaved": typed.status != 200 or request.method == "POST",
    }
    return render(request, "portal/editor.html", context, status=typed.status)


def _preview(typed: Typed, task: str, at: datetime) -> GuidanceCard | None:
    """The card as it would be; None while it has faults."""
    try:
        return None if typed.faults else catalogue.card_preview(task, typed.text, language=language(), at=at)
    except catalogue_errors.CardFaulty:
        return None


def _fields(form: Form) -> list[tuple[str, str, str, bool]]:
    """The sections as fields: anchor, title, text, read by everybody."""
    return [(rule.anchor, rule.title, form[rule.anchor], rule.public) for rule in SECTIONS]


def _choices() -> dict[str, object]:
    """The codes a card may name."""
    return {
        "authorities": catalogue.authorities(),
        "rates": catalogue.rates_on(clock.today()),
        "materials": contacts.materials(),
        "depends": ("yes", "no", "partly", "unknown", "not_a_benefit"),
        "channels": ("net", "phone", "counter"),
    }


def _number(request: HttpRequest, name: str) -> int:
    return as_number(request.POST.get(name))


def _version(given: str | None, known: set[int], otherwise: int) -> int:
    number = int(given) if given and given.isascii() and given.isdecimal() and len(given) < 9 else -1
    return number if number in known else otherwise


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
