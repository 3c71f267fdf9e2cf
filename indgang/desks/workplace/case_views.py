"""A case on its page: its plan, its journal, its task. Views."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases.selectors import normal_number
from indgang.core.catalogue import selectors as catalogue
from indgang.desks.workplace import case_blanks, case_journal, case_pages, case_regret, pages
from indgang.desks.workplace.case_forms import ReasonForm
from indgang.desks.workplace.case_staff import ask_reason, on_case
from indgang.desks.workplace.staff import frame, staff_only
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_GET
@on_case
def case(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """The case with everything one may do."""
    return render(request, "workplace/case/page.html", _context(request, viewer, found, at))


@require_POST
@staff_only
def reason(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """The reason is stated; from now on each look at the case stands on it for an hour."""
    at = clock.now()
    known = cases.reached(viewer, number, at)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return ask_reason(request, viewer, number, form, at, status=422)
    case_pages.keep_purpose(request, known.number, Purpose("reason", form.cleaned_data["reason"]), at)
    return redirect("workplace:case", known.number)


@never_cache
@require_GET
@on_case
def card(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """The guidance card of the case's task."""
    row = found.page.row
    guidance = catalogue.guidance(row.task, language="en" if get_language() == "en" else "da", at=at)
    return render(
        request, "workplace/case/parts/card.html", {"guidance": guidance, "task": row.task, "case_id": row.id}
    )


def _context(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> dict[str, object]:
    around = frame(viewer, pages.my_work(viewer, at), at)
    around["page_topics"] = f"{around['page_topics']} case:{found.page.id}"
    row = found.page.row
    kept = case_journal.drafts(viewer, found.page.id, at)
    return {
        **around,
        "open_case": found,
        "journal": case_journal.part(request, viewer, found.page.id, at),
        "note": case_blanks.fields(case_blanks.NOTE, row.number, kept),
        "note_begun": "skriv" in request.GET or any(name.startswith("note.") for name in kept),
        "regret": case_regret.offered(request, found.page.id, at),
        "may_mark": cases.may_mark(viewer),
        "just_decided": "afgjort" in request.GET and found.decision is not None,
        "complaint_case": normal_number(request.GET.get("klage", "")[:20]),
        "upload": case_blanks.fields(case_blanks.UPLOAD, row.number),
        "actions": case_blanks.actions(row.progress, row.number) if found.in_hand and not found.decision else "",
        "others": case_journal.others(viewer, found.page.id, at),
    }
