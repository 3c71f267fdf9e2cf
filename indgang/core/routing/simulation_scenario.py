"""A scenario as JSON: read, each fault named by its place, and run over the processors.

Its shape: docs/algorithms/simulation.md.
"""

import json
import math
import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any
from uuid import UUID

from indgang.core.routing.facts import Agent, Item, Point, Relief, Settings
from indgang.core.routing.simulation import Simulation
from indgang.core.routing.simulation_errors import ScenarioFaulty, ScenarioLacks, ScenarioNotJson, ScenarioTooLarge
from indgang.core.routing.simulation_tally import together
from indgang.core.routing.simulation_values import (
    HALVES_OF_DAY,
    HALVES_OF_WEEK,
    HOURS_OF_DAY,
    HOURS_OF_WEEK,
    Crew,
    Draw,
    Progress,
    Result,
    Stream,
)

LIVE_MEDIA = ("phone", "chat", "counter")
WRITTEN_MEDIA = ("mail", "webform", "letter", "sms", "self_service", "call_back", "case")
DUE = {"phone": 25.0, "chat": 90.0, "counter": 600.0}  # seconds on the scale of deadlines, unless the scenario says
DISTRIBUTIONS = ("exponential", "lognormal", "constant", "empirical")
MOST_AGENTS, MOST_STREAMS, MOST_DAYS, MOST_CONTACTS = 20_000, 500, 3_660, 50_000_000
_START = datetime(2026, 1, 5, tzinfo=UTC)
_NEVER = 10**9
WORTH_SPREADING = 500_000  # contacts; for fewer, starting processes takes longer than running


@dataclass(frozen=True)
class Scenario:
    """What is simulated."""

    streams: tuple[Stream, ...]
    crews: tuple[Crew, ...]
    seed: int = 1
    days: int = 1
    replications: int = 1
    follow: int | None = None
    follow_from: float | None = None
    settings: Settings = field(default_factory=Settings)


def parse(text: str) -> Scenario:
    """Read a scenario. Raises ScenarioNotJson with line and column, or a refusal that names the place."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise ScenarioNotJson(field="scenario", why=error.msg, line=error.lineno, column=error.colno) from None
    return read(_Place("scenario", given))


def read(place: "_Place") -> Scenario:
    """Read a scenario that is no longer text."""
    units: dict[str, int] = {}
    streams = tuple(_stream(one, units) for one in place.list("streams", MOST_STREAMS))
    crews = tuple(_crew(one, units) for one in place.list("groups", MOST_STREAMS))
    agents = sum(crew.count for crew in crews)
    if agents > MOST_AGENTS:
        raise ScenarioTooLarge(field="groups", count=agents, what="medarbejdere", most=MOST_AGENTS)
    days = int(place.number("days", 1, least=1, most=MOST_DAYS))
    contacts = int(sum(_per_day(s) for s in streams) * days)
    if contacts > MOST_CONTACTS:
        raise ScenarioTooLarge(field="streams", count=contacts, what="henvendelser", most=MOST_CONTACTS)
    number, after = _followed(place)
    return Scenario(
        streams,
        crews,
        seed=int(place.number("seed", 1, least=0)),
        days=days,
        replications=int(place.number("replications", 1, least=1, most=1000)),
        follow=number,
        follow_from=after,
    )


def run(scenario: Scenario, *, progress: Progress | None = None, processes: int | None = None) -> Result:
    """Run all replications, on as many processors as there are; raise in `progress` to cancel.

    The seconds told are the wall clock's; each replication has a seed of its own made from the scenario's.
    """
    began = time.monotonic()
    seeds = [scenario.seed * 1_000_003 + number for number in range(scenario.replications)]
    small = sum(_per_day(s) for s in scenario.streams) * scenario.days * len(seeds) < WORTH_SPREADING
    workers = 1 if small and not processes else min(len(seeds), processes or os.cpu_count() or 1)
    if workers == 1:
        runs = [_one(scenario, seed, _part(progress, number, len(seeds))) for number, seed in enumerate(seeds)]
    else:
        runs = _spread(scenario, seeds, workers, progress)
    result = together(runs)
    return Result(**{**vars(result), "seconds": time.monotonic() - began})


def _one(scenario: Scenario, seed: int, progress: Progress | None = None) -> Result:
    simulation = Simulation(
        scenario.streams,
        scenario.crews,
        seed=seed,
        days=scenario.days,
        settings=scenario.settings,
        follow=scenario.follow,
        follow_from=scenario.follow_from,
    )
    return simulation.run(progress)


def _spread(scenario: Scenario, seeds: list[int], workers: int, progress: Progress | None) -> list[Result]:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(_one, scenario, seed) for seed in seeds]
        try:
            for done, _ in enumerate(as_completed(running), 1):
                if progress:
                    progress(done / len(seeds))
        finally:  # a run that was cancelled leaves nothing behind
            pool.shutdown(wait=True, cancel_futures=True)
        return [future.result() for future in running]


def _part(progress: Progress | None, number: int, count: int) -> Progress | None:
    return None if progress is None else lambda share: progress((number + share) / count)


def _per_day(stream: Stream) -> float:
    rates = stream.arrivals_per_hour
    return sum(rates) * (HOURS_OF_DAY / len(rates))


def _stream(place: "_Place", units: dict[str, int]) -> Stream:
    medium = place.choice("medium", (*LIVE_MEDIA, *WRITTEN_MEDIA))
    share, within = _target(place)
    like = Item(
        id=UUID(int=0),
        group=place.text("competence"),
        level=int(place.number("level", 1, least=1, most=3)),
        language=place.text("language", "da"),
        medium=medium,
        interruptible=medium in WRITTEN_MEDIA,
        waiting_since=_START,
        due_at=_START,
        not_before=_START,
        unit=_unit(place, units),
        priority=int(place.number("priority", 0, least=0, most=9)),
    )
    del share  # the share wanted is compared with the result by who asks
    patience = place.get("patience")
    back = place.get("call_back")
    call_back = place.inner("call_back") if back is not None else None
    return Stream(
        name=place.text("name"),
        like=like,
        arrivals_per_hour=_rates(place),
        handling=_draw(place.inner("handling")),
        patience=None if patience is None else _draw(place.inner("patience")),
        wrap_up=place.number("wrap_up", 0, least=0),
        within=within,
        due=place.number("due", DUE.get(medium, within), least=0),
        call_back_after=call_back.number("after", least=0) if call_back else None,
        call_back_share=call_back.number("share", 1, least=0, most=1) if call_back else 0.0,
    )


def _crew(place: "_Place", units: dict[str, int]) -> Crew:
    name = place.text("name")
    level = int(place.number("level", 3, least=1, most=3))
    skills = place.inner("skills")
    known = {code: (int(skills.number(code, least=1, most=5)), level) for code in skills.codes()}
    media = frozenset(one.choice("", (*LIVE_MEDIA, *WRITTEN_MEDIA)) for one in place.list("media", 20, needed=False))
    after = place.number("joins_after", 0, least=0)
    above = int(place.number("joins_above", _NEVER, least=0))
    share = place.number("joins_share", 1, least=0, most=1)
    joins = after > 0 or above < _NEVER
    capacity = place.inner("capacity", {})
    like = Agent(
        id=0,
        unit=_unit(place, units),
        languages=frozenset(one.text("") for one in place.list("languages", 50, needed=False)) or frozenset({"da"}),
        competences=known,
        overflow=False,
        idle_since=_START,
        mode="available",
        capacity={one: int(capacity.number(one, least=0, most=100)) for one in capacity.codes()},
        relief=Relief(name, above, after, after, share) if joins else None,
        point=Point(name, frozenset(), media) if media else None,
    )
    count = int(place.number("count", least=0, most=MOST_AGENTS))
    return Crew(
        name,
        count,
        like,
        _hours(place),
        _weekdays(place),
        tuple(_break(one) for one in place.list("breaks", 20, needed=False)),
    )


def _followed(place: "_Place") -> tuple[int | None, float | None]:
    """The contact to tell about: by its number, or the first after {"from": seconds}."""
    given = place.get("follow")
    if given is None:
        return None, None
    if isinstance(given, dict):
        return None, place.inner("follow").number("from", least=0)
    return int(place.number("follow", least=1)), None


def _unit(place: "_Place", units: dict[str, int]) -> int | None:
    code = place.text("unit", "")
    return units.setdefault(code, len(units) + 1) if code else None


def _rates(place: "_Place") -> tuple[float, ...]:
    lengths = (HOURS_OF_DAY, HALVES_OF_DAY, HOURS_OF_WEEK, HALVES_OF_WEEK)
    what = "et tal, 24 eller 48 tal (en dag) eller 168 eller 336 tal (en uge fra mandag)"
    given = place.need("arrivals_per_hour", what)
    if not isinstance(given, list):
        return (place.number("arrivals_per_hour", least=0),) * HOURS_OF_DAY
    if len(given) not in lengths:
        raise ScenarioFaulty(
            field=place.at("arrivals_per_hour"),
            where=place.at("arrivals_per_hour"),
            value=f"{len(given)} tal",
            what="24, 48, 168 eller 336 tal",
        )
    return tuple(one.number("", least=0) for one in place.list("arrivals_per_hour", HALVES_OF_WEEK))


def _draw(place: "_Place") -> Draw:
    dist = place.choice("dist", DISTRIBUTIONS, "exponential")
    if dist == "empirical":
        values = tuple(one.number("", least=0) for one in place.list("values", 1_000_000))
        return Draw("empirical", sum(values) / len(values), values=values)
    mean = place.number("mean", least=0 if dist == "constant" else 1e-9)
    deviation = place.get("sd")
    variation = place.number("sd", least=0) / mean if deviation is not None else place.number("cv", 1, least=0)
    return Draw(dist, mean, variation)  # type: ignore[arg-type]


def _target(place: "_Place") -> tuple[float, float]:
    """A share and seconds: 20, "0.8/20" or {"share": 0.8, "within": 20}."""
    given = place.get("target")
    what = 'sekunder (20), andel og sekunder ("0.8/20") eller {"share": 0.8, "within": 20}'
    if given is None:
        return 0.8, 20.0
    if isinstance(given, dict):
        inner = place.inner("target")
        return inner.number("share", 0.8, least=0, most=1), inner.number("within", least=0)
    if isinstance(given, str):
        share, _, within = given.partition("/")
        try:
            return float(share), float(within)
        except ValueError:
            raise ScenarioFaulty(field=place.at("target"), where=place.at("target"), value=given, what=what) from None
    return 0.8, place.number("target", least=0)


def _hours(place: "_Place") -> tuple[float, float]:
    given = place.list("hours", 2, needed=False)
    if not given:
        return 0.0, 24.0
    start, end = given[0].number("", least=0, most=24), given[-1].number("", least=0, most=24)
    if len(given) != 2 or start >= end:
        raise ScenarioFaulty(
            field=place.at("hours"), where=place.at("hours"), value=[start, end], what="fra og til, f.eks. [8, 16]"
        )
    return start, end


def _weekdays(place: "_Place") -> frozenset[int]:
    days = place.list("weekdays", 7, needed=False)
    return frozenset(int(day.number("", least=1, most=7)) - 1 for day in days) or frozenset(range(7))


def _break(place: "_Place") -> tuple[float, float]:
    return place.number("at", least=0, most=24), place.number("minutes", least=1, most=240)


class _Place:
    """A value and where it stands, so that a refusal can name it: streams[2].handling.mean."""

    def __init__(self, path: str, value: Any) -> None:
        self._path, self._value = path, value

    def at(self, key: str) -> str:
        """The path of a key."""
        if not key:
            return self._path
        return key if self._path == "scenario" else f"{self._path}.{key}"

    def codes(self) -> list[str]:
        """The keys that are given."""
        return list(self._mapping())

    def get(self, key: str) -> Any:
        """The value as given; None where there is none."""
        return self._mapping().get(key) if key else self._value

    def need(self, key: str, what: str) -> Any:
        """The value as given, refused where there is none."""
        given = self.get(key)
        if given is None:
            raise ScenarioLacks(field=self.at(key), where=self.at(key), what=what)
        return given

    def inner(self, key: str, default: Mapping[str, Any] | None = None) -> "_Place":
        """An object inside."""
        given = self.get(key)
        return _Place(self.at(key), self.need(key, "et objekt {…}") if default is None else (given or default))

    def list(self, key: str, most: int, *, needed: bool = True) -> "Sequence[_Place]":
        """The members of a list."""
        given = self.need(key, "en liste […]") if needed else self.get(key) or []
        if not isinstance(given, list) or (needed and not given):
            raise self._faulty(key, given, "en liste med mindst én")
        if len(given) > most:
            raise ScenarioTooLarge(field=self.at(key), count=len(given), what=key, most=most)
        return [_Place(f"{self.at(key)}[{number}]", one) for number, one in enumerate(given)]

    def text(self, key: str, default: str | None = None) -> str:
        """Some words."""
        given = self.get(key)
        if given is None and default is not None:
            return default
        given = self.need(key, "en tekst")
        if not isinstance(given, str) or not given.strip():
            raise self._faulty(key, given, "en tekst")
        return given

    def choice(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        """One of the words known."""
        given = self.text(key, default)
        if given not in known:
            raise self._faulty(key, given, "en af: " + ", ".join(known))
        return given

    def number(
        self, key: str, default: float | None = None, *, least: float = -math.inf, most: float = math.inf
    ) -> float:
        """A number within bounds."""
        given = self.get(key)
        if given is None and default is not None:
            return default
        bounds = f"et tal på mindst {least:g}" + ("" if most == math.inf else f" og højst {most:g}")
        given = self.need(key, bounds)
        if isinstance(given, bool) or not isinstance(given, int | float) or not least <= given <= most:
            raise self._faulty(key, given, bounds)
        return float(given)

    def _mapping(self) -> Mapping[str, Any]:
        if not isinstance(self._value, dict):
            raise ScenarioFaulty(field=self._path, where=self._path, value=self._value, what="et objekt {…}")
        return self._value

    def _faulty(self, key: str, value: object, what: str) -> ScenarioFaulty:
        return ScenarioFaulty(
            field=self.at(key), where=self.at(key), value=json.dumps(value, ensure_ascii=False)[:80], what=what
        )


def facts(result: Result) -> dict[str, Any]:
    """A result as JSON, with the names that bind."""
    streams: dict[str, Any] = {}
    for one in result.streams:
        row = {key: value for key, value in vars(one).items() if key not in ("name", "never")}
        row |= {key: [vars(part) for part in row[key]] for key in ("by_hour", "by_half_hour")}
        if one.never:
            row["never"] = one.never
        if one.name in result.half_widths:
            row["half_width_95"] = result.half_widths[one.name]
        streams[one.name] = row
    return {
        "streams": streams,
        "groups": {one.name: {key: value for key, value in vars(one).items() if key != "name"} for one in result.crews},
        "contacts": result.contacts,
        "replications": result.replications,
        "contacts_per_second": result.contacts_per_second,
        **({"trace": [vars(line) for line in result.trace]} if result.trace else {}),
    }
