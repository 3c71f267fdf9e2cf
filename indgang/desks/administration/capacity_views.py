"""How much each employee has in hand at most, per medium: one by one, or proposed for a whole group; with undo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import EmployeeCard
from indgang.core.routing import selectors as routing
from indgang.core.routing import services
from indgang.desks.administration import changes
from indgang.desks.administration.answers import as_number, saved, with_query
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import leads, roles_only
from indgang.desks.administration.people_settings import person
from indgang.desks.administration.rules_settings import MEDIA as NAMES
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime import clock

HERE, CAPACITY = "/administration/kapacitet", "capacity"
MANAGERS = frozenset({Role.MANAGER.value})
WRITTEN = "written"
MEDIA = {WRITTEN: _("Alt skriftligt"), **{code: NAMES[code] for code in ("mail", "webform", "letter", "sms", "chat")}}
MOST = 20


@dataclass(frozen=True)
class Cell:
    """A figure of the table: what holds, and what a proposal would make of it."""

    medium: str
    title: str
    value: int | None
    proposed: bool


@dataclass(frozen=True)
class Line:
    """An employee of the table."""

    card: EmployeeCard
    version: str
    cells: list[Cell]


def _read(subject: str, at: datetime) -> dict[str, int]:
    return dict(sorted(routing.capacities([int(subject)]).get(int(subject), {}).items()))


def _apply(subject: str, value: dict[str, int] | None, viewer: Viewer, at: datetime) -> None:
    services.set_capacity(employee_id=int(subject), capacity=value or {}, viewer=viewer, at=at)


def _lines(value: dict[str, int]) -> list[str]:
    said = [f"{MEDIA.get(medium, medium)}: {number}" for medium, number in value.items()]
    return said or [gettext("Som alle andre")]


@never_cache
@require_GET
@roles_only(MANAGERS)
def page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The people one leads; a proposal for those who know a group is filled in, and nothing is saved yet."""
    at, asked = clock.now(), request.GET
    people = _people(viewer, at)
    proposal = _proposal(asked)
    chosen = _who_know(proposal[0], people, at) if proposal else set()
    held = routing.capacities([card.id for card in people])
    context = {
        "lines": [_line(card, held.get(card.id, {}), proposal if card.id in chosen else None) for card in people],
        "media": MEDIA,
        "groups": organisation.groups(),
        "usual": [row for row in routing.rules(at).rows if row.code.startswith("capacity")],
        "asked": asked,
        "proposed": len(chosen) if proposal else None,
        "most": MOST,
        "history": changes.history(viewer, setting=CAPACITY, limit=5),
    }
    return render(request, "administration/capacity.html", context)


@require_POST
@roles_only(MANAGERS)
def save(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Those that were changed, together; they are undone together."""
    at, form = clock.now(), request.POST
    edits, people = [], _people(viewer, at)
    held = routing.capacities([card.id for card in people])
    for card in people:
        if f"version-{card.id}" not in form:
            continue
        known = held.get(card.id, {})
        wanted = known | {code: number for code in MEDIA if (number := _number(form, f"{card.id}-{code}")) is not None}
        wanted = {code: number for code, number in wanted.items() if form.get(f"{card.id}-{code}", "-").strip()}
        if wanted != known:
            edits.append(changes.Edit(CAPACITY, str(card.id), wanted, form[f"version-{card.id}"]))
    return saved(request, changes.change_settings(edits=edits, viewer=viewer, at=at), with_query(HERE))


def _people(viewer: Viewer, at: datetime) -> list[EmployeeCard]:
    return [card for card in organisation.employees(at=at) if leads(viewer, card.unit_id)]


def _proposal(asked: QueryDict) -> tuple[str, str, int] | None:
    """Group ("": everybody), medium and number; None where nothing is proposed."""
    medium, number = asked.get("medie", ""), as_number(asked.get("antal", ""), 1, MOST, 0)
    return (asked.get("gruppe", "")[:40], medium, number) if medium in MEDIA and number else None


def _who_know(group: str, people: list[EmployeeCard], at: datetime) -> set[int]:
    facts = organisation.agent_facts([card.id for card in people], at)
    return {one.employee for one in facts if one.competences and (not group or group in one.competences)}


def _line(card: EmployeeCard, held: Mapping[str, int], proposal: tuple[str, str, int] | None) -> Line:
    cells = []
    for code, title in MEDIA.items():
        value, changed = held.get(code), False
        if proposal and proposal[1] == code and value != proposal[2]:
            value, changed = proposal[2], True
        cells.append(Cell(code, str(title), value, changed))
    return Line(card, changes.mark_of(dict(held)), cells)


def _number(form: Mapping[str, Any], name: str) -> int | None:
    typed = str(form.get(name, "")).strip()
    if not typed:
        return None
    number = as_number(typed, 1, MOST, 0)
    if not number:
        raise BadValue(what=gettext("Skriv et tal fra 1 til {most}.").format(most=MOST))
    return number


changes.register(
    changes.Setting(
        code=CAPACITY,
        title=_("Kapacitet"),
        roles=MANAGERS,
        read=_read,
        apply=_apply,
        name=person,
        lines=_lines,
        path=lambda subject: HERE,
    )
)
