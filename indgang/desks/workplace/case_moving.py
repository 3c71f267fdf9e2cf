"""Who works on a case: its handler, another unit, a specialist who is asked, another authority. Views."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import ReachedCase
from indgang.core.organisation import selectors as organisation
from indgang.desks.workplace import case_journal, case_pages, directory
from indgang.desks.workplace.case_deciding_forms import HandingOverForm, HandlerForm
from indgang.desks.workplace.case_sharing_forms import SpecialistForm
from indgang.desks.workplace.case_staff import case_dialog, shown, to_case
from indgang.desks.workplace.forms import target_of
from indgang.desks.workplace.staff import goes_to, is_part, refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

MOST_COLLEAGUES = 12


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def handler(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Who has the case; oneself first, then the colleagues of its unit."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        text = typed_words(request)
        found = people(viewer, text, at) if len(text) > 1 else colleagues(viewer, case.unit, at)
        return to_whom(
            request, viewer, case, "case-handler", found, text,
            heading=gettext("Hvem behandler sagen?"), button=gettext("Giv sagen"),
            form=HandlerForm(initial={"version": case.version}), people_only=True,
        )  # fmt: skip
    form = HandlerForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    employee, version = target_of(form.cleaned_data["to"]).employee, form.cleaned_data["version"]
    services.set_handler(case_id=case.id, employee_id=employee, version=version, viewer=viewer, at=at)
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def hand_over(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """The case goes on somewhere else, with everything in it."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        text = typed_words(request)
        form = HandingOverForm(initial={"version": case.version})
        found = receivers(viewer, text, at) if len(text) > 1 else likely(case, at)
        return to_whom(
            request, viewer, case, "case-hand-over", found, text,
            heading=gettext("Giv sagen videre"), button=gettext("Giv sagen videre"), form=form, part="hand_over",
            told=gettext("Modtageren får hele sagen: journal, dokumenter, trin og frister."),
        )  # fmt: skip
    form = HandingOverForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    target = target_of(facts["to"])
    services.hand_over(
        case_id=case.id,
        unit=target.unit,
        employee=target.employee,
        note=facts["note"],
        deadline=form.moment(),
        owner_moves=facts["owner"] == "moves",
        version=facts["version"],
        viewer=viewer,
        at=at,
    )
    case_journal.forget(viewer, case.id, "hand_over")
    return goes_to(request, "workplace:cases", query=f"?overdraget={number}")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def specialist(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """A question to somebody who knows more; the case stays where it is."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if request.method == "GET":
        text = typed_words(request)
        found = receivers(viewer, text, at) if len(text) > 1 else likely(case, at)
        return to_whom(
            request, viewer, case, "case-specialist", found, text,
            heading=gettext("Spørg en specialist"), button=gettext("Send spørgsmålet"),
            form=SpecialistForm(initial={"day": case_pages.soon(at)}), part="opinion",
            told=gettext("Sagen bliver hos dig. Specialisten kan se den og svarer her."),
        )  # fmt: skip
    form = SpecialistForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    target = target_of(facts["to"])
    services.ask_opinion(
        case_id=case.id,
        question=facts["question"],
        unit=target.unit,
        employee=target.employee,
        answer_by=facts["day"],
        viewer=viewer,
        at=at,
    )
    case_journal.forget(viewer, case.id, "opinion")
    return to_case(request, number)


def typed_words(request: HttpRequest) -> str:
    """What somebody has typed to find a receiver."""
    return request.GET.get("q", "")[:80].replace("\x00", "").strip()


def to_whom(
    request: HttpRequest,
    viewer: Viewer,
    case: ReachedCase,
    address: str,
    found: list[directory.Entry],
    text: str,
    *,
    heading: str,
    button: str,
    form: case_pages.AnyForm,
    part: str = "",
    told: str = "",
    people_only: bool = False,
    args: tuple[object, ...] = (),
) -> HttpResponse:
    """The dialog that chooses somebody; the hits alone while one types."""
    context: dict[str, object] = {"found": found, "text": text}
    if "q" in request.GET and is_part(request):
        return render(request, "workplace/parts/found_receivers.html", context)
    kept = case_journal.drafts(viewer, case.id, clock.now()) if part else None
    fields = shown(form, number=case.number, part=part, drafts=kept)
    context |= {
        "fields": [one for one in fields if one.field.name != "to"],
        "form_id": address.removeprefix("case-"),
        "action": reverse(f"workplace:{address}", args=[case.number, *args]),
        "button": button,
        "told": told,
        "people_only": people_only,
    }
    return case_dialog(request, viewer, heading, context, name="to")


def receivers(viewer: Viewer, text: str, at: datetime) -> list[directory.Entry]:
    """Units and people of that name."""
    return [one for one in directory.receivers_of_many(viewer, text, at) if one.kind != "group"]


def people(viewer: Viewer, text: str, at: datetime) -> list[directory.Entry]:
    """People of that name."""
    return [one for one in directory.receivers_of_many(viewer, text, at) if one.kind == "employee"]


def colleagues(viewer: Viewer, unit: int, at: datetime) -> list[directory.Entry]:
    """Oneself, then those of the case's unit."""
    me = viewer.actor.employee if viewer.actor else None
    own = organisation.employee(me) if me else None
    others = [card for card in organisation.employees(unit=unit, at=at) if card.id != me]
    cards = [*([own] if own else []), *others][:MOST_COLLEAGUES]
    return [
        directory.Entry(f"employee:{card.id}", "employee", card.name, f"{card.title}, {card.unit_name}")
        for card in cards
    ]


def likely(case: ReachedCase, at: datetime) -> list[directory.Entry]:
    """The unit such cases are followed up by, where it is another."""
    unit = organisation.unit(case_pages.follow_up(case.task) or 0)
    return (
        [directory.Entry(f"unit:{unit.id}", "unit", unit.name, unit.address)] if unit and unit.id != case.unit else []
    )
