"""The front of planning, the counts, and every piece of work with its progress and files."""

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from indgang.desks.planning import example, publishing, reading, selectors, services, sheets
from indgang.desks.planning import own_counts as own
from indgang.desks.planning import runs as work
from indgang.desks.planning.forms import CountsForm, OwnCountsForm
from indgang.desks.planning.gates import planners_only
from indgang.desks.planning.values import Kind, RunRow, Series
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = "/planlaegning"


@require_GET
@planners_only
def front(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The steps of planning, and what was asked lately."""
    context = {"sets": selectors.count_sets(viewer), "runs": selectors.runs(viewer)}
    return render(request, "planning/front.html", context)


@require_GET
@planners_only
def counts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The sets of counts, and the form for one more."""
    return _counts(request, viewer, CountsForm())


@require_POST
@planners_only
def add_counts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Keep a file of counts; a faulty one is refused by line and column, and what was typed stays."""
    form = CountsForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            key = services.add_counts(
                name=data["navn"],
                series=Series(data["kanal"]),
                minutes=data["minutter"],
                content=data["fil"].read(),
                viewer=viewer,
                at=clock.now(),
            )
        except DomainError as refusal:
            form.add_error("fil", f"{refusal} ({refusal.code})")
        else:
            return HttpResponseRedirect(f"{HERE}/tal/{key}")
    return _counts(request, viewer, form, status=422)


@require_POST
@planners_only
def own_counts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Keep the municipality's own contacts of an entrance, a task group and a place as they are counted now."""
    form = OwnCountsForm(request.POST)
    if form.is_valid():
        wanted = form.series()
        try:
            key = services.add_counts(
                name=own.name(wanted),
                series=wanted,
                minutes=30,
                content=own.as_csv(wanted),
                viewer=viewer,
                at=clock.now(),
                own=True,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return HttpResponseRedirect(f"{HERE}/tal/{key}")
    return _counts(request, viewer, CountsForm(), own_form=form, status=422)


@require_GET
@planners_only
def count_set(request: HttpRequest, viewer: Viewer, set_id: UUID) -> HttpResponse:
    """A set with what was seen in it, day by day."""
    row = selectors.count_set(viewer, set_id)
    context = {"row": row, **reading.counts_shown(selectors.counts_of(viewer, set_id))}
    return render(request, "planning/count_set.html", context)


@require_POST
@planners_only
def remove_counts(request: HttpRequest, viewer: Viewer, set_id: UUID) -> HttpResponse:
    """Forget a set."""
    services.remove_counts(set_id=set_id, viewer=viewer, at=clock.now())
    messages.success(request, gettext("Tallene er slettet. Det, der er regnet ud af dem, er her stadig."))
    return HttpResponseRedirect(f"{HERE}/tal")


@require_GET
@planners_only
def example_file(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Eight weeks of invented counts, to see the shape and to try with."""
    response = _file("text/csv; charset=utf-8", "eksempel.csv")
    writer = csv.writer(response)
    writer.writerows(example.rows(clock.today()))
    return response


@require_GET
@planners_only
def run(request: HttpRequest, viewer: Viewer, run_id: UUID) -> HttpResponse:
    """How far it is, or what came out."""
    row = selectors.run(viewer, run_id)
    context = {"run": row, **_begun(row), **(reading.shown(row) if row.is_done else {})}
    if row.is_done and row.kind == Kind.ROSTER:
        context["publication"] = publishing.publication(viewer, row, clock.now())
    return render(request, f"planning/{row.kind if row.is_done else 'running'}.html", context)


@require_GET
@planners_only
def progress(request: HttpRequest, viewer: Viewer, run_id: UUID) -> HttpResponse:
    """The bar alone; when the work has ended the whole page is asked for anew."""
    row = selectors.run(viewer, run_id, whole=False)
    response = render(request, "planning/parts/progress.html", {"run": row, **_begun(row)})
    if not row.is_open:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@planners_only
def cancel(request: HttpRequest, viewer: Viewer, run_id: UUID) -> HttpResponse:
    """Stop it."""
    services.cancel_run(run_id=run_id, version=_version(request, viewer, run_id), viewer=viewer, at=clock.now())
    return HttpResponseRedirect(f"{HERE}/arbejde/{run_id}")


@require_POST
@planners_only
def again(request: HttpRequest, viewer: Viewer, run_id: UUID) -> HttpResponse:
    """Begin anew with the same input."""
    services.restart_run(run_id=run_id, version=_version(request, viewer, run_id), viewer=viewer, at=clock.now())
    return HttpResponseRedirect(f"{HERE}/arbejde/{run_id}")


@require_GET
@planners_only
def table_csv(request: HttpRequest, viewer: Viewer, run_id: UUID, table: str) -> HttpResponse:
    """One table of a result as a file."""
    row = _done(viewer, run_id)
    found = (row.result or {})["tables"].get(table)
    if found is None:
        raise NotFound
    response = _file("text/csv; charset=utf-8", f"{row.kind}-{table}.csv")
    response.write(sheets.as_csv(sheets.sheet_of(table, found)))
    return response


@require_GET
@planners_only
def workbook(request: HttpRequest, viewer: Viewer, run_id: UUID) -> HttpResponse:
    """All tables of a result as one spreadsheet."""
    row = _done(viewer, run_id)
    response = _file(XLSX, f"{row.kind}.xlsx")
    response.write(sheets.as_workbook(reading.sheets_of(row)))
    return response


@require_GET
@planners_only
def formula(request: HttpRequest, viewer: Viewer, name: str) -> HttpResponse:
    """How a number is made, as it stands in docs/algorithms."""
    return render(request, "planning/formula.html", {"name": name, "text": reading.formula(name)})


def _counts(
    request: HttpRequest, viewer: Viewer, form: CountsForm, own_form: OwnCountsForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "own_form": own_form or OwnCountsForm(), "sets": selectors.count_sets(viewer)}
    return render(request, "planning/counts.html", context, status=status)


def _done(viewer: Viewer, run_id: UUID) -> RunRow:
    row = selectors.run(viewer, run_id)
    if not row.is_done:
        raise NotFound
    return row


def _begun(row: RunRow) -> dict[str, Any]:
    """What became of whoever worked on it."""
    return {"silent": work.is_silent(row, clock.now()), "most": work.MOST_ATTEMPTS}


def _version(request: HttpRequest, viewer: Viewer, run_id: UUID) -> int:
    """The version the page showed. Progress moves none; without one it is the present."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else selectors.run(viewer, run_id, whole=False).version


def _file(kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
