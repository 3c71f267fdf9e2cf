"""Taking on an employee, dealing with what one is told of them, and counters."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.desks.administration import changes
from indgang.desks.administration import counters_settings as settings
from indgang.desks.administration.answers import as_day, as_id, back, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import leads, roles_only
from indgang.desks.administration.menu import LEADERS, SECURITY
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import KEEPERS, Role, Viewer
from indgang.foundation.runtime import clock

HERE, PEOPLE = settings.HERE, "/administration/medarbejdere"
MANAGERS = frozenset({Role.MANAGER.value})
MAY_GIVE = [role for role in Role if role.value not in KEEPERS]


@never_cache
@require_GET
@roles_only(MANAGERS)
def hiring(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The form for a new employee of a unit one leads."""
    return _hiring(request, viewer)


@never_cache
@require_POST
@sensitive_variables("password")
@roles_only(MANAGERS)
def hire(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Take somebody on, with an invitation by mail or a first password that only this answer shows. The security
    leader is told."""
    form, at = request.POST, clock.now()
    invites = form.get("adgang", "") == "invitation"
    password = None if invites else secrets.token_urlsafe(12)
    username = form.get("brugernavn", "").strip()
    if not (username and username.replace(".", "").replace("-", "").isalnum() and len(username) <= 60):
        raise BadValue(what=gettext("Skriv et brugernavn med bogstaver, tal, punktum og bindestreg."))
    with transaction.atomic():
        made = _taken_on(form, viewer, at, username, password)
        if invites:
            services.invite(employee_id=made.pk, viewer=viewer, at=at)
    shown = {"id": made.pk, "name": made.name, "username": username, "password": password, "mail": made.mail}
    return _hiring(request, viewer, made=shown)


@require_POST
@roles_only(MANAGERS)
def invite(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """Another invitation; the link sent before opens nothing any more."""
    services.invite(employee_id=employee_id, viewer=viewer, at=clock.now())
    messages.success(request, gettext("Invitationen er sendt."))
    return HttpResponseRedirect(f"{PEOPLE}/{employee_id}")


def _taken_on(form: QueryDict, viewer: Viewer, at: datetime, username: str, password: str | None) -> Any:
    manager = form.get("leder", "")
    return services.create_employee(
        name=form.get("navn", "")[:120],
        title=form.get("titel", "").strip()[:120],
        unit_code=form.get("enhed", ""),
        username=username,
        password=password,
        roles=[role for role in form.getlist("rolle") if role in Role.values],
        employer=form.get("arbejdsgiver") or None,
        manager_id=as_id(manager) or (viewer.actor.employee if viewer.actor else None),
        languages=sorted(set(form.getlist("sprog"))) or ["da"],
        mail=form.get("mail", "").strip()[:120],
        phone=form.get("telefon", "").strip()[:30],
        viewer=viewer,
        at=at,
    )


@require_POST
@roles_only(LEADERS | SECURITY)
def settle(request: HttpRequest, viewer: Viewer, notice_id: int) -> HttpResponse:
    """Dealt with what one was told of an employee."""
    services.settle_notice(notice_id=notice_id, viewer=viewer, at=clock.now())
    messages.success(request, gettext("Skrevet ned."))
    return HttpResponseRedirect(back(request, "/administration/opmaerksomhed"))


@never_cache
@require_GET
@roles_only(LEADERS)
def counters(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The counters in use, and who serves at each."""
    at = clock.now()
    units = organisation.units(at=at)
    mine = {unit.code for unit in units if leads(viewer, unit.id)}
    rows = organisation.counters(at)
    context = {
        "rows": [
            (row, changes.read_setting(settings.COUNTER, f"{row.unit_code}:{row.code}", at).version)
            if row.unit_code in mine
            else (row, "")
            for row in rows
        ],
        "units": [unit for unit in units if unit.code in mine],
        "today": clock.local(at).date(),
        "history": changes.history(viewer, setting=settings.COUNTER, limit=5),
    }
    return render(request, "administration/counters.html", context)


@require_POST
@roles_only(LEADERS)
def set_counter(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A unit serves at a counter from a day, or no longer."""
    form, at = request.POST, clock.now()
    unit, code = form.get("enhed", "")[:40], form.get("kode", "").strip().upper()[:40]
    if not (unit and code) or ":" in unit:
        raise BadValue(what=gettext("Vælg en enhed, og skriv skrankens nummer."))
    first, last = as_day(form.get("fra", ""), clock.today()), as_day(form.get("til", ""))
    value = {
        "name": form.get("navn", "").strip()[:120] or code,
        "premises": form.get("lokale", "").strip()[:120],
        "from": first.isoformat() if first else "",
        "to": last.isoformat() if last else None,
    }
    made = changes.change_setting(
        setting=settings.COUNTER,
        subject=f"{unit}:{code}",
        value=None if form.get("goer") == "fjern" else value,
        viewer=viewer,
        at=at,
        version=form.get("version", ""),
    )
    return saved(request, made, HERE)


def _hiring(request: HttpRequest, viewer: Viewer, made: dict[str, object] | None = None) -> HttpResponse:
    at = clock.now()
    units = [unit for unit in organisation.units(at=at) if leads(viewer, unit.id)]
    if not units:
        raise NotFound
    own = viewer.actor.employee if viewer.actor else 0
    context = {
        "units": units,
        "administrations": organisation.administrations(),
        "colleagues": [card for unit in units for card in organisation.employees(unit=unit.id, at=at)],
        "own": own,
        "roles": [(role.value, gettext(role.label)) for role in MAY_GIVE],
        "made": made,
    }
    return render(request, "administration/hire.html", context)
