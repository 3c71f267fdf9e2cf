"""A decision is written, looked through and made. Views."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import AmountPeriod, DecisionsPage, LetterWay
from indgang.desks.workplace import case_journal, case_pages, case_ready, pages
from indgang.desks.workplace.case_deciding_forms import (
    DecidingForm,
    DecisionForm,
    TypedAmount,
    saved_amounts,
    typed_amounts,
)
from indgang.desks.workplace.case_staff import on_case, shown, to_case
from indgang.desks.workplace.staff import frame, is_part, refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

FIRST = 2  # lines of amounts that are in sight from the beginning
APPEAL = ("appeal_body", "appeal_weeks", "appeal_by", "appeal_rule", "appeal_limits", "no_appeal")


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def decision(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """The draft, what is lacking, and the letter as it would be."""
    if not found.in_hand:
        raise NotFound
    if request.method == "GET":
        page = cases.decisions_of(viewer, found.page.id, at=at)
        amounts = saved_amounts(page.draft.amounts if page.draft else ())
        return _page(request, viewer, found, page, DecisionForm(initial=_typed(found, page)), amounts, at)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        if is_part(request):
            return refused_form(request, form)
        page = cases.decisions_of(viewer, found.page.id, at=at)
        return _page(request, viewer, found, page, form, typed_amounts(request.POST), at, status=422)
    try:
        services.draft_decision(
            case_id=found.page.id, text=form.text(), version=form.cleaned_data["version"], viewer=viewer, at=at
        )
    except DomainError as said:
        if is_part(request) or isinstance(said, NotFound):
            raise
        form.add_error(said.field if said.field in form.fields else None, str(said))
        page = cases.decisions_of(viewer, found.page.id, at=at)
        amounts = typed_amounts(request.POST)
        return _page(request, viewer, found, page, form, amounts, at, status=said.status)
    case_journal.forget(viewer, found.page.id, "decision")
    if not is_part(request):
        return redirect("workplace:case-decision", found.page.number)
    page = cases.decisions_of(viewer, found.page.id, at=at)
    return render(request, "workplace/case/parts/ready.html", {**_ready(found, page), "saved_at": at, "again": True})


@never_cache
@require_GET
@staff_only
def letter(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """The letter as it would go out now."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    pdf = cases.preview_decision(case_id=case.id, viewer=viewer, at=at)
    return HttpResponse(pdf, content_type="application/pdf", headers=_as_pdf(number))


@require_POST
@staff_only
def decide(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """The decision is made and its letter sent, once."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    form = DecidingForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    services.decide(
        decision_id=facts["decision"],
        way=facts["way"],
        address=facts["address"],
        confirmed=request.POST.getlist("confirmed"),
        version=facts["version"],
        viewer=viewer,
        at=at,
    )
    case_journal.forget(viewer, case.id, "decision")
    return to_case(request, number, query="?afgjort=1")


def _page(
    request: HttpRequest,
    viewer: Viewer,
    found: case_pages.OpenCase,
    page: DecisionsPage,
    form: DecisionForm,
    amounts: list[TypedAmount],
    at: datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    around = frame(viewer, pages.my_work(viewer, at), at)
    around["page_topics"] = f"{around['page_topics']} case:{found.page.id}"
    case_journal.am_here(viewer, found.page.id, "decision", at)
    kept = {} if form.is_bound else case_journal.drafts(viewer, found.page.id, at)
    fields = {one.field.name: one for one in shown(form, number=found.page.number, part="decision", drafts=kept)}
    context = {
        **around,
        **_ready(found, page),
        "fields": fields,
        "appeal_fields": [fields[name] for name in APPEAL],
        "amounts": [(line, line.number > FIRST and not line.label) for line in amounts],
        "periods": AmountPeriod.choices,
        "wrong": [error for errors in form.errors.values() for error in errors],
        "others": case_journal.others(viewer, found.page.id, at),
    }
    return render(request, "workplace/case/decision.html", context, status=status)


def _ready(found: case_pages.OpenCase, page: DecisionsPage) -> dict[str, object]:
    return {
        "open_case": found,
        "gates": case_ready.lines(found, page.gates),
        "ready": case_ready.is_ready(page.gates),
        "confirming": [gate for gate in page.gates if gate.warning and not gate.met],
        "draft": page.draft,
        "ways": LetterWay.choices,
    }


def _typed(found: case_pages.OpenCase, page: DecisionsPage) -> dict[str, object]:
    """What stands in the draft; without one what the case knows already."""
    if page.draft is None:
        rules = cases.setting_of(found.page.row.task)
        return {
            "level": str(max(2, found.page.level)),
            "legal_basis": found.page.legal_basis or rules.legal_basis,
            "appeal_body": rules.appeal_body,
            "appeal_weeks": rules.appeal_weeks,
        }
    names = [name for name in DecisionForm.base_fields if name not in {"version", "level"}]
    written: dict[str, object] = {name: getattr(page.draft, name) for name in names}
    return {**written, "level": str(page.draft.level), "version": page.draft.version}


def _as_pdf(number: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'inline; filename="{gettext("Udkast")}-{number}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
