"""A leader's people as a roster takes them; an employee's own plan; a roster given to those in it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.values import ShiftRow
from indgang.desks.planning import own_plan, publishing, staff
from indgang.desks.planning.gates import employees_only, planners_only
from indgang.desks.planning.roster_calendar import calendar_of_plan
from indgang.desks.planning.staff_errors import TermsMoved
from indgang.desks.planning.staff_forms import HoursForm, TermsForm, WishForm, days_shown, initial_of
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

STAFF, OWN = "/planlaegning/medarbejdere", "/min-vagtplan"


@require_GET
@planners_only
def people(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everybody one leads who takes inquiries, and what is kept of them."""
    return _people(request, viewer, HoursForm())


@require_POST
@planners_only
def keep_hours(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The same hours for all who have none."""
    form = HoursForm(request.POST)
    if not form.is_valid():
        return _people(request, viewer, form, status=422)
    number = staff.keep_hours_of_all(hours=form.cleaned_data["timer"], viewer=viewer, at=clock.now())
    text = ngettext("Timerne er gemt for {n} medarbejder.", "Timerne er gemt for {n} medarbejdere.", number)
    messages.success(request, text.format(n=number))
    return HttpResponseRedirect(STAFF)


@require_GET
@planners_only
def person(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """One employee's hours and days."""
    row = staff.staff_member(viewer, employee_id, clock.now())
    return _person(request, row, TermsForm(initial=initial_of(row.terms)))


@require_POST
@planners_only
def keep_person(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """Keep them; what another changed meanwhile is told, and what was typed stays."""
    row, form = staff.staff_member(viewer, employee_id, clock.now()), TermsForm(request.POST)
    if not form.is_valid():
        return _person(request, row, form, status=422)
    try:
        staff.keep_terms(employee_id=employee_id, terms=form.terms(), viewer=viewer, at=clock.now())
    except TermsMoved as refusal:
        form = TermsForm({**request.POST.dict(), "version": str(staff.terms_of(employee_id).version)})
        form.add_error(None, str(refusal))
        return _person(request, row, form, status=409)
    messages.success(request, gettext("Gemt: {name}.").format(name=row.name))
    return HttpResponseRedirect(STAFF)


@require_POST
@planners_only
def publish(request: HttpRequest, viewer: Viewer, run_id: UUID) -> HttpResponse:
    """Give everybody one leads their shifts."""
    try:
        number = publishing.publish(run_id=run_id, viewer=viewer, at=clock.now())
    except DomainError as refusal:
        if refusal.status != 422:
            raise
        messages.error(request, str(refusal))
    else:
        text = ngettext("{n} vagt er udgivet.", "{n} vagter er udgivet.", number)
        messages.success(request, text.format(n=number))
    return HttpResponseRedirect(f"/planlaegning/arbejde/{run_id}#udgiv")


@require_POST
@planners_only
def withdraw(request: HttpRequest, viewer: Viewer, run_id: UUID) -> HttpResponse:
    """Take back what is still to come."""
    number = publishing.withdraw(run_id=run_id, viewer=viewer, at=clock.now())
    text = ngettext("{n} vagt er trukket tilbage.", "{n} vagter er trukket tilbage.", number)
    messages.success(request, text.format(n=number))
    return HttpResponseRedirect(f"/planlaegning/arbejde/{run_id}#udgiv")


@require_GET
@employees_only
def own(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """When I am at work."""
    return _own(request, viewer, WishForm(initial={"dage": staff.terms_of(_me(viewer)).wishes}))


@require_POST
@employees_only
def wish(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The days I wish to be free."""
    form = WishForm(request.POST)
    if not form.is_valid():
        return _own(request, viewer, form, status=422)
    staff.wish_days(days=form.cleaned_data["dage"], viewer=viewer, at=clock.now())
    messages.success(request, gettext("Dine ønsker er gemt. Din leder kan se dem."))
    return HttpResponseRedirect(OWN)


@require_POST
@employees_only
def open_calendar(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A new address for my calendar."""
    own_plan.make_address(viewer=viewer, at=clock.now())
    return HttpResponseRedirect(f"{OWN}#kalender")


@require_POST
@employees_only
def close_calendar(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """No address any more."""
    own_plan.close_address(viewer=viewer, at=clock.now())
    messages.success(request, gettext("Adressen er lukket. Din kalender kan ikke længere hente planen."))
    return HttpResponseRedirect(OWN)


@require_GET
@employees_only
def own_calendar(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """My shifts as a file."""
    at = clock.now()
    return _calendar(own_plan.own_shifts(viewer, at), "min-vagtplan.ics")


@never_cache
@require_GET
def subscribed(request: HttpRequest, secret: str) -> HttpResponse:
    """The shifts of whose secret it is, for a calendar that cannot log in."""
    return _calendar(own_plan.shifts_at(secret, clock.now()), "vagtplan.ics")


def _people(request: HttpRequest, viewer: Viewer, form: HoursForm, status: int = 200) -> HttpResponse:
    rows = staff.staff(viewer, clock.now())
    context = {
        "rows": [(row, days_shown(row.terms.absent), days_shown(row.terms.wishes)) for row in rows],
        "names": dict(organisation.groups()),
        "missing": sum(row.terms.hours is None for row in rows),
        "form": form,
    }
    return render(request, "planning/staff.html", context, status=status)


def _person(request: HttpRequest, row: staff.StaffRow, form: TermsForm, status: int = 200) -> HttpResponse:
    context = {"row": row, "form": form, "action": f"{STAFF}/{row.card.id}/gem"}
    return render(request, "planning/staff_member.html", context, status=status)


def _own(request: HttpRequest, viewer: Viewer, form: WishForm, status: int = 200) -> HttpResponse:
    at, secret = clock.now(), own_plan.secret_of(viewer)
    context: dict[str, Any] = {
        "weeks": own_plan.weeks(viewer, at),
        "today": clock.today(),
        "form": form,
        "address": request.build_absolute_uri(f"{OWN}/kalender/{secret}.ics") if secret else "",
    }
    return render(request, "planning/own_plan.html", context, status=status)


def _calendar(shifts: list[ShiftRow], name: str) -> HttpResponse:
    response = HttpResponse(calendar_of_plan(shifts, clock.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _me(viewer: Viewer) -> int:
    assert viewer.actor is not None
    return viewer.actor.employee
