"""Writes a profile's rows of places and hours: administrations, units, streets, and when they are open.

Hours a person has set are left alone.
"""

from calendar import isleap
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from indgang.core.organisation.models import (
    Administration,
    ChangedDay,
    ClosingDay,
    CompetenceGroup,
    Counter,
    Course,
    LivingPlan,
    OpeningHours,
    StreetRange,
    Succession,
    Unit,
    UnitCount,
)
from indgang.core.organisation.syncing import Row, sync_rows
from indgang.core.organisation.values import Origin
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

ProfileRows = Mapping[str, list[dict[str, Any]]]
YEARS_AHEAD = 11  # a unit's own hours on a day of every year are written as that many single days
PLAN = "municipality.variant"  # the setting that names the living plan
_EVER = date(2000, 1, 1)


def places(rows: ProfileRows) -> dict[str, int]:
    """Administrations, groups, courses, units and streets; the changes per kind."""
    changes = {
        "administrations": sync_rows(_administrations(rows), Administration.objects.all(), key=("code",)),
        "courses": sync_rows(rows.get("courses", []), Course.objects.all(), key=("code",)),
        "groups": sync_rows(_groups(rows), CompetenceGroup.objects.all(), key=("code",)),
        "units": sync_rows(
            ({**without(row, "administration"), "administration_id": row["administration"]} for row in rows["units"]),
            Unit.objects.all(),
            key=("code",),
        ),
        "unit_counts": sync_rows(rows.get("unit_counts", []), UnitCount.objects.all(), key=("code",)),
    }
    units = dict(Unit.objects.values_list("code", "pk"))
    return changes | {
        "successions": sync_rows(
            _successions(rows, units), Succession.objects.all(), key=("former_id", "unit_id", "day")
        ),
        "streets": sync_rows(
            ({**row, "street_key": sort_key(row["street"])} for row in rows.get("streets", [])),
            StreetRange.objects.all(),
            key=("municipality", "road", "first"),
        ),
        "plans": _plan(rows),
        "counters": _counters(rows, units),
    }


def _counters(rows: ProfileRows, units: Mapping[str, int]) -> int:
    """Counters nobody has named yet; who serves there afterwards is decided by hand."""
    known = set(Counter.objects.values_list("code", flat=True))
    new = [row for row in rows.get("counters", []) if row["code"] not in known]
    Counter.objects.bulk_create(Counter(**without(row, "unit", "source"), unit_id=units[row["unit"]]) for row in new)
    return len(new)


def days(rows: ProfileRows, at: datetime) -> dict[str, int]:
    """Weekly hours, days with other hours and closing days; the changes per kind."""
    units = dict(Unit.objects.values_list("code", "pk"))
    years = range(clock.local(at).year - 1, clock.local(at).year + YEARS_AHEAD)
    changed, yearly = [], []
    for row in rows["changed_days"]:
        if row["year"] or row["unit"] or row["opens"]:
            facts = {name: row[name] for name in ("opens", "closes", "reason")} | {"unit_id": units.get(row["unit"])}
            changed += [{**facts, "day": day} for day in _dates(row, [row["year"]] if row["year"] else years)]
        else:
            names = {"name": row["reason"], "name_en": row["reason"], "valid_from": _EVER}
            yearly.append({"month": row["month"], "day": row["day"], **names})
    return {
        "opening_hours": _hours(rows, units),
        "changed_days": _changed_days(rows, changed, units),
        "closing_days": _closing_days(yearly),
    }


def without(row: Row, *names: str) -> dict[str, Any]:
    """The row's other cells."""
    return {name: value for name, value in row.items() if name not in names}


def _administrations(rows: ProfileRows) -> list[dict[str, Any]]:
    """The administrations with what the register says of them; those they are a part of come first."""
    register = {row["code"]: row for row in rows.get("administration_register", [])}
    found = []
    for row in rows["administrations"]:
        told = register.get(row["code"], {"part_of": "", "valid_from": None, "valid_to": None})
        period = {"valid_from": told["valid_from"], "valid_to": told["valid_to"]}
        found.append({**row, **period, "part_of_id": told["part_of"] or None})
    return sorted(found, key=lambda row: row["part_of_id"] is not None)


def _groups(rows: ProfileRows) -> list[dict[str, Any]]:
    rules = {row["group"]: row for row in rows.get("group_rules", [])}
    found = []
    for row in rows["groups"]:
        rule = rules.get(row["code"])
        facts = {"course_id": rule["course"] or None, "side": rule["side"]} if rule else {}
        found.append({**row, **facts})
    return found


def _successions(rows: ProfileRows, units: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "former_id": row["former"],
            "successor_id": row["successor"],
            "unit_id": units.get(row["unit"]),
            "day": row["day"],
            "source": row["source"],
        }
        for row in rows.get("successions", [])
    ]


def _plan(rows: ProfileRows) -> int:
    """The plan the settings name, until a person has chosen one."""
    named = [row["value"] for row in rows.get("settings", []) if row["code"] == PLAN]
    if not named or LivingPlan.objects.filter(origin=Origin.HAND).exists():
        return 0
    wanted = [{"valid_from": _EVER, "variant": named[0], "origin": Origin.PROFILE}]
    return sync_rows(wanted, LivingPlan.objects.all(), key=("valid_from",))


def _hours(rows: ProfileRows, units: Mapping[str, int]) -> int:
    by_hand = set(OpeningHours.objects.filter(origin=Origin.HAND).values_list("unit_id", "channel"))
    hours = [{**without(row, "unit"), "unit_id": units[row["unit"]]} for row in rows["opening_hours"]]
    present = OpeningHours.objects.all()
    for unit, channel in by_hand:
        present = present.exclude(unit_id=unit, channel=channel)
    return sync_rows(
        [row for row in hours if (row["unit_id"], row["channel"]) not in by_hand],
        present,
        key=("unit_id", "channel", "weekday", "opens", "valid_from"),
    )


def _changed_days(rows: ProfileRows, changed: list[dict[str, Any]], units: Mapping[str, int]) -> int:
    """The single days this or an earlier profile brought; those a person set or took back are left alone."""
    by_hand = set(ChangedDay.objects.filter(origin=Origin.HAND).values_list("unit_id", "day"))
    brought = {(row["unit_id"], row["day"]) for row in changed}
    brought |= {(units.get(row["unit"]), date.fromisoformat(row["day"])) for row in rows["former_days"]}
    present = ChangedDay.objects.filter(origin=Origin.PROFILE).values_list("pk", "unit_id", "day")
    ours = ChangedDay.objects.filter(pk__in=[pk for pk, unit, day in present if (unit, day) in brought])
    wanted = [row for row in changed if (row["unit_id"], row["day"]) not in by_hand]
    return sync_rows(wanted, ours, key=("unit_id", "day", "opens"))


def _closing_days(yearly: list[dict[str, Any]]) -> int:
    by_hand = set(ClosingDay.objects.filter(origin=Origin.HAND).values_list("month", "day"))
    present: QuerySet[ClosingDay] = ClosingDay.objects.exclude(
        Q(pk__in=[row.pk for row in ClosingDay.objects.all() if (row.month, row.day) in by_hand])
    )
    wanted = [row for row in yearly if (row["month"], row["day"]) not in by_hand]
    return sync_rows(wanted, present, key=("month", "day", "valid_from"))


def _dates(row: Row, years: Iterable[int]) -> list[date]:
    """The day in each of the years; 29 February only where there is one."""
    leap = (row["month"], row["day"]) == (2, 29)
    return [date(year, row["month"], row["day"]) for year in years if not leap or isleap(year)]
