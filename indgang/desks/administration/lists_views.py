"""Editors of the lists work is given out by, and of the materials one can send."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.contacts import selectors as contacts
from indgang.core.organisation import selectors as organisation
from indgang.core.routing import selectors as routing
from indgang.desks.administration import changes
from indgang.desks.administration import lists_settings as settings
from indgang.desks.administration.answers import as_number, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.lists_settings import LISTS
from indgang.desks.administration.menu import WRITERS
from indgang.desks.administration.rules_settings import MEDIA, RULERS
from indgang.desks.administration.rules_views import number_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

MATERIALS = "/administration/materialer"
KINDS = {"pause": settings.PAUSE, "sted": settings.POINT, "aflastning": settings.RELIEF}
NEW = "ny"


@never_cache
@require_GET
@roles_only(RULERS)
def lists(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Service points, relief groups and reasons for a pause; `ret=sted:telefon` opens one to edit."""
    at = clock.now()
    kind, _colon, code = request.GET.get("ret", "").partition(":")
    context = {
        "sections": [
            ("sted", gettext("Betjeningssteder"), [(row.code, row.name) for row in routing.service_points(at)]),
            ("aflastning", gettext("Aflastning"), [(row.code, row.name) for row in routing.relief_groups(at)]),
            ("pause", gettext("Grunde til pause"), [(row.code, row.title) for row in routing.pause_reasons(at)]),
        ],
        "does": {
            "sted": gettext("Hvor en medarbejder betjener, og hvad der kommer der. Ledere flytter folk i Ledelse nu."),
            "aflastning": gettext("Enheder, hvis folk hjælper kontaktcentret, når køen er lang."),
            "pause": gettext("Det, en medarbejder vælger imellem, når vedkommende holder pause."),
        },
        "said": {row.code: settings.scope_text(list(row.groups), list(row.media)) for row in routing.point_cards(at)},
        "groups": organisation.groups(),
        "units": organisation.units(at=at),
        "media": MEDIA,
        "history": [row for one in KINDS.values() for row in changes.history(viewer, setting=one, limit=3)],
        **(_opened(KINDS[kind], code, at) if kind in KINDS else {}),
        "kind": kind if kind in KINDS else "",
    }
    return render(request, "administration/lists.html", context)


@require_POST
@roles_only(RULERS)
def save(request: HttpRequest, viewer: Viewer, kind: str) -> HttpResponse:
    """One row of a list, new or changed, or taken out of use."""
    if kind not in KINDS:
        raise NotFound
    form = request.POST
    return _saved(request, viewer, KINDS[kind], lambda: _value(kind, form), LISTS)


@never_cache
@require_GET
@roles_only(WRITERS)
def materials(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Forms and leaflets that can be sent, and for which tasks; `ret=fuldmagt` opens one to edit."""
    at, task = clock.now(), request.GET.get("opgave", "").strip().upper()[:12]
    code = request.GET.get("ret", "")
    rows = [row for row in contacts.material_cards(viewer) if not task or not row.tasks or task in row.tasks]
    context = {
        "rows": rows,
        "task": task,
        "history": changes.history(viewer, setting=settings.MATERIAL, limit=5),
        **(_opened(settings.MATERIAL, code, at) if code else {}),
    }
    return render(request, "administration/materials.html", context)


@require_POST
@roles_only(WRITERS)
def save_material(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One form or leaflet, new or changed, or taken out of use."""
    form = request.POST

    def value() -> dict[str, Any]:
        return {
            "kind": form.get("slags", ""),
            "title": form.get("navn", "").strip(),
            "title_en": form.get("engelsk", "").strip(),
            "link": form.get("link", "").strip(),
            "tasks": sorted(set(form.get("opgaver", "").upper().replace(",", " ").split())),
        }

    return _saved(request, viewer, settings.MATERIAL, value, MATERIALS)


def _opened(setting: str, code: str, at: datetime) -> dict[str, Any]:
    """The row in the editor; "ny" is an empty one."""
    reading = changes.read_setting(setting, "" if code == NEW else code, at)
    if reading.value is None and code != NEW:
        raise NotFound
    return {"code": code, "shown": reading.value or {}, "version": reading.version}


def _saved(request: HttpRequest, viewer: Viewer, setting: str, value: Any, page: str) -> HttpResponse:
    form, at = request.POST, clock.now()
    code = form.get("kode", "")[:40]
    if code == NEW:
        code = slugify(form.get("navn", ""))[:40]
        if not code:
            raise BadValue(what=gettext("Skriv et navn."))
        if changes.read_setting(setting, code, at).value is not None:
            raise BadValue(what=gettext("Der er allerede en med det navn. Vælg et andet."))
    made = changes.change_setting(
        setting=setting,
        subject=code,
        value=None if form.get("goer") == "fjern" else value(),
        viewer=viewer,
        at=at,
        version=form.get("version", ""),
    )
    return saved(request, made, page)


def _value(kind: str, form: QueryDict) -> dict[str, Any]:
    name, english = form.get("navn", "").strip(), form.get("engelsk", "").strip()
    order = as_number(form.get("plads", ""), 0, 1000, 0)
    if kind == "pause":
        return {"title": name, "title_en": english, "order": order}
    scope = {"groups": sorted(set(form.getlist("gruppe"))), "media": sorted(set(form.getlist("kanal")))}
    if kind == "sted":
        return {"name": name, "name_en": english, "order": order, "unit_code": form.get("enhed", ""), **scope}
    units = sorted(set(form.getlist("enhed")) - {""})
    if not (name and units):
        raise BadValue(what=gettext("Skriv et navn, og vælg mindst én enhed."))
    return {
        "name": name[:80],
        "units": units,
        **scope,
        "threshold": as_number(form.get("venter", ""), 0, 10_000, 10),
        "live_after": number_of(form.get("telefon", "")),
        "written_after": number_of(form.get("skriftligt", "")),
        "share": round(number_of(form.get("andel", "")) / 100, 4),
    }
