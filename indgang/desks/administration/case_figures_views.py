"""How a unit's cases went, for its leader: how many, how fast, in time, and without going from one to another."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.core.cases import selectors as cases
from indgang.core.cases.values import CaseFigures
from indgang.core.organisation.values import UnitCard
from indgang.desks.administration.answers import as_day, as_id
from indgang.desks.administration.case_load_views import units_of
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.goals_views import BOM
from indgang.desks.administration.menu import LEADERS
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

ALL = "alle"
COLUMNS = (
    *("decided", "median_days", "slow_days", "with_deadline", "in_time", "handovers", "never_handed_over"),
    *("reopened", "complaints", "changed"),
)
_USUAL = 90  # days back
_MOST = 3 * 366  # days in one look


@dataclass(frozen=True)
class Asked:
    """What the figures are of."""

    first: date
    last: date
    unit: UnitCard | None  # None: the whole municipality


@never_cache
@require_GET
@roles_only(LEADERS)
def page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The figures of one's unit or of all, for days one chooses; a fault stands at the form, with the usual days."""
    units = units_of(viewer)
    asked, fault = _asked(request, units)
    total, lines = _figures(viewer, asked)
    context = {"asked": asked, "units": units, "fault": fault, "total": total, "lines": lines, "all": ALL}
    return render(request, "administration/live/case_figures.html", context, status=422 if fault else 200)


@never_cache
@require_GET
@roles_only(LEADERS)
def as_csv(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The same as a file. Raises BadValue."""
    asked, fault = _asked(request, units_of(viewer))
    if fault:
        raise BadValue(what=fault)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sager-{asked.first}-{asked.last}.csv"'
    response.write(BOM)
    writer = csv.writer(response)
    writer.writerow(["task", *COLUMNS])
    total, lines = _figures(viewer, asked)
    for line in (*lines, total):
        figures = [getattr(line, name) for name in COLUMNS]
        writer.writerow([line.task, *(round(one, 2) if isinstance(one, float) else one for one in figures)])
    return response


def _figures(viewer: Viewer, asked: Asked) -> tuple[CaseFigures, tuple[CaseFigures, ...]]:
    unit = asked.unit.id if asked.unit else None
    return cases.case_figures(viewer, first=asked.first, last=asked.last, unit=unit)


def _asked(request: HttpRequest, units: list[UnitCard]) -> tuple[Asked, str]:
    """What is asked for, and what is wrong with it; then the usual time is shown."""
    today = clock.today()
    first, last = today - timedelta(days=_USUAL), today
    unit = _unit(request.GET.get("enhed", ""), units)
    try:
        begin = as_day(request.GET.get("fra", "")) or first
        end = as_day(request.GET.get("til", "")) or last
    except BadValue as error:
        return Asked(first, last, unit), str(error)
    if end < begin:
        return Asked(first, last, unit), gettext("Den sidste dag ligger før den første. Byt om på dem.")
    if (end - begin).days > _MOST:
        return Asked(first, last, unit), gettext("Vælg højst tre år ad gangen.")
    return Asked(begin, end, unit), ""


def _unit(asked: str, units: list[UnitCard]) -> UnitCard | None:
    if asked == ALL:
        return None
    key = as_id(asked)
    return next((unit for unit in units if unit.id == key), units[0] if units else None)
