"""Asking for work: a forecast, staffing, options side by side."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from indgang.desks.planning import possible, selectors, services, staffings
from indgang.desks.planning.errors import NotFinished, TargetOutOfReach
from indgang.desks.planning.forecasts import BESIDE
from indgang.desks.planning.forms import ForecastForm, OnForecast, PlanForm, StaffingForm
from indgang.desks.planning.gates import planners_only
from indgang.desks.planning.option_forms import OWN_SHAPES, CompareForm
from indgang.desks.planning.values import Kind, RunRow
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

SEED = 1
Given = Callable[[Any], tuple[str, dict[str, Any]]]


@require_GET
@planners_only
def forecast(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which counts, and how far."""
    form = ForecastForm(viewer, initial=request.GET.dict())
    return asking_page(request, viewer, form, Kind.FORECAST)


@require_POST
@planners_only
def ask_forecast(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have it made."""

    def given(form: ForecastForm) -> tuple[str, dict[str, Any]]:
        row = next(one for one in selectors.count_sets(viewer) if str(one.id) == form.cleaned_data["tal"])
        return f"{row.name} ({row.channel_name})", {
            "set": str(row.id), "days": form.cleaned_data["dage"], "channel": row.channel,
            BESIDE: form.cleaned_data.get("statsforecast", False),
        }  # fmt: skip

    return ask(request, viewer, ForecastForm(viewer, request.POST), Kind.FORECAST, given)


@require_GET
@planners_only
def staffing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Handling time, patience, target and absence."""
    form = StaffingForm(viewer, initial=request.GET.dict())
    return asking_page(request, viewer, form, Kind.STAFFING)


@require_POST
@planners_only
def ask_staffing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have it made; what cannot be is refused before anything is queued."""

    def given(form: StaffingForm) -> tuple[str, dict[str, Any]]:
        source = _forecast(form, viewer)
        facts = form.given() | {"week": (source.result or {})["week"]}
        staffings.refuse_impossible(facts)
        return source.name, facts

    return ask(request, viewer, StaffingForm(viewer, request.POST), Kind.STAFFING, given)


@require_GET
@planners_only
def compare(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Two ways, and changes of the first."""
    return asking_page(request, viewer, CompareForm(viewer, initial=request.GET.dict()), Kind.COMPARE)


@require_POST
@planners_only
def ask_compare(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have them played."""

    def given(form: CompareForm) -> tuple[str, dict[str, Any]]:
        data, week = form.cleaned_data, _week(form, viewer, "prognose")
        if not data["andel"]:
            raise TargetOutOfReach(target="0 %")
        options = form.options()
        name = gettext("{one} mod {other}").format(one=options[0]["name"], other=options[1]["name"])
        facts = {
            "works": form.works(week, *(_week(form, viewer, field) for field in OWN_SHAPES)),
            "shapes": {field: "own" if data[field] else "calls" for field in OWN_SHAPES},
            "options": options,
            "special": {"share": data["saerlig"] / 100, "staff": data["kan"]},
            "agents": data["medarbejdere"],
            "replications": data["uger"],
            "seed": SEED,
        }
        possible.refuse_impossible(facts, all_the_same=data["alligevel"])
        return name, facts

    return ask(request, viewer, CompareForm(viewer, request.POST), Kind.COMPARE, given)


def _forecast(form: OnForecast, viewer: Viewer, field: str = "prognose") -> RunRow:
    source = selectors.run(viewer, form.forecast_id(field))
    if source.result is None:
        raise NotFinished(field=field, what=gettext("Prognosen"))
    return source


def _week(form: OnForecast, viewer: Viewer, field: str) -> list[float]:
    """The usual week of the forecast chosen in a field; empty where none was."""
    return list((_forecast(form, viewer, field).result or {})["week"]) if form.cleaned_data[field] else []


def ask(request: HttpRequest, viewer: Viewer, form: Any, kind: Kind, given: Given) -> HttpResponse:
    """Queue what a form says, or show the form with what is wrong in it; nothing typed is lost."""
    if form.is_valid():
        try:
            name, facts = given(form)
            key = services.start_run(kind=kind, name=name, given=facts, viewer=viewer, at=clock.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return HttpResponseRedirect(f"/planlaegning/arbejde/{key}")
    return asking_page(request, viewer, form, kind, status=422)


def asking_page(request: HttpRequest, viewer: Viewer, form: PlanForm, kind: Kind, status: int = 200) -> HttpResponse:
    """The form of a kind of work, and what was asked before."""
    context = {"form": form, "kind": kind, "runs": selectors.runs(viewer, kind)}
    return render(request, f"planning/ask_{kind.value}.html", context, status=status)
