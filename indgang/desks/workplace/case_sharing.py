"""What goes between us and others on a case: opinions, other authorities, facts given and obtained, events. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import ReachedCase
from indgang.desks.workplace import case_journal, case_pages
from indgang.desks.workplace.case_forms import GroundForm
from indgang.desks.workplace.case_pages import AnyForm
from indgang.desks.workplace.case_sharing_forms import (
    AnswerForm,
    FactsForm,
    ForwardedForm,
    ForwardingForm,
    ReactionForm,
    lines_of,
)
from indgang.desks.workplace.case_staff import case_dialog, shown, to_case
from indgang.desks.workplace.directory import AUTHORITIES
from indgang.desks.workplace.staff import asks_others, goes_to, refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.registers import selectors as registers
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def answer(request: HttpRequest, viewer: Viewer, number: str, opinion_id: UUID) -> HttpResponse:
    """What a specialist says; the case stays with whoever asked."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        kept = case_journal.drafts(viewer, case.id, at)
        context: dict[str, object] = {
            "fields": shown(AnswerForm(), number=number, part="answer", drafts=kept),
            "form_id": "udtalelse",
            "action": reverse("workplace:case-answer", args=[number, opinion_id]),
            "button": gettext("Send udtalelsen"),
            "told": gettext("Udtalelsen står i journalen, og den, der spurgte, får den som et trin."),
        }
        return case_dialog(request, viewer, gettext("Skriv udtalelsen"), context)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.give_opinion(opinion_id=opinion_id, answer=form.cleaned_data["answer"], viewer=viewer, at=at)
    case_journal.forget(viewer, case.id, "answer")
    return goes_to(request, "workplace:cases", query=f"?svaret={number}")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def withdraw(request: HttpRequest, viewer: Viewer, number: str, opinion_id: UUID) -> HttpResponse:
    """The question need not be answered after all."""
    at = clock.now()
    cases.reached(viewer, number, at)
    if request.method == "GET":
        context: dict[str, object] = {
            "fields": [one for one in shown(GroundForm()) if one.field.name != "version"],
            "form_id": "traek-spoergsmaal",
            "action": reverse("workplace:case-withdraw-opinion", args=[number, opinion_id]),
            "button": gettext("Træk spørgsmålet tilbage"),
        }
        return case_dialog(request, viewer, gettext("Træk spørgsmålet tilbage"), context)
    form = GroundForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.withdraw_opinion(opinion_id=opinion_id, ground=form.cleaned_data["ground"], viewer=viewer, at=at)
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def forward(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Something goes on to another authority, and is followed until that answers."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        kept = case_journal.drafts(viewer, case.id, at)
        context: dict[str, object] = {
            "fields": shown(ForwardingForm(), number=number, part="forward", drafts=kept),
            "form_id": "videresend",
            "action": reverse("workplace:case-forward", args=[number]),
            "button": gettext("Send videre"),
            "after": "workplace/case/parts/authorities.html",
            "authorities": AUTHORITIES,
        }
        return case_dialog(request, viewer, gettext("Send til anden myndighed"), context)
    form = ForwardingForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    sending = services.Sending(
        way=facts["way"],
        to_mail=facts["to_mail"],
        address=facts["address"],
        words=facts["words"],
        expected_by=facts["day"],
        disclose=form.along(),
        ground=facts["ground"],
        consent=facts["consent"],
    )
    services.forward(
        case_id=case.id,
        authority=facts["authority"],
        what=facts["what"],
        kind=facts["kind"],
        sending=sending,
        viewer=viewer,
        at=at,
    )
    case_journal.forget(viewer, case.id, "forward")
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def forwarded(request: HttpRequest, viewer: Viewer, number: str, forwarding_id: UUID) -> HttpResponse:
    """What the other authority answered."""
    at = clock.now()
    cases.reached(viewer, number, at)
    if request.method == "GET":
        around = {"form_id": "myndigheds-svar", "button": gettext("Gem svaret")}
        action = reverse("workplace:case-forwarded", args=[number, forwarding_id])
        return _asked(request, viewer, gettext("Svar fra den anden myndighed"), ForwardedForm(), action, around)
    form = ForwardedForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = {name: form.cleaned_data[name] for name in ("state", "answer", "reference")}
    services.record_forward_status(forwarding_id=forwarding_id, viewer=viewer, at=at, **facts)
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
@asks_others
def facts(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Facts obtained for the case, from a register at once or from somebody who sends them; or given to somebody."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    known = [(source.code, registers.name_of(source)) for source in registers.sources()]
    if request.method == "GET":
        context: dict[str, object] = {
            "fields": shown(FactsForm(registers=known)),
            "form_id": "oplysninger-fra-andre",
            "action": reverse("workplace:case-facts", args=[number]),
            "button": gettext("Gem i journalen"),
        }
        return case_dialog(request, viewer, gettext("Indhent eller videregiv oplysninger"), context)
    form = FactsForm(request.POST, registers=known)
    if not form.is_valid():
        return refused_form(request, form)
    _kept(request, case, form, viewer, at)
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def notice(request: HttpRequest, viewer: Viewer, number: str, notice_id: UUID) -> HttpResponse:
    """What an event means for the case."""
    at = clock.now()
    cases.reached(viewer, number, at)
    if request.method == "GET":
        around = {"form_id": "haendelse", "button": gettext("Gem")}
        action = reverse("workplace:case-notice", args=[number, notice_id])
        return _asked(request, viewer, gettext("Tag stilling til det, der er sket"), ReactionForm(), action, around)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.handle_notice(notice_id=notice_id, reaction=form.cleaned_data["reaction"], viewer=viewer, at=at)
    return to_case(request, number)


def _asked(
    request: HttpRequest, viewer: Viewer, heading: str, form: AnyForm, action: str, around: dict[str, str]
) -> HttpResponse:
    """A dialog about something on the case that has no version of its own."""
    fields = [one for one in shown(form) if one.field.name != "version"]
    return case_dialog(request, viewer, heading, {"fields": fields, "action": action, **around})


def _kept(request: HttpRequest, case: ReachedCase, form: FactsForm, viewer: Viewer, at: datetime) -> None:
    facts = form.cleaned_data
    ground, consent = facts["ground"], facts["consent"]
    if form.asks_register:  # outside a transaction: a register may take its time
        purpose = case_pages.kept_purpose(request, case.number, at)
        services.obtain_from_register(
            case_id=case.id, register=facts["register"], ground=ground, consent=consent, purpose=purpose,
            viewer=viewer, at=at,
        )  # fmt: skip
    elif facts["direction"] == "given":
        services.give_facts(
            case_id=case.id, other=facts["other"], facts=lines_of(facts["what"]), ground=ground, consent=consent,
            viewer=viewer, at=at,
        )  # fmt: skip
    else:
        services.obtain_facts(
            case_id=case.id, other=facts["other"], what=", ".join(lines_of(facts["what"])), ground=ground,
            found=facts["found"], consent=consent, viewer=viewer, at=at,
        )  # fmt: skip
