"""What is written on a case: notes, and what is typed and not saved yet; the journal and who else is here. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import ReachedCase
from indgang.desks.workplace import case_journal, case_pages
from indgang.desks.workplace.case_forms import CaseNoteForm
from indgang.desks.workplace.case_staff import case_dialog, on_case, on_part_of_case, shown, to_case
from indgang.desks.workplace.staff import refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@require_POST
@staff_only
def add(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """A note of the journal."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    form = CaseNoteForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    services.add_note(case_id=case.id, viewer=viewer, at=at, **facts)
    case_journal.forget(viewer, case.id, "note")
    return to_case(request, number)


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def change(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, entry_id: UUID
) -> HttpResponse:
    """The author corrects a note the same day; the earlier words stay readable."""
    number = found.page.number
    if request.method == "GET":
        row = case_journal.entry(viewer, found, entry_id, at)
        context: dict[str, object] = {
            "fields": shown(CaseNoteForm(initial=case_journal.as_typed(row))),
            "form_id": "ret-notat",
            "action": reverse("workplace:case-change-note", args=[number, entry_id]),
            "button": gettext("Gem notatet"),
            "told": gettext("Det, der stod før, kan stadig læses."),
        }
        return case_dialog(request, viewer, gettext("Ret notatet"), context)
    form = CaseNoteForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.change_note(entry_id=entry_id, viewer=viewer, at=at, **form.cleaned_data)
    return to_case(request, number)


@never_cache
@require_GET
@on_part_of_case
def journal(request: HttpRequest, viewer: Viewer, found: ReachedCase, at: datetime) -> HttpResponse:
    """The journal again: filtered, older, or after something happened."""
    context = {"number": found.number, "journal": case_journal.part(request, viewer, found.id, at)}
    return render(request, "workplace/case/parts/entries.html", context)


@require_POST
@staff_only
def here(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """Say that one is here, and see who else is; on a document also whether a newer version came meanwhile."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    asked = request.GET.get("del", "")
    on_document = asked.startswith(case_journal.DOCUMENT)
    part = asked if on_document or asked == "decision" else "case"
    case_journal.am_here(viewer, case.id, part, at)
    context = {
        "others": case_journal.others(viewer, case.id, at, part),
        "document_part": part if on_document else "",
        "newer": case_journal.newer(viewer, case.id, part, request.POST.get("udgave", ""), at),
        "number": number,
        "may_work": case.may_work,
    }
    return render(request, "workplace/case/parts/here.html", context)


@require_POST
@staff_only
def draft(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """What is typed in one field is kept, and the others see that somebody types."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    if not case.may_work:
        raise NotFound
    case_journal.keep(viewer, case.id, request.POST.get("field", "")[:60], request.POST.get("body", ""), at)
    return render(request, "workplace/parts/saved.html", {"at": at})
