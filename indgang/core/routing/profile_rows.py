"""What a municipality's profile says of lists, targets, relief groups and figures, written where nobody else has."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.services import sync_rows
from indgang.core.organisation.values import Origin
from indgang.core.routing import rules
from indgang.core.routing.lists import M, without_hand
from indgang.core.routing.models import PauseReason, ReliefGroup, RuleSet, ServicePoint, ServiceTarget
from indgang.core.routing.ruling import figure, noted, one_at_a_time, ruled
from indgang.foundation.access.values import system

LOADER = system("profile")
_EVER = date(2000, 1, 1)


@transaction.atomic
def load_profile(rows: Mapping[str, list[dict[str, Any]]], *, at: datetime) -> dict[str, int]:
    """Bring lists, targets and figures to what the profile says; a figure somebody changed by hand stays as it is
    until the profile itself says something new, a list's row changed by hand stays for good."""
    units = {unit.code: unit.id for unit in organisation.units(at=at)}
    points = [
        {**{k: v for k, v in row.items() if k != "unit"}, "unit_id": units.get(row["unit"])}
        for row in rows.get("service_points", [])
    ]
    reliefs = [
        {**_said(row), "units": sorted(units[code] for code in row["units"])} for row in rows.get("relief_groups", [])
    ]
    targets = [_said(row) for row in rows.get("service_targets", [])]
    changes = {
        "pause_reasons": _listed(PauseReason, rows.get("pause_reasons", [])),
        "service_points": _listed(ServicePoint, points),
        "relief_groups": _added(ReliefGroup, reliefs, ("code",)),
        "service_targets": _added(ServiceTarget, targets, ("group", "task", "medium")),
        "routing_figures": _figures_of_profile(rows.get("settings", []), at),
    }
    for kind, number in changes.items():
        if number:
            noted("routing.profile_loaded", f"routing.{kind}", LOADER, at, kind=kind, changes=number)
    return changes


def _listed(model: type[M], rows: list[dict[str, Any]]) -> int:
    told = without_hand([{**row, "valid_to": None} for row in rows], model)
    ours: QuerySet[Any] = model._default_manager.filter(origin=Origin.PROFILE)
    return sync_rows(told, ours, key=("code",))


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """A dated row without its source."""
    return {**{k: v for k, v in row.items() if k != "source"}, "valid_from": row["valid_from"] or _EVER}


def _added(model: Any, rows: list[dict[str, Any]], key: tuple[str, ...]) -> int:
    """Dated rows of the profile that nobody has made or changed by hand yet."""
    made = 0
    for row in rows:
        same = {name: row[name] for name in key}
        if not model.objects.filter(**same).exists():
            model.objects.create(**row)
            made += 1
    return made


def _figures_of_profile(settings: list[dict[str, Any]], at: datetime) -> int:
    said = {
        row["code"].removeprefix("routing."): row["value"] for row in settings if row["code"].startswith("routing.")
    }
    said = {code: figure(code, value) for code, value in said.items() if code in rules.RULES}
    one_at_a_time()
    current = rules.row_at(at)
    before = current.profile if current else {}
    if said == before and current is not None:
        return 0
    gone = before.keys() - said.keys()
    news = {code: value for code, value in said.items() if before.get(code) != value}
    kept = {code: value for code, value in (current.figures if current else {}).items() if code not in gone}
    row = RuleSet.objects.create(
        valid_from=at, figures={**kept, **news}, profile=said, changed_by=LOADER.name, changed_at=at
    )
    ruled(row, current.figures if current else {}, LOADER, at)
    return len(news) + len(gone)
