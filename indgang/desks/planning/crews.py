"""A dimensioned option as a scenario of the simulation: who comes, and who is at work when. Pure.

The staff of a half-hour is a step of a stair; the stair is cut into layers, and each layer is a crew with hours of its
own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indgang.desks.planning.dimensioning import Dimensioned, Work
from indgang.desks.planning.weeks import OF_DAY, SLOTS

PHONE, VISIT, WRITTEN, SPECIAL = "calls", "visits", "written", "special"
HANDLING_CV = 1.0
HELPS_AFTER = 5.0  # seconds a call waits before a centre's staff are asked
Layer = tuple[int, float, float, tuple[int, ...]]  # how many, from, to, weekdays from 1


def scenario_of(
    found: Dimensioned, work: Sequence[Work], *, special: Mapping[str, Any], seed: int, agents: int | None
) -> dict[str, Any]:
    """The JSON of docs/algorithms/simulation.md. `special`: a share of calls needs what only so many know."""
    return {
        "seed": seed,
        "streams": list(_streams(found, work, special)),
        "groups": [*_contact_centre(found, special, agents), *_centres(found), *_written(found)],
    }


def layers(week: Sequence[int]) -> list[Layer]:
    """Crews that together are so many people in each half-hour of the week."""
    spans: dict[tuple[float, float], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for weekday in range(SLOTS // OF_DAY):
        day = week[weekday * OF_DAY : (weekday + 1) * OF_DAY]
        for level in range(max(day)):
            for first, last in _runs([count > level for count in day]):
                spans[first / 2, last / 2][weekday + 1] += 1
    found: list[Layer] = []
    for (start, end), by_day in spans.items():
        for count in sorted(set(by_day.values())):
            found.append((count, start, end, tuple(sorted(day for day, many in by_day.items() if many == count))))
    return sorted(found, key=lambda layer: (-(layer[2] - layer[1]), layer[1]))


def _runs(there: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for slot, is_there in enumerate([*there, False]):
        if is_there and start is None:
            start = slot
        elif not is_there and start is not None:
            yield start, slot
            start = None


def _streams(found: Dimensioned, work: Sequence[Work], special: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in work:
        rates = _rates(found, one)
        if not sum(rates):
            continue
        if one.medium == "phone":
            share = special["share"]
            yield _stream("calls", PHONE, one, rates, 1 - share)
            if share:
                yield _stream("calls_special", SPECIAL, one, rates, share)
        elif one.medium == "counter":
            for number in range(1, found.option.centres + 1):
                told = _stream(f"visits:{number}", VISIT, one, rates, 1 / found.option.centres)
                yield told | {"unit": f"centre-{number}"}
        else:
            yield _stream("written", WRITTEN, one, rates, 1.0) | {"medium": "mail"}


def _rates(found: Dimensioned, one: Work) -> list[float]:
    """Inquiries by hour, after what the option changes in them."""
    counts = found.demand[one.name]
    return [counts[2 * hour] + counts[2 * hour + 1] for hour in range(SLOTS // 2)]


def _stream(name: str, competence: str, one: Work, rates: Sequence[float], share: float) -> dict[str, Any]:
    return {
        "name": name,
        "medium": one.medium,
        "competence": competence,
        "arrivals_per_hour": [rate * share for rate in rates],
        "handling": {"dist": "lognormal", "mean": one.handling, "cv": HANDLING_CV},
        "patience": {"dist": "exponential", "mean": one.patience} if one.patience else None,
        "target": {"share": one.target.share, "within": one.target.within},
    }


def _contact_centre(found: Dimensioned, special: Mapping[str, Any], agents: int | None) -> Iterator[dict[str, Any]]:
    week = [agents if agents is not None and found.option.is_open(n.slot) else n.contact_centre for n in found.needs]
    knowing = special["staff"]
    for count, start, end, days in layers(week):
        able = min(count, knowing)
        knowing -= able
        for many, skills in ((able, {PHONE: 3, SPECIAL: 4}), (count - able, {PHONE: 4})):
            if many:
                yield _crew(f"contact_centre:{start}-{end}-{days}-{len(skills)}", many, start, end, days, skills)


def _centres(found: Dimensioned) -> Iterator[dict[str, Any]]:
    skills = {VISIT: 4, PHONE: 3} if found.option.overflow else {VISIT: 4}
    helping = {"joins_after": HELPS_AFTER, "joins_share": 1.0} if found.option.overflow else {}
    for number in range(1, found.option.centres + 1):
        for count, start, end, days in layers([need.each_centre for need in found.needs]):
            crew = _crew(f"centres:{number}-{start}-{end}-{days}", count, start, end, days, skills)
            yield crew | {"unit": f"centre-{number}"} | helping


def _written(found: Dimensioned) -> Iterator[dict[str, Any]]:
    for count, start, end, days in layers([_up(need.written) for need in found.needs]):
        yield _crew(f"written:{start}-{end}-{days}", count, start, end, days, {WRITTEN: 3})


def _up(number: float) -> int:
    """Whole people; written work waits for the few minutes this gives too much."""
    return int(-(-number // 1))


def _crew(
    name: str, count: int, start: float, end: float, days: Sequence[int], skills: Mapping[str, int]
) -> dict[str, Any]:
    hours = {"hours": [start, end], "weekdays": list(days)}
    return {"name": name, "count": count, "skills": dict(skills), **hours}
