"""Cases as their leader sees them: who has how many, what is late, and moving them after a look."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import CaseListPage, CaseQuery, Due, LoadRow
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import UnitCard
from indgang.desks.administration.answers import as_id, as_uuid
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import LEADERS
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

LOAD = "administration:case_load"
PAGE = 50
NOBODYS = "ingen"
LATE, OPEN, WAITING, NAME = "overskredne", "aabne", "venter", "navn"
ORDERS: dict[str, Callable[[LoadRow], int]] = {
    LATE: lambda row: row.overdue,
    OPEN: lambda row: row.open,
    WAITING: lambda row: row.waiting,
    NAME: lambda row: 0,
}
_MOST = 200  # in one go


@never_cache
@require_GET
@roles_only(LEADERS)
def load(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who of a unit has how many cases, and the cases of the one that is chosen; the late ones first."""
    at = clock.now()
    units = units_of(viewer)
    unit = _unit(request, units)
    who = request.GET.get("hos", "")[:12]
    cursor = request.GET.get("side", "")[:120]
    order = request.GET.get("sorter", "")
    order = order if order in ORDERS else LATE
    rows = _ordered(cases.load_of_unit(viewer, unit.id, at), order) if unit else []
    context = {
        "units": units,
        "unit": unit,
        "rows": rows,
        "order": order,
        "heads": [(LATE, gettext("Overskredne")), (OPEN, gettext("Åbne")), (WAITING, gettext("Venter"))],
        "total": [sum(map(ORDERS[code], rows)) for code in (LATE, OPEN, WAITING)],
        "who": who,
        "who_name": next((row.name for row in rows if row.employee and str(row.employee) == who), ""),
        "found": _found(viewer, unit, who, cursor, at) if unit else None,
        "begun": bool(cursor),
        "people": organisation.employees(unit=unit.id, at=at) if unit else [],
        "undo": request.GET.get("fortryd", "")[:40],
    }
    return render(request, "administration/live/cases.html", context)


@never_cache
@require_POST
@roles_only(LEADERS)
def look(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What would become of each case; nothing is changed."""
    at, keys = clock.now(), _ticked(request)
    employee = _receiver(request)
    lines = cases.preview_assign(viewer, keys, employee, at)
    if not lines:
        raise BadValue(what=gettext("Vælg mindst én sag."))
    card = organisation.employee(employee) if employee is not None else None
    context = {
        "lines": lines,
        "to": request.POST.get("til", ""),
        "to_name": card.name if card else gettext("enheden, så den næste ledige tager dem"),
        "unit": request.POST.get("enhed", ""),
        "moved": sum(line.allowed for line in lines),
    }
    return render(request, "administration/live/cases_look.html", context)


@require_POST
@roles_only(LEADERS)
def move(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Move them; what somebody changed meanwhile stays where it is, and the page says which."""
    at, keys = clock.now(), _ticked(request)
    versions = {key: number for key in keys if (number := as_id(request.POST.get(f"version-{key}", ""))) is not None}
    done, lines = services.assign_many(
        case_ids=keys, employee_id=_receiver(request), versions=versions, viewer=viewer, at=at
    )
    moved = [line for line in lines if line.allowed]
    text = ngettext("{n} sag er flyttet.", "{n} sager er flyttet.", len(moved)).format(n=len(moved))
    messages.success(request, text)
    for line in lines:
        if not line.allowed:
            messages.warning(request, f"{line.number}: {line.why_not}")
    response = redirect(LOAD)
    response["Location"] += f"?enhed={as_id(request.POST.get('enhed', '')) or ''}&fortryd={done if moved else ''}"
    return response


@require_POST
@roles_only(LEADERS)
def undo(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Back to whom they were with, as far as nobody has touched them since."""
    key = as_uuid(request.POST.get("fortryd", ""))
    if key is None:
        raise BadValue(what=gettext("Der er ikke noget at fortryde."))
    back = services.undo_assign(key=key, viewer=viewer, at=clock.now())
    messages.success(request, ngettext("{n} sag er givet tilbage.", "{n} sager er givet tilbage.", back).format(n=back))
    return redirect(LOAD)


def units_of(viewer: Viewer) -> list[UnitCard]:
    """The units this leader leads, the own one first."""
    assert viewer.actor is not None
    own = viewer.actor.unit
    found = [organisation.unit(key) for key in sorted(viewer.actor.units | {own}, key=lambda key: (key != own, key))]
    return [unit for unit in found if unit is not None]


def _ordered(rows: list[LoadRow], order: str) -> list[LoadRow]:
    """What nobody has first, then by name or by who has most: there a leader acts first."""
    by_name = sorted(rows, key=lambda row: (row.employee is not None, row.name))
    if order == NAME:
        return by_name
    return sorted(by_name, key=lambda row: (row.employee is not None, -ORDERS[order](row), -row.open))


def _unit(request: HttpRequest, units: list[UnitCard]) -> UnitCard | None:
    asked = as_id(request.GET.get("enhed", ""))
    return next((unit for unit in units if unit.id == asked), units[0] if units else None)


def _found(viewer: Viewer, unit: UnitCard, who: str, cursor: str, at: datetime) -> CaseListPage | None:
    """The cases of the employee that is chosen, or nobody's; without a choice those that are late.

    None for a leader without any right to tasks: numbers are no personal data, a list of cases is.
    """
    query = CaseQuery(unit=unit.id, handler=as_id(who), nobodys=who == NOBODYS, due="" if who else Due.OVERDUE)
    try:
        return cases.case_rows(viewer, query, cursor, PAGE, at=at)
    except NotFound:
        return None


def _ticked(request: HttpRequest) -> list[UUID]:
    found = [as_uuid(text) for text in request.POST.getlist("valgt")[:_MOST]]
    return [key for key in found if key is not None]


def _receiver(request: HttpRequest) -> int | None:
    """The employee they go to; None: back to their unit."""
    asked = request.POST.get("til", "")
    if asked == NOBODYS:
        return None
    employee = as_id(asked)
    if employee is None:
        raise BadValue(what=gettext("Vælg, hvem sagerne skal gives til."))
    return employee
