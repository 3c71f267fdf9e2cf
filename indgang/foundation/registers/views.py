"""/demo/registre: how the simulated outside registers behave, and what happens to people in them. Demo only."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.foundation.registers import selectors, services
from indgang.foundation.registers.errors import WrongHappening
from indgang.foundation.registers.forms import HAPPENINGS, MODES, BehaviourForm
from indgang.foundation.runtime import clock


@dataclass(frozen=True)
class Panel:
    """One register on the page."""

    code: str
    name: str
    state: str  # how it behaves, in words
    alive: bool
    behaviour: forms.Form
    happening: forms.Form


@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every simulated register."""
    _demo_only()
    return _page(request)


@require_POST
def set_behaviour(request: HttpRequest, system: str) -> HttpResponse:
    """How the register behaves from now on."""
    _demo_only(system)
    form = BehaviourForm(request.POST, prefix=system)
    if not form.is_valid():
        return _page(request, {f"{system}.behaviour": form}, status=422)
    if not services.behave(system, form.cleaned_data["mode"], form.cleaned_data["seconds"]):
        form.add_error(None, gettext("Simulatoren svarer ikke. Prøv igen om lidt."))
        return _page(request, {f"{system}.behaviour": form}, status=503)
    messages.success(request, gettext("Registret opfører sig sådan fra nu af."))
    return redirect("registers:demo")


@require_POST
def make_happen(request: HttpRequest, system: str) -> HttpResponse:
    """Something happens to somebody."""
    _demo_only(system)
    form = HAPPENINGS[system](request.POST, prefix=f"{system}-sker")
    if not form.is_valid():
        return _page(request, {f"{system}.happening": form}, status=422)
    try:
        services.happen(system, form.told())
    except WrongHappening as refused:
        form.add_error(None, str(refused))
        return _page(request, {f"{system}.happening": form}, status=422)
    messages.success(request, gettext("Det er sket i registret. Indgang følger med inden for få sekunder."))
    return redirect("registers:demo")


def _page(request: HttpRequest, given: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    panels = [_panel(source.code, given or {}) for source in selectors.sources()]
    return render(request, "registers/demo.html", {"panels": panels}, status=status)


def _panel(code: str, given: dict[str, forms.Form]) -> Panel:
    now, name = selectors.simulated(code), selectors.name_of(selectors.source(code))
    initial = {"mode": now.mode or "ok", "seconds": now.seconds or 2.0}
    return Panel(
        code=code,
        name=name[:1].upper() + name[1:],
        state=str(dict(MODES).get(now.mode, gettext("svarer ikke; processen er nede"))),
        alive=bool(now.mode),
        behaviour=given.get(f"{code}.behaviour") or BehaviourForm(initial=initial, prefix=code),
        happening=given.get(f"{code}.happening")
        or HAPPENINGS[code](initial={"year": clock.today().year}, prefix=f"{code}-sker"),
    )


def _demo_only(system: str = "cpr") -> None:
    if not settings.INDGANG_DEMO or system not in HAPPENINGS:
        raise Http404
