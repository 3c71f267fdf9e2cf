"""The catalogue's tasks as an editor sees them: the list, one task with all that hangs on it, the interfaces table."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services
from indgang.core.catalogue.values import PRINCIPLES, Interface, NotPlaced, Placed, TaskDepth, TaskLine
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import UnitCard
from indgang.desks.administration import changes
from indgang.desks.administration import tasks_settings as settings
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import EDITORS, LEADERS, OWNERS, SECURITY
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

READERS = EDITORS | OWNERS | LEADERS | SECURITY
_MISSING: dict[str, Callable[[TaskLine], bool]] = {
    "principper": lambda line: line.answered < len(PRINCIPLES),
    "antal": lambda line: line.volume is None,
    "tid": lambda line: line.minutes is None,
    "grund": lambda line: line.not_placed_reason == NotPlaced.UNKNOWN,
    "delopgaver": lambda line: line.subtasks == 0,
}
_SORTS: dict[str, Callable[[TaskLine], Any]] = {
    "nr": lambda line: line.code,
    "titel": lambda line: sort_key(line.title),
    "forvaltning": lambda line: (line.administration, line.code),
    "niveau": lambda line: (line.level, line.code),
    "antal": lambda line: (line.volume is None, line.volume or 0),
    "tid": lambda line: (line.minutes is None, line.minutes or 0),
    "principper": lambda line: line.answered,
}


@dataclass(frozen=True)
class InterfaceLine:
    """One line of the interfaces table in words."""

    level: int
    group: str
    unit: str
    transfer_to: str
    hours: str
    note: str
    follows: bool
    open_now: str
    codes: Interface
    version: str


@never_cache
@require_GET
@roles_only(READERS)
def task_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every task; what the address asks for is left."""
    at, query = clock.now(), request.GET
    every = catalogue.task_lines(at=at)
    rows = [line for line in every if _wanted(line, query)]
    found = {one.task_id for one in catalogue.search(query["q"], limit=50)} if query.get("q") else None
    if found is not None:
        words = query["q"].casefold()
        rows = [line for line in rows if line.code in found or words in f"{line.code} {line.title}".casefold()]
    context = {
        "rows": _sorted(rows, query.get("sort", "nr")),
        "total": len(every),
        "chosen": {name: query.get(name, "") for name in ("q", "forvaltning", "liste", "niveau", "mangler")},
        "administrations": organisation.administrations(),
        "lists": [(one.value, gettext(one.label)) for one in Placed],
        "missing": _missing_choices(every),
    }
    return render(request, "administration/tasks/list.html", context)


@never_cache
@require_GET
@roles_only(READERS)
def task(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """One task: facts, placing, parts, principles, interfaces, cuts, and what was changed."""
    return render(request, "administration/tasks/task.html", page(viewer, task, clock.now()))


@never_cache
@require_GET
@roles_only(READERS)
def interfaces(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who answers what at each level, over all tasks (requirement kc.interfaces)."""
    at, query = clock.now(), request.GET
    units = {unit.id: unit for unit in organisation.units(at=at)}
    rows = [row for row in _table(at, units) if _touches(row, query)]
    context = {
        "rows": rows,
        "units": sorted(units.values(), key=lambda unit: sort_key(unit.name)),
        "administrations": organisation.administrations(),
        "chosen": {name: query.get(name, "") for name in ("enhed", "forvaltning", "kun")},
    }
    return render(request, "administration/tasks/interfaces.html", context)


@never_cache
@require_GET
@roles_only(READERS)
def interfaces_csv(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The interfaces table as a file."""
    at = clock.now()
    units = {unit.id: unit for unit in organisation.units(at=at)}
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="snitflader.csv"'
    response.write("﻿")
    writer = csv.writer(response)
    writer.writerow(["task", "title", "level", "group", "unit", "transfer_to", "hours", "note"])
    for row in _table(at, units):
        for line in row["lines"]:
            cells = [line.codes.group, *(_code(units, key) for key in _places(line.codes)), line.note]
            writer.writerow([row["code"], row["title"], line.level, *cells])
    return response


def page(viewer: Viewer, code: str, at: datetime) -> dict[str, object]:
    """The context of a task's page; TaskNotFound where there is none."""
    depth = catalogue.task_depth(code, at=at)
    units = {unit.id: unit for unit in organisation.units(at=at)}
    return {
        "task": depth,
        "may_edit": services.may_edit(viewer, depth.administration),
        "owner": dict(organisation.administrations()).get(depth.administration, depth.administration),
        "administrations": organisation.administrations(),
        "level_words": settings.level_words(depth.level, depth.decision),
        "lists": [(one.value, gettext(one.label)) for one in Placed],
        "reasons": [(one.value, gettext(one.label)) for one in NotPlaced],
        "groups": organisation.groups(),
        "units": sorted(units.values(), key=lambda unit: sort_key(unit.name)),
        "centres": [unit for unit in units.values() if unit.kind == "centre"],
        "subtasks": [(part, *_version(settings.SUBTASK, part.code, at)) for part in depth.subtasks],
        "principles": [
            (one, *_version(settings.PRINCIPLE, f"{code}:{one.number}", at)) for one in depth.principles
        ],
        "interfaces": [_line(one, units, at) for one in depth.interfaces],
        "cuts": [(units[cut.unit], cut) for cut in depth.cuts if cut.unit in units],
        "versions": _versions(code, at),
        "new_subtask": settings.next_subtask(code, at),
        "history": _history(viewer, depth),
    }  # fmt: skip


def _history(viewer: Viewer, depth: TaskDepth) -> list[changes.ChangeRow]:
    found = [row for row in changes.history(viewer, limit=300) if row.subject.startswith(depth.code)]
    return found[:10]


def _versions(code: str, at: datetime) -> dict[str, str]:
    kinds = (settings.FACTS, settings.PLACING, settings.OWNER, settings.CENTRAL)
    return {kind: changes.read_setting(kind, code, at).version for kind in kinds}


def _version(kind: str, subject: str, at: datetime) -> tuple[str, str]:
    return subject, changes.read_setting(kind, subject, at).version


def _wanted(line: TaskLine, query: QueryDict) -> bool:
    missing = _MISSING.get(query.get("mangler", ""))
    return (
        query.get("forvaltning", "") in {"", line.administration}
        and query.get("liste", "") in {"", line.placed}
        and query.get("niveau", "") in {"", str(line.level)}
        and (missing is None or missing(line))
    )


def _sorted(rows: list[TaskLine], given: str) -> list[TaskLine]:
    key = _SORTS.get(given.removeprefix("-"), _SORTS["nr"])
    return sorted(rows, key=key, reverse=given.startswith("-"))


def _missing_choices(every: list[TaskLine]) -> list[tuple[str, str, int]]:
    names = {
        "principper": gettext("Svar på principperne"),
        "antal": gettext("Antal henvendelser"),
        "tid": gettext("Standardtid"),
        "grund": gettext("Grund til, at den ikke er placeret"),
        "delopgaver": gettext("Delopgaver"),
    }
    return [(code, name, sum(_MISSING[code](line) for line in every)) for code, name in names.items()]


def _table(at: datetime, units: dict[int, UnitCard]) -> list[dict[str, Any]]:
    rows = catalogue.all_interfaces(at=at)
    heads = catalogue.heads(lines[0].task for lines in rows)
    owners = {line.code: line.administration for line in catalogue.task_lines(at=at)}
    return [
        {
            "code": lines[0].task,
            "title": heads[lines[0].task].title,
            "owner": owners[lines[0].task],
            "lines": [_words(line, units) for line in lines],
        }
        for lines in rows
    ]


def _touches(row: dict[str, Any], query: QueryDict) -> bool:
    unit, owner = query.get("enhed", ""), query.get("forvaltning", "")
    named = {name for line in row["lines"] for name in (line.unit, line.transfer_to)}
    set_by_hand = any(not line.follows for line in row["lines"])
    return owner in {"", row["owner"]} and (not unit or unit in named) and (query.get("kun") != "egne" or set_by_hand)


def _line(one: Interface, units: dict[int, UnitCard], at: datetime) -> InterfaceLine:
    hours = units.get(one.hours or 0)
    open_now = organisation.opening(hours.code, "phone", at).sentence if hours else ""
    version = changes.read_setting(settings.INTERFACE, f"{one.task}:{one.level}", at).version
    return _words(one, units, open_now, version)


def _words(one: Interface, units: dict[int, UnitCard], open_now: str = "", version: str = "") -> InterfaceLine:
    unit, transfer_to, hours = (units[key].name if key in units else "" for key in _places(one))
    return InterfaceLine(
        level=one.level, group=one.group, unit=unit, transfer_to=transfer_to, hours=hours, note=one.note,
        follows=one.follows, open_now=open_now, codes=one, version=version,
    )  # fmt: skip


def _places(one: Interface) -> tuple[int, int, int]:
    return (one.unit or 0, one.transfer_to or 0, one.hours or 0)


def _code(units: dict[int, UnitCard], key: int) -> str:
    return units[key].code if key in units else ""
