"""Budgets with what does not add up in them, and what a change earns."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from indgang.desks.planning import costing, selectors, sheets, words
from indgang.desks.planning.gates import planners_only
from indgang.desks.planning.money_forms import GainForm
from indgang.foundation.access.values import Viewer

CASES = {
    "min_borgerservice": _("Min Borgerservice"),
    "one_entrance": _("Én indgang: kontaktcenter og centre"),
    "budget_2006": _("Budget 2006"),
    "savings": _("Besparelser"),
}
SECTIONS = {
    "investment": _("Investering"), "competence": _("Kompetence"), "operation": _("Drift"), "deposit": _("Deponering"),
    "financing": _("Finansiering"), "business_operation": _("Drift, forretning"), "it_operation": _("Drift, it"),
    "operation_financing": _("Finansiering af drift"), "consultancy": _("Rådgivning"), "transfer": _("Overførsel"),
    "saving": _("Besparelse"), "total_investment": _("Investering i alt"),
    "total_with_competence": _("Investering og kompetence i alt"), "total_financing": _("Finansiering i alt"),
    "total_business_operation": _("Drift, forretning, i alt"), "total_it_operation": _("Drift, it, i alt"),
    "total_establishment": _("Etablering i alt"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of a budget."""

    section: str
    line: str
    printed: bool
    amounts: list[str]


@dataclass(frozen=True)
class Case:
    """A budget."""

    name: str
    prices: str
    years: list[int]
    rows: list[Row]
    findings: list[str]


@require_GET
@planners_only
def budgets(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every budget of the profile, and the form for a change."""
    lines = selectors.cost_lines(viewer)
    asked = "besparelse" in request.GET
    form = GainForm(request.GET) if asked else GainForm()
    gain = _gain(form.cleaned_data) if asked and form.is_valid() else None
    context = {"cases": [_case(code, lines) for code in _codes(lines)], "form": form, "gain": gain}
    return render(request, "planning/budgets.html", context, status=422 if asked and gain is None else 200)


@require_GET
@planners_only
def budgets_workbook(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A sheet for each budget, amounts as numbers."""
    lines = selectors.cost_lines(viewer)
    return sheets.workbook_answer("budgetter.xlsx", [_sheet(code, lines) for code in _codes(lines)])


def _codes(lines: list[costing.CostLine]) -> list[str]:
    return list(dict.fromkeys(line.case for line in lines))


def _case(code: str, lines: list[costing.CostLine]) -> Case:
    rows = costing.table(lines, code)
    years = sorted({year for row in rows for year in row.amounts})
    levels = sorted({line.price_level for line in lines if line.case == code})
    findings = [
        gettext("{what} {year}: der er trykt {printed}, men linjerne giver {computed} ({difference}).").format(
            what=SECTIONS.get(one.what, one.what),
            year=one.year,
            printed=_amount(one.printed),
            computed=_amount(one.computed),
            difference=_amount(one.difference),
        )
        for one in costing.contradictions(lines, code)
    ]
    prices = gettext("Priser: {levels}.").format(levels=", ".join(str(level) for level in levels))
    shown = [
        Row(
            str(SECTIONS.get(row.section, row.section)),
            row.line,
            row.printed,
            [_amount(row.amounts.get(y)) for y in years],
        )
        for row in rows
    ]
    return Case(str(CASES.get(code, code)), prices, years, shown, findings)


def _sheet(code: str, lines: list[costing.CostLine]) -> sheets.Sheet:
    rows = costing.table(lines, code)
    years = sorted({year for row in rows for year in row.amounts})
    cells = [
        [str(SECTIONS.get(row.section, row.section)), row.line, *(_plain(row.amounts.get(year)) for year in years)]
        for row in rows
    ]
    return sheets.Sheet(str(CASES.get(code, code)), [gettext("Art"), gettext("Linje"), *map(str, years)], cells)


def _gain(data: dict[str, Any]) -> dict[str, Any]:
    flows = costing.BusinessCase(data["investering"], data["drift"], data["besparelse"]).flows()
    after = costing.payback_years(flows)
    return {
        "value": words.number(float(costing.net_present_value(flows, data["rente"] / 100)), 1),
        "payback": gettext("ikke i de år")
        if after is None
        else gettext("{years} år").format(years=words.number(float(after), 1)),
        "flows": [(number, _amount(flow)) for number, flow in enumerate(flows)],
    }


def _amount(value: Decimal | None) -> str:
    if value is None:
        return "–"
    return words.number(float(value), 0 if value == value.to_integral_value() else 1)


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
