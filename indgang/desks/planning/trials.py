"""A day or a week of a staffing played twice: as it was planned, and with what may happen. Pure but for the engine.

In prose: docs/algorithms/simulation.md.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from indgang.core.routing import services as routing
from indgang.desks.planning.crews import HELPS_AFTER, PHONE, layers
from indgang.desks.planning.weeks import OF_DAY, SLOTS, time_of

Progress = Callable[[float], None]
CHANGED, PLANNED = "changed", "planned"  # the two ways a day is played
STAFF, HELPERS = "staff", "helpers"  # the crews' names begin so
MOST_PLAYED = 5_000_000  # inquiries of both ways and all replications: about a minute
DAY_SECONDS = 86_400
WAYS = [
    "way", "arrived", "answered", "abandoned", "called_back", "left_waiting", "level", "level_low", "level_high",
    "wait", "wait_half_width", "p95_wait", "staffed_hours", "busy_share",
]  # fmt: skip
HALVES = [
    "weekday", "time", "present", "present_planned", "came", "came_planned", "level", "level_low", "level_high",
    "level_planned", "level_planned_low", "level_planned_high", "wait", "wait_planned", "gave_up",
]  # fmt: skip
TRACE = ["weekday", "clock", "event", "since"]
_SAID = {
    "arrived": "arrived", "gave up": "gave_up", "takes a call back and keeps the place": "call_back",
    "more agents are asked": "widened", "ended": "ended",
}  # fmt: skip
_ANSWERED = "answered by "


def plan(given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Both ways with the production policy and one seed; half-hour by half-hour, and what became of one contact."""
    changed = _play(given, CHANGED, lambda share: progress(share / 2))
    planned = _play(given, PLANNED, lambda share: progress(0.5 + share / 2))
    return {
        "figures": {CHANGED: _figures(changed), PLANNED: _figures(planned)},
        "formula": formula_level(given),
        "never": changed["streams"]["calls"].get("never", ""),
        "tables": {
            "ways": {"columns": WAYS, "rows": [_way(CHANGED, changed), _way(PLANNED, planned)]},
            "halves": {"columns": HALVES, "rows": list(_halves(given, changed, planned))},
            "one_contact": {"columns": TRACE, "rows": list(_trace(given, changed.get("trace", [])))},
        },
    }


def scenario_of(given: Mapping[str, Any], way: str) -> dict[str, Any]:
    """The JSON of docs/algorithms/simulation.md. One day stands where Monday is; the other days are empty."""
    patience = given["patience"] if way == PLANNED else given["patience_then"]
    calls, longer = (1.0, given["handling"]) if way == PLANNED else (given["calls"], given["handling_then"])
    stream = {
        "name": "calls",
        "medium": "phone",
        "competence": PHONE,
        "arrivals_per_hour": [2 * calls * count for count in _first(given["week"], given)],
        "handling": {"dist": "exponential", "mean": longer},
        "patience": {"dist": "exponential", "mean": patience} if patience else None,
        "target": {"share": given["share"], "within": given["within"]},
        "call_back": given["call_back"] if way == CHANGED else None,
    }
    return {
        "seed": given["seed"],
        "days": len(given["days"]),
        "replications": given["replications"],
        "streams": [stream],
        "groups": list(_groups(given, way)),
        "follow": {"from": given["follow"] * 3600},
    }


def present(given: Mapping[str, Any], way: str) -> list[int]:
    """Who is at work in each half-hour of the days played, helpers not counted; the day of one day stands first."""
    staff = [round(count) for count in _first(given["staff"], given)]
    if way == PLANNED:
        return staff
    return [
        max(0, count - given["missing"]) if given["first"] <= slot % OF_DAY < given["last"] else count
        for slot, count in enumerate(staff)
    ]


def open_slots(given: Mapping[str, Any]) -> list[int]:
    """The half-hours of the days played in which somebody is expected."""
    return [slot for slot, count in enumerate(_first(given["week"], given)) if count > 0]


def played(given: Mapping[str, Any]) -> float:
    """How many inquiries both ways and all replications are together."""
    return float(sum(_first(given["week"], given)) * (1 + given["calls"]) * given["replications"])


def formula_level(given: Mapping[str, Any]) -> float | None:
    """The share in time of the days as the staffing's formula told it, half-hours weighted by their inquiries."""
    slots = open_slots(given)
    counts, levels = _first(given["week"], given), _first(given["levels"], given)
    whole = sum(counts[slot] for slot in slots)
    return sum(counts[slot] * levels[slot] for slot in slots) / whole if whole else None


def _first(week: Sequence[float], given: Mapping[str, Any]) -> list[float]:
    """The days played from the beginning, nothing after them."""
    found = [value for day in given["days"] for value in week[day * OF_DAY : (day + 1) * OF_DAY]]
    return found + [0.0] * (SLOTS - len(found))


def _groups(given: Mapping[str, Any], way: str) -> Iterator[dict[str, Any]]:
    for count, start, end, days in layers(present(given, way)):
        yield _crew(f"{STAFF}:{start}-{end}-{days}", count, (start, end), days)
    if way == CHANGED and given["helpers"]:
        slots = set(open_slots(given))
        for count, start, end, days in layers([given["helpers"] * (slot in slots) for slot in range(SLOTS)]):
            crew = _crew(f"{HELPERS}:{start}-{end}-{days}", count, (start, end), days)
            yield crew | {"unit": HELPERS, "joins_after": HELPS_AFTER, "joins_share": 1.0}
    if not any(present(given, way)):  # an empty floor is still one
        yield _crew(STAFF, 0, (0.0, 24.0), range(1, 8))


def _crew(name: str, count: int, hours: tuple[float, float], days: Sequence[int]) -> dict[str, Any]:
    return {"name": name, "count": count, "skills": {PHONE: 4}, "hours": list(hours), "weekdays": list(days)}


def engine_reads(given: Mapping[str, Any], way: str) -> Any:
    """The scenario as the engine takes it. Raises what it refuses: more people or crews than it can hold."""
    return routing.parse_scenario(json.dumps(scenario_of(given, way)))


def _play(given: Mapping[str, Any], way: str, progress: Progress) -> dict[str, Any]:
    return routing.scenario_facts(routing.run_scenario(engine_reads(given, way), progress=progress, processes=1))


def _figures(result: Mapping[str, Any]) -> dict[str, Any]:
    """The stream's own figures as the engine tells them."""
    calls = result["streams"]["calls"]
    return {key: value for key, value in calls.items() if key not in ("by_hour", "by_half_hour")}


def _way(way: str, result: Mapping[str, Any]) -> list[Any]:
    calls = result["streams"]["calls"]
    widths = calls.get("half_width_95", {})
    crews = list(result["groups"].values())
    hours = sum(crew["staffed_hours"] for crew in crews)
    busy = sum(crew["staffed_hours"] * crew["occupancy"] for crew in crews)
    counts = [calls[key] for key in ("arrived", "answered", "abandoned", "called_back", "left_waiting")]
    level = between(calls["service_level"], widths.get("service_level", 0.0))
    waits = [calls["mean_wait"], widths.get("mean_wait", 0.0), calls["p95_wait"]]
    return [way, *counts, *level, *(round(one, 2) for one in waits), round(hours, 1), busy / hours if hours else None]


def between(level: float, half_width: float) -> list[float]:
    """A share with the ends of its interval, which no share can pass."""
    return [round(level, 4), round(max(0.0, level - half_width), 4), round(min(1.0, level + half_width), 4)]


def _halves(given: Mapping[str, Any], changed: Mapping[str, Any], planned: Mapping[str, Any]) -> Iterator[list[Any]]:
    there, then = present(given, CHANGED), present(given, PLANNED)
    now, usual = (
        {half["slot"]: half for half in result["streams"]["calls"]["by_half_hour"]} for result in (changed, planned)
    )
    runs = given["replications"]
    for slot in open_slots(given):
        one, other = _half(now.get(slot), runs), _half(usual.get(slot), runs)
        place = [given["days"][slot // OF_DAY], time_of(slot), there[slot], then[slot], one["came"], other["came"]]
        yield [*place, *one["level"], *other["level"], one["wait"], other["wait"], one["gave_up"]]


def _half(half: Mapping[str, Any] | None, runs: int) -> dict[str, Any]:
    if half is None:
        return {"came": 0.0, "level": [None, None, None], "wait": None, "gave_up": 0.0}
    known = half["count"] > 0  # somebody was answered or gave up
    return {
        "came": round((half["count"] + half["left_waiting"]) / runs, 2),
        "level": between(half["service_level"], half["half_width"]) if known else [None, None, None],
        "wait": round(half["mean_wait"], 2) if known else None,
        "gave_up": round(half["abandoned"] / runs, 2),
    }


def _trace(given: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """What happened to the contact, with what it means in between: waiting begins, the target passes."""
    if not lines:
        return
    came = lines[0]["at"]
    found = [(line["at"], _event(line["what"])) for line in lines]
    end = next((at for at, event in found if event in (*_ANSWERS, "gave_up")), None)
    if end is None or end > came:
        found.insert(1, (came, "waits"))
    if end is None or end - came > given["within"]:
        found.append((came + given["within"], "late"))
    found.sort(key=lambda one: one[0])
    if end is None:
        found.append((len(given["days"]) * DAY_SECONDS, "still_waiting"))
    for at, event in found:
        day = given["days"][min(int(at // DAY_SECONDS), len(given["days"]) - 1)]
        yield [day, clock_of(at), event, round(at - came, 1)]


_ANSWERS = ("answered", "answered_helper")


def _event(said: str) -> str:
    """The engine's words as a code; who answered is the staff or a helper."""
    if said.startswith(_ANSWERED):
        return "answered_helper" if said.removeprefix(_ANSWERED).startswith(HELPERS) else "answered"
    return _SAID[said]


def clock_of(seconds: float) -> str:
    """10:02:13 of its day."""
    whole = int(seconds)
    return f"{whole // 3600 % 24:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
