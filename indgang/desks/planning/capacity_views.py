"""The use of capacity, the centres of the organisation with what to look at, and what comes in a year."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from indgang.desks.insight import selectors as insight
from indgang.desks.planning import capacity as capacities
from indgang.desks.planning import centres as places
from indgang.desks.planning import selectors, sheets, volumes, words
from indgang.desks.planning.capacity_forms import CentresForm
from indgang.desks.planning.errors import PlanMoved
from indgang.desks.planning.gates import planners_only
from indgang.desks.planning.values import CHANNELS
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

MOST_CENTRES = 200


@require_GET
@planners_only
def capacity(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Table 2, the centres, and the year by channel for so many centres."""
    at = clock.now()
    return _page(request, viewer, at, places.centres(viewer, at))


@require_POST
@planners_only
def keep_centres(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Keep the numbers a planner typed; a faulty or stale form is given back with what was typed in it."""
    at = clock.now()
    centres = places.centres(viewer, at)
    form = CentresForm(centres, request.POST)
    if not form.is_valid():
        return _page(request, viewer, at, centres, form, status=422)
    try:
        places.keep(said=form.said(), viewer=viewer, at=at)
    except PlanMoved as refusal:
        form.add_error(None, str(refusal))
        return _page(request, viewer, at, centres, form, status=409)
    messages.success(request, gettext("Centrenes tal er gemt."))
    return HttpResponseRedirect("/planlaegning/kapacitet#centre")


@require_GET
@planners_only
def capacity_workbook(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Table 2 and the year's volumes as sheets."""
    _full, rows = _months(viewer)
    names = [_("Måned"), _("Opgaver"), _("Opregnet til helt år"), _("Udnyttelse (%)"), _("Indeks")]
    cells = [[one.month, one.tasks, one.yearly, float(one.utilisation), one.index] for one in rows]
    table_two = sheets.Sheet(gettext("Kapacitet"), [str(name) for name in names], cells)
    return sheets.workbook_answer("kapacitet.xlsx", [table_two, _volumes_sheet(viewer)])


def _page(
    request: HttpRequest,
    viewer: Viewer,
    at: datetime,
    centres: list[places.Centre],
    form: CentresForm | None = None,
    status: int = 200,
) -> HttpResponse:
    full, rows = _months(viewer)
    facts = [one for one in (centre.facts() for centre in centres) if one is not None]
    names = {one.code: one.name for one in centres}
    context: dict[str, Any] = {
        "full": words.number(full),
        "rows": rows,
        "form": form or CentresForm(centres),
        "centres": centres,
        "unknown": [one.name for one in centres if one.facts() is None],
        "warnings": [(names[one.centre], words.warning(one)) for one in capacities.warnings(facts)],
        "moves": [
            {
                "n": one.staff,
                "source": names[one.source],
                "target": names[one.target],
                "used": words.share(one.source_used),
            }
            for one in capacities.moves(facts)
        ],
        **_year(request, viewer, clock.local(at).date(), len(centres)),
    }
    return render(request, "planning/capacity.html", context, status=status)


def _months(viewer: Viewer) -> tuple[int, list[capacities.MonthRow]]:
    months = selectors.capacity_months(viewer)
    full = capacities.full_capacity(months)
    return (full, capacities.utilisation_table(months, full)) if full else (0, [])


def _year(request: HttpRequest, viewer: Viewer, today: date, usual: int) -> dict[str, Any]:
    """What sources expect, what came, and each centre's part of it for a number of centres."""
    given = request.GET.get("antal", "")
    is_number = given.isascii() and given.isdecimal() and 1 <= int(given[:6]) <= MOST_CENTRES
    number = int(given) if is_number else usual or 1
    lines = selectors.volumes(viewer)
    counted = {row.channel: volumes.yearly(row.contacts, (row.last - row.first).days + 1) for row in insight.channels()}
    by_centres = volumes.by_centres(volumes.expected(lines, today), counted, number)
    return {
        "volumes": [
            (line, _title(line), CHANNELS.get(line.channel, line.channel), line.counts(today)) for line in lines
        ],
        "sums": [(_title(one.volume), one) for one in volumes.printed_sums(lines, today)],
        "years": [(CHANNELS.get(one.channel, one.channel), one) for one in by_centres],
        "number": number,
        "typed": given,
        "is_wrong": bool(given) and not is_number,
        "most_centres": MOST_CENTRES,
    }


def _title(line: volumes.Volume) -> str:
    return line.title_en if get_language() == "en" else line.title


def _volumes_sheet(viewer: Viewer) -> sheets.Sheet:
    names = [_("Hvad"), _("Indgang"), _("Om året"), _("Til kommunen"), _("Fra"), _("Til"), _("Kilde"), _("Bemærkning")]
    cells = [
        [
            _title(one), str(CHANNELS.get(one.channel, one.channel)), one.per_year, one.expected,
            one.valid_from.isoformat(), one.valid_to.isoformat() if one.valid_to else None, one.source, one.note,
        ]
        for one in selectors.volumes(viewer)
    ]  # fmt: skip
    return sheets.Sheet(gettext("Henvendelser om året"), [str(name) for name in names], cells)
