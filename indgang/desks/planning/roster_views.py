"""Asking for a roster, and an employee's own part of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from indgang.desks.planning import selectors
from indgang.desks.planning.asking_views import ask, asking_page
from indgang.desks.planning.errors import NotFinished
from indgang.desks.planning.gates import planners_only
from indgang.desks.planning.need_shares import refuse_no_shift, refuse_too_long, refuse_unknown
from indgang.desks.planning.reading import made_at
from indgang.desks.planning.roster_calendar import calendar_of
from indgang.desks.planning.roster_forms import FILE, NEED_FILE, RosterForm, need_of
from indgang.desks.planning.rostering import Shift
from indgang.desks.planning.rosters import needs_of
from indgang.desks.planning.rosters_shown import people, shift_of
from indgang.desks.planning.shifts import ANY, monday_of, read_employees, read_patterns
from indgang.desks.planning.staff_errors import NothingNeeded
from indgang.desks.planning.values import Kind
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer


@require_GET
@planners_only
def roster(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which need, which shifts, who."""
    initial: dict[str, Any] = request.GET.dict()
    if str(initial.get("mulighed", "")).isdecimal():
        initial["mulighed"] = int(initial["mulighed"][:3]) + 1
    return asking_page(request, viewer, RosterForm(viewer, initial=initial), Kind.ROSTER)


@require_POST
@planners_only
def ask_roster(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have it made; faulty patterns and employees are refused by line and column before anything is queued."""

    def given(form: RosterForm) -> tuple[str, dict[str, Any]]:
        facts, name = _need(form, viewer)
        facts |= {
            "patterns": form.cleaned_data["vagter"],
            "employees": form.employees(),
            "seconds": form.cleaned_data["sekunder"],
            "names": form.groups,
            "units": sorted(viewer.actor.units) if viewer.actor else [],
        }
        _refuse_faulty(form, facts)
        return name, facts

    return ask(request, viewer, RosterForm(viewer, request.POST, request.FILES), Kind.ROSTER, given)


def _need(form: RosterForm, viewer: Viewer) -> tuple[dict[str, Any], str]:
    """The need a form asks for, and what to call it."""
    data = form.cleaned_data
    if data["behov"] == NEED_FILE:
        text = form.read("behovsfil")
        return {"need_file": text}, gettext("Behov fra {file}").format(file=data["behovsfil"].name[:80])
    source = selectors.run(viewer, UUID(data["behov"]))
    if source.result is None:
        raise NotFinished(field="behov", what=gettext("Bemandingen"))
    need = need_of(source.result, source.kind, data["mulighed"] or 1, data["sted"])
    facts = {"need": need, "first": monday_of(data["fra"]).isoformat(), "weeks": data["uger"]}
    return facts | {"shares": form.shares()}, source.name


@require_GET
@planners_only
def calendar(request: HttpRequest, viewer: Viewer, run_id: UUID, number: int) -> HttpResponse:
    """The shifts of one employee as iCalendar."""
    row = selectors.run(viewer, run_id)
    if row.result is None or row.kind != Kind.ROSTER:
        raise NotFound
    names = people(row.result)
    if not 0 <= number < len(names):
        raise NotFound
    shifts: list[Shift] = [shift_of(one) for one in row.result["tables"]["shifts"]["rows"]]
    patterns = {one.name: one for one in read_patterns(row.input["patterns"])}
    response = HttpResponse(
        calendar_of(names[number], shifts, patterns, made_at(row)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="vagter-{number + 1}.ics"'
    return response


def _refuse_faulty(form: RosterForm, facts: dict[str, Any]) -> None:
    """Read everything once, so that what cannot be planned is said at its field before anything is queued."""
    form.reading = "behovsfil" if "need_file" in facts else "behov"
    needs = list(needs_of(facts))
    if not any(need.count for need in needs):
        raise NothingNeeded(field=form.reading)
    refuse_too_long(needs)
    form.reading = "vagter"
    patterns = read_patterns(facts["patterns"])
    refuse_no_shift(needs, patterns)
    if not facts["employees"]:
        return
    form.reading = "fil" if form.cleaned_data["hvem"] == FILE else "hvem"
    employees = read_employees(facts["employees"])
    wanted = sorted({need.competence for need in needs if need.count} - {ANY})
    form.reading = "behovsfil" if "need_file" in facts else "andele"
    refuse_unknown(wanted, [one.competences for one in employees], facts["names"], form.reading)
