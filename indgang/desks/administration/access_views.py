"""Switches of the municipality, and keys of programs."""

from dataclasses import dataclass
from datetime import datetime, time
from operator import itemgetter
from typing import Any

from django.conf import settings as house
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.desks.administration import access_settings as settings
from indgang.desks.administration import changes
from indgang.desks.administration.answers import as_day, as_number, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import LEADERS, OPERATORS, SECURITY
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import KeyKind, SwitchCode, Viewer
from indgang.foundation.runtime import clock

SWITCHES, KEYS = "/administration/omskiftere", "/administration/noegler"


@dataclass(frozen=True)
class SwitchRow:
    """A switch, what it does, and since when it stands so."""

    code: str
    name: str
    does: str
    on: bool
    tasks: str
    since: datetime | None
    by: str
    later: list[tuple[str, str]]  # the moment and what changes then, in words
    version: str


@never_cache
@require_GET
@roles_only(SECURITY | LEADERS | OPERATORS)
def switches(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every switch; only the security leader turns one."""
    at = clock.now()
    context = {
        "rows": [_row(code, viewer, at) for code in SwitchCode.values if _shown(code)],
        "may_edit": viewer.has_role(*SECURITY),
        "today": clock.local(at).date(),
        "history": changes.history(viewer, setting=settings.SWITCH, limit=10),
    }
    return render(request, "administration/switches.html", context)


@require_POST
@roles_only(SECURITY)
def set_switch(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """On or off, now or from a later day, the dispensation for some tasks only if they are named; or a plan dropped."""
    form, at = request.POST, clock.now()
    code = form.get("kode", "")
    if code not in SwitchCode.values:
        raise NotFound
    value = changes.read_setting(settings.SWITCH, code, at).value
    moment = form.get("traek", "")
    if moment:
        value["later"] = [one for one in value["later"] if one["from"] != moment]
    else:
        value = _with(value, form, at)
    made = changes.change_setting(
        setting=settings.SWITCH, subject=code, value=value, viewer=viewer, at=at, version=form.get("version", "")
    )
    return saved(request, made, SWITCHES)


@never_cache
@require_GET
@roles_only(SECURITY | OPERATORS)
def keys(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Keys of programs and persons, when each was used last."""
    return _keys(request, viewer)


@never_cache
@require_POST
@roles_only(SECURITY | OPERATORS)
def make_key(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A new key of a program; this answer is the only one that shows it."""
    name = " ".join(request.POST.get("navn", "").split())[:60]
    if not name:
        raise BadValue(what=gettext("Skriv, hvilket program nøglen er til."))
    if any(row.name == name and row.revoked_at is None for row in access.keys(viewer)):
        raise BadValue(what=gettext("Der er allerede en nøgle med det navn. Luk den først, eller vælg et andet navn."))
    plain = services.make_key(KeyKind.SYSTEM.value, name, None, clock.now(), viewer=viewer)
    return _keys(request, viewer, plain=plain, name=name)


@require_POST
@roles_only(SECURITY | OPERATORS)
def revoke_key(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Closed at once; a closed key is never opened again."""
    number = as_number(request.POST.get("noegle", ""), 1, 10**9, 0)
    services.revoke_key(key_id=number, viewer=viewer, at=clock.now())
    messages.success(request, gettext("Nøglen er lukket. Programmet kommer ikke ind mere."))
    return HttpResponseRedirect(KEYS)


def _keys(request: HttpRequest, viewer: Viewer, plain: str = "", name: str = "") -> HttpResponse:
    rows = access.keys(viewer)
    context = {
        "rows": [row for row in rows if row.revoked_at is None],
        "closed": [row for row in rows if row.revoked_at is not None],
        "plain": plain,
        "name": name,
    }
    return render(request, "administration/keys.html", context)


def _shown(code: str) -> bool:
    return code != SwitchCode.DEMO_HAS_READ or house.INDGANG_DEMO


def _with(value: dict[str, Any], form: QueryDict, at: datetime) -> dict[str, Any]:
    """The setting with what the form asks for in it."""
    on, day = form.get("til") == "ja", as_day(form.get("fra", ""))
    tasks = sorted(set(form.get("opgaver", "").replace(",", " ").upper().split())) if on else []
    unknown = set(tasks) - {card.code for card in catalogue.tasks(at=at)}
    if unknown:
        raise BadValue(what=gettext("Der er ingen opgave {code}.").format(code=min(unknown)[:12]))
    today = clock.local(at).date()
    if day is not None and day < today:
        raise BadValue(what=gettext("Vælg en dag fra i dag og frem."))
    if day is None or day == today:
        return {**value, "on": on, "tasks": tasks}
    moment = datetime.combine(day, time(0), clock.COPENHAGEN).isoformat()
    kept = [one for one in value["later"] if one["from"] != moment]
    return {**value, "later": sorted([*kept, {"from": moment, "on": on, "tasks": tasks}], key=itemgetter("from"))}


def _row(code: str, viewer: Viewer, at: datetime) -> SwitchRow:
    does = {
        SwitchCode.DISPENSATION: gettext(
            "Til: kontaktcentret må afgøre sager for en anden forvaltning. Fra: kun forvaltningens egne afgør."
        ),
        SwitchCode.SEPARATION: gettext(
            "Til: den, der arbejder i jobcentret, kan ikke afgøre ydelser, og omvendt. Fra: ingen skel."
        ),
        SwitchCode.DEMO_HAS_READ: gettext(
            "Til: de opdigtede konti spørges ikke om den instruks, der fulgte med. Fra: de spørges som alle."
        ),
    }
    reading = changes.read_setting(settings.SWITCH, code, at)
    known = access.switch_history(viewer) if viewer.has_role(*SECURITY) else []
    last = next((row for row in known if row.code == code and row.valid_from <= at), None)
    return SwitchRow(
        code=code,
        name=settings.name(code),
        does=does[SwitchCode(code)],
        on=reading.value["on"],
        tasks=", ".join(reading.value["tasks"]),
        since=last.valid_from if last else None,
        by=changes.actor_names([last.set_by])[last.set_by] if last else "",
        later=[(one["from"], settings.later_text(one)) for one in reading.value["later"]],
        version=reading.version,
    )
