"""Several cases at once, previewed first: given to a colleague, or their deadline moved; and undone. Views."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import CaseRow, DeadlineCard, DeadlineKind
from indgang.desks.workplace import case_undo, directory
from indgang.desks.workplace.case_deciding_forms import HandlerForm, SeveralForm
from indgang.desks.workplace.case_moving import colleagues, people
from indgang.desks.workplace.case_staff import case_dialog, shown
from indgang.desks.workplace.forms import target_of
from indgang.desks.workplace.pages import as_id
from indgang.desks.workplace.staff import goes_to, is_part, refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

MOST = 100


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def assign(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Give all that are chosen to one colleague: who has them now, and which of them the colleague may not have."""
    at = clock.now()
    if request.method == "GET":
        return _preview(request, viewer, at)
    form = HandlerForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    keys = _keys(request.POST.getlist("sag"))
    versions = {key: version for key in keys if (version := _version(request, key)) is not None}
    employee = target_of(form.cleaned_data["to"]).employee
    key, lines = services.assign_many(case_ids=keys, employee_id=employee, versions=versions, viewer=viewer, at=at)
    left = [f"{line.number}: {line.why_not}" for line in lines if not line.allowed]
    case_undo.keep(request, "assign", [(str(key), None)], at, left=left)
    return goes_to(request, "workplace:cases", query=f"?givet={len(lines) - len(left)}")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def deadline(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Another day for the answer of all that are chosen, with one reason."""
    at = clock.now()
    if request.method == "GET":
        context: dict[str, object] = {
            "rows": _chosen(viewer, request.GET.getlist("sag"), at),
            "fields": shown(SeveralForm()),
            "action": reverse("workplace:cases-deadline"),
        }
        return case_dialog(request, viewer, gettext("Flyt fristen for flere sager"), context, name="deadline_several")
    form, rows = SeveralForm(request.POST), _chosen(viewer, request.POST.getlist("sag"), at)
    if not form.is_valid():
        return refused_form(request, form)
    until = form.moment()
    assert until is not None
    with transaction.atomic():
        before = [(str(row.id), _moved(viewer, row, until, form.cleaned_data["ground"], at)) for row in rows]
    case_undo.keep(request, "deadline", before, at)
    return goes_to(request, "workplace:cases", query=f"?flyttet={len(rows)}")


@require_POST
@staff_only
def undo(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """As it was before, for all of them or none."""
    at = clock.now()
    kind, before = case_undo.taken(request, at)
    with transaction.atomic():
        for key, value in before:
            if kind == "assign":
                services.undo_assign(key=as_id(key), viewer=viewer, at=at)
            elif isinstance(value, str):
                _moved_back(viewer, as_id(key), datetime.fromisoformat(value), at)
    return goes_to(request, "workplace:cases", query="?fortrudt=1")


def _preview(request: HttpRequest, viewer: Viewer, at: datetime) -> HttpResponse:
    """The dialog; the hits alone while one types, the cases alone when somebody is chosen."""
    text = request.GET.get("q", "")[:80].replace("\x00", "").strip()
    context: dict[str, object] = {"text": text, "action": reverse("workplace:cases-assign")}
    if "q" in request.GET and "to" not in request.GET and is_part(request):
        context["found"] = people(viewer, text, at) if len(text) > 1 else []
        return render(request, "workplace/parts/found_receivers.html", context)
    form = HandlerForm(request.GET)
    employee = target_of(form.cleaned_data["to"]).employee if form.is_valid() else None
    context["lines"] = cases.preview_assign(viewer, _keys(request.GET.getlist("sag")), employee, at)
    if "to" in request.GET and is_part(request):
        return render(request, "workplace/case/parts/assign_lines.html", context)
    context["found"] = _near(viewer, at)
    return case_dialog(request, viewer, gettext("Giv sagerne til en kollega"), context, name="assign_several")


def _chosen(viewer: Viewer, given: list[str], at: datetime) -> list[CaseRow]:
    """The chosen cases in the order of their ids, so that nobody locks in another; NotFound when one is not there."""
    return [cases.row(viewer, key, at) for key in _keys(given)]


def _keys(given: list[str]) -> list[UUID]:
    return sorted({as_id(key) for key in given[:MOST]})


def _moved_back(viewer: Viewer, case_id: UUID, due: datetime, at: datetime) -> None:
    row = _answer(viewer, case_id, at)
    if row is not None:
        ground = gettext("Flytningen er fortrudt")
        services.move_deadline(deadline_id=row.id, due_at=due, ground=ground, viewer=viewer, at=at)


def _moved(viewer: Viewer, row: CaseRow, until: datetime, ground: str, at: datetime) -> str | None:
    """Move one; the day it had before."""
    running = _answer(viewer, row.id, at)
    if running is None:
        services.set_deadline(case_id=row.id, kind=DeadlineKind.ANSWER, due_at=until, viewer=viewer, at=at)
        return None
    services.move_deadline(deadline_id=running.id, due_at=until, ground=ground, viewer=viewer, at=at)
    return running.due_at.isoformat()


def _answer(viewer: Viewer, case_id: UUID, at: datetime) -> DeadlineCard | None:
    """The deadline of the answer that runs."""
    rows = cases.case(viewer, case_id, at=at).deadlines
    return next(
        (row for row in rows if row.kind == DeadlineKind.ANSWER and not row.met_at and not row.cancelled_at), None
    )


def _near(viewer: Viewer, at: datetime) -> list[directory.Entry]:
    if viewer.actor is None:
        raise NotFound
    return colleagues(viewer, viewer.actor.unit, at)


def _version(request: HttpRequest, case_id: UUID) -> int | None:
    given = request.POST.get(f"version-{case_id}", "")
    return int(given) if given.isascii() and given.isdecimal() else None
