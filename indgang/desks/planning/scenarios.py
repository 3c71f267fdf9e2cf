"""Ways to organise the service, side by side: staff by half-hour and costs by formula, waiting times by simulation."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from indgang.core.routing import services as routing
from indgang.desks.planning.crews import scenario_of
from indgang.desks.planning.dimensioning import Dimensioned, Option, Work, dimension
from indgang.desks.planning.staffing import Target
from indgang.desks.planning.weeks import OF_DAY, time_of

Progress = Callable[[float], None]
_MONEY = ("hourly", "centre_yearly")
WEEK = 7  # days simulated, from Monday


def plan(given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Each option dimensioned and then played for some weeks with the production policy."""
    work = works(given)
    share = 1 / len(given["options"])
    found, played = [], []
    for number, option in enumerate(options(given)):
        found.append(dimension(work, option))
        progress(share * (number + 0.1))
        played.append(_play(found[-1], work, given, _within(progress, share * (number + 0.1), 0.9 * share)))
    return {
        "options": [option.name for option in options(given)],
        "overview": [_overview(one, result) for one, result in zip(found, played, strict=True)],
        "never": [_never(result) for result in played],
        "tables": {
            "need": {"columns": ["option", "weekday", "time", *NEED], "rows": _curves(found)},
            "waits": {"columns": ["option", "stream", *WAITS], "rows": _waits(found, played)},
            "hourly": {"columns": HOURLY, "rows": _hourly(found, played, given["replications"])},
            "busy": {"columns": ["option", "crew", *BUSY], "rows": _busy(found, played)},
        },
    }


def _within(progress: Progress, start: float, length: float) -> Progress:
    """The progress of a part of the work."""
    return lambda share: progress(start + length * share)


NEED = ["contact_centre", "each_centre", "written", "at_work"]
WAITS = [
    "arrived", "answered", "abandoned", "left_waiting", "service_level", "mean_wait", "half_width", "p95_wait",
]  # fmt: skip
HOURLY = ["option", "stream", "weekday", "time", "per_week", "mean_wait"]
BUSY = ["staffed_hours", "occupancy", "answered"]


def works(given: Mapping[str, Any]) -> list[Work]:
    """The demand that was asked about."""
    return [
        Work(
            one["name"],
            one["medium"],
            tuple(one["week"]),
            one["handling"],
            one["patience"],
            Target(one["share"], one["within"]),
        )
        for one in given["works"]
    ]


def options(given: Mapping[str, Any]) -> list[Option]:
    """The ways to organise it."""
    return [_option(one) for one in given["options"]]


def _option(one: Mapping[str, Any]) -> Option:
    facts: dict[str, Any] = {key: Decimal(str(value)) if key in _MONEY else value for key, value in one.items()}
    return replace(Option(one["name"]), **facts)


def _play(found: Dimensioned, work: list[Work], given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    scenario = scenario_of(found, work, special=given["special"], seed=given["seed"], agents=given["agents"])
    scenario |= {"days": WEEK, "replications": given["replications"]}
    played = routing.run_scenario(routing.parse_scenario(json.dumps(scenario)), progress=progress, processes=1)
    return routing.scenario_facts(played)


def _overview(found: Dimensioned, result: Mapping[str, Any]) -> dict[str, Any]:
    visits = _together([one for name, one in result["streams"].items() if name.startswith("visit")])
    calls = _together([one for name, one in result["streams"].items() if name.startswith("call")])
    return {
        "centres": found.option.centres,
        "overflow": found.option.overflow,
        "hours_at_work": round(found.hours_at_work, 1),
        "full_time": round(found.full_time, 1),
        "peak": max((one.contact_centre + one.each_centre * found.option.centres) for one in found.needs),
        "wages_yearly": float(found.wages_yearly),
        "centres_yearly": float(found.centres_yearly),
        "total_yearly": float(found.total_yearly),
        "per_inquiry": {key: round(float(value), 2) for key, value in found.per_inquiry.items()},
        "formula_level": round(found.service_level, 4),
        "calls": calls,
        "visits": visits,
        "contacts": result["contacts"],
    }


def _together(streams: list[dict[str, Any]]) -> dict[str, Any]:
    """Several streams as one: counts added, waits weighted by who was answered or gave up."""
    told = {key: sum(one[key] for one in streams) for key in ("arrived", "answered", "abandoned", "left_waiting")}
    weight = sum(one["answered"] + one["abandoned"] for one in streams)
    for key in ("mean_wait", "service_level"):
        whole = sum(one[key] * (one["answered"] + one["abandoned"]) for one in streams)
        told[key] = round(whole / weight, 4) if weight else None
    told["p95_wait"] = round(max((one["p95_wait"] for one in streams), default=0.0), 1)
    told["half_width"] = round(streams[0].get("half_width_95", {}).get("mean_wait", 0.0), 2) if len(streams) == 1 else 0
    return told


def _never(result: Mapping[str, Any]) -> list[list[Any]]:
    """Who waits for ever, how many, and why."""
    return [[name, one["arrived"], one["never"]] for name, one in result["streams"].items() if one.get("never")]


def _curves(found: list[Dimensioned]) -> list[list[Any]]:
    return [
        [
            one.option.name,
            need.slot // OF_DAY,
            time_of(need.slot),
            need.contact_centre,
            need.each_centre,
            round(need.written, 2),
            round(need.contact_centre + need.each_centre * one.option.centres + need.written, 2),
        ]
        for one in found
        for need in one.needs
        if one.option.is_open(need.slot)
    ]


def _waits(found: list[Dimensioned], played: list[dict[str, Any]]) -> list[list[Any]]:
    rows = []
    for one, result in zip(found, played, strict=True):
        for name, stream in result["streams"].items():
            told = _together([stream])
            rows.append([one.option.name, name, *(told[key] for key in WAITS)])
    return rows


def _hourly(found: list[Dimensioned], played: list[dict[str, Any]], weeks: int) -> list[list[Any]]:
    """The waits of calls and visits by the hour they came in; visits of all centres together."""
    rows: list[list[Any]] = []
    for one, result in zip(found, played, strict=True):
        for name in ("calls", "visits"):
            hours: dict[int, list[float]] = {}
            for stream, told in result["streams"].items():
                for hour in told["by_hour"] if stream.startswith(name.removesuffix("s")) else ():
                    row = hours.setdefault(hour["hour"], [0.0, 0.0])
                    row[0] += hour["count"]
                    row[1] += hour["count"] * hour["mean_wait"]
            rows += [
                [one.option.name, name, hour // 24, f"{hour % 24:02d}:00", round(n / weeks, 1), round(waited / n, 2)]
                for hour, (n, waited) in sorted(hours.items())
            ]
    return rows


def _busy(found: list[Dimensioned], played: list[dict[str, Any]]) -> list[list[Any]]:
    rows = []
    for one, result in zip(found, played, strict=True):
        sums: dict[str, list[float]] = {}
        for name, crew in result["groups"].items():
            row = sums.setdefault(name.split(":")[0], [0.0, 0.0, 0])
            row[0] += crew["staffed_hours"]
            row[1] += crew["staffed_hours"] * crew["occupancy"]
            row[2] += crew["answered"]
        rows += [
            [one.option.name, name, round(hours, 1), round(busy / hours, 4) if hours else None, answered]
            for name, (hours, busy, answered) in sums.items()
        ]
    return rows
