"""Planning: the simulation beside simpy on the same day, a year of Copenhagen, forecasts of invented years, rosters.

    .venv/bin/python benchmarks/planning.py [--days 365] [--series 6] [--seconds 120]

The simulation runs the production policy; simpy runs the same M/M/n+M day (5,000 calls, 36 agents) with one resource.
"""

import argparse
import json
import random
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import simpy
from _report import Report, median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from _rosters import rosters

from indgang.core.routing.simulation_scenario import parse, run
from indgang.desks.planning import beside, calendar_facts
from indgang.desks.planning.counts import Counts
from indgang.desks.planning.forecasting import Forecaster

CALLS, AGENTS, HANDLING, PATIENCE, OPEN_HOURS = 5_000, 36, 240.0, 180.0, 10
P_ABANDON, MEAN_WAIT = 0.040825, 7.348  # Erlang A, exact


def one_day() -> str:
    rates = [CALLS / OPEN_HOURS if 8 <= hour < 8 + OPEN_HOURS else 0 for hour in range(24)]
    stream = {
        "name": "calls",
        "medium": "phone",
        "competence": "all",
        "level": 1,
        "arrivals_per_hour": rates,
        "target": 20,
    }
    stream |= {
        "handling": {"dist": "exponential", "mean": HANDLING},
        "patience": {"dist": "exponential", "mean": PATIENCE},
    }
    group = {"name": "centre", "count": AGENTS, "skills": {"all": 3}, "hours": [8, 8 + OPEN_HOURS]}
    return json.dumps({"seed": 1, "days": 10, "streams": [stream], "groups": [group]})


def simpy_day(seed: int) -> int:
    chance, world, calls = random.Random(seed), simpy.Environment(), [0]
    agents = simpy.Resource(world, AGENTS)

    def call():
        calls[0] += 1
        with agents.request() as wanted:
            got = yield wanted | world.timeout(chance.expovariate(1 / PATIENCE))
            if wanted in got:
                yield world.timeout(chance.expovariate(1 / HANDLING))

    def arrivals():
        while True:
            yield world.timeout(chance.expovariate(CALLS / OPEN_HOURS / 3600))
            world.process(call())

    world.process(arrivals())
    world.run(OPEN_HOURS * 3600)
    return calls[0]


def against_simpy(report: Report) -> None:
    ours, theirs = [], []
    scenario = parse(one_day())
    for seed in range(5):
        result = run(scenario, processes=1)
        ours.append(result.contacts_per_second)
        begun, calls = time.perf_counter(), 0
        for day in range(4):
            calls += simpy_day(seed * 10 + day)
        theirs.append(calls / (time.perf_counter() - begun))
    report.add("simpy, the same day", f"{median(theirs):,.0f} calls/s")
    report.add("production policy on the virtual clock", f"{median(ours):,.0f} calls/s")
    report.at_least("ratio to simpy", median(ours) / median(theirs), 2, "x", digits=1)


def exactness(report: Report) -> None:
    """Long runs without closing against the exact queue."""
    given = json.loads(one_day())
    given["streams"][0]["arrivals_per_hour"] = CALLS / OPEN_HOURS
    given["groups"][0]["hours"] = [0, 24]
    given |= {"days": 50, "replications": 8}
    result = run(parse(json.dumps(given)))
    (stream,) = result.streams
    gave_up = stream.abandoned / stream.arrived
    report.at_most("abandoned, off the exact Erlang A", 100 * abs(gave_up / P_ABANDON - 1), 1, "%", digits=2)
    report.at_most("mean wait, off the exact Erlang A", 100 * abs(stream.mean_wait / MEAN_WAIT - 1), 1, "%", digits=2)
    report.add("calls simulated for that", f"{result.contacts:,}")


def copenhagen(days: int) -> str:
    """2.5 million contacts a year: contact centre and eight centres, five media, three competences."""
    weekday = [[0.0] * 24 for _ in range(7)]
    for day in range(5):
        for hour in range(8, 18):
            weekday[day][hour] = 1 + 0.5 * (hour in (10, 11, 14, 15))
    shape = [rate for day in weekday for rate in day]
    total = sum(shape)

    def stream(name, medium, group, yearly, handling, patience, **more):
        rates = [yearly / 52 * rate / total for rate in shape]
        leave = {"dist": "exponential", "mean": patience} if patience else None
        row = {"name": name, "medium": medium, "competence": group, "level": more.pop("level", 1), "patience": leave}
        return row | {"arrivals_per_hour": rates, "handling": {"dist": "lognormal", "mean": handling, "cv": 1.1}} | more

    streams = [
        stream("calls general", "phone", "general", 700_000, 240, 180, wrap_up=30, target=20),
        stream("calls tax", "phone", "tax", 300_000, 300, 240, wrap_up=30, target=20),
        stream("calls benefits", "phone", "benefits", 250_000, 330, 240, wrap_up=40, target=20, level=2),
        stream("chat", "chat", "general", 90_000, 480, 300, target=90),
        stream("mail", "mail", "general", 300_000, 300, None, target=28_800),
        stream("mail tax", "mail", "tax", 60_000, 400, None, target=28_800),
    ]
    streams += [
        stream(f"visits {n}", "counter", "general", 100_000, 420, 2_400, target=600, unit=f"c{n}") for n in range(8)
    ]
    groups = [
        {
            "name": "contact centre",
            "count": 75,
            "skills": {"general": 4, "tax": 2},
            "level": 2,
            "capacity": {"chat": 2},
        },
        {"name": "tax", "count": 20, "skills": {"tax": 5, "general": 2}, "level": 2},
        {"name": "benefits", "count": 22, "skills": {"benefits": 5, "general": 2}, "level": 3},
    ]
    for n in range(8):
        centre = {"name": f"centre {n}", "count": 9, "skills": {"general": 4, "tax": 1}, "level": 2, "unit": f"c{n}"}
        groups.append(centre | {"joins_after": 60, "joins_above": 15, "joins_share": 0.5})
    for group in groups:
        group |= {"hours": [8, 18], "weekdays": [1, 2, 3, 4, 5], "breaks": [{"at": 11.5, "minutes": 30}]}
    return json.dumps({"seed": 1, "days": days, "streams": streams, "groups": groups})


def a_year(report: Report, days: int) -> None:
    spent = {}
    for length in (1, 7, days):
        begun = time.perf_counter()
        result = run(parse(copenhagen(length)), processes=1)
        spent[length] = time.perf_counter() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        report.add(f"{length} days of Copenhagen", f"{spent[length]:.1f} s", met=None)
        report.add(f"  contacts, and memory at most by then, {length} days", f"{result.contacts:,}; {memory:.0f} MB")
    report.at_most("a year, 2.5 million contacts", spent[days] / days * 365 / 60, 5, " min", digits=2)
    report.at_most(
        "seconds a day of a year over those of a week", spent[days] / days / (spent[7] / 7), 1.5, "x", digits=2
    )


def invented(seed: int, days: int = 420) -> Counts:
    """A series with known parts: weekday, profile, holidays, first bank days, drifting level, shifts, noise."""
    chance = np.random.default_rng(seed)
    hours = np.arange(16, 36)
    shape = np.exp(-(((hours - 21) / 4.5) ** 2)) + 0.7 * np.exp(-(((hours - 27) / 4) ** 2)) + 0.08
    profiles = [shape * np.exp(0.15 * chance.normal(size=20)) for _ in range(5)]
    values, level, shift, first = np.full((days, 48), np.nan), 0.0, 0.0, date(2024, 9, 2)
    for number in range(days):
        day = first + timedelta(days=number)
        level = (0.3, 0.6, 0.8)[seed % 3] * level + 0.09 * chance.normal()
        shift += chance.choice([-0.2, 0.18]) if number in (150, 290) else 0.0
        if day.weekday() > 4 or calendar_facts.is_holiday(day):
            continue
        facts = calendar_facts.facts_of(day)
        total = 2500 * (1.25, 1.05, 1.0, 1.08, 0.8)[day.weekday()]
        mean = total * np.exp(level + shift + 0.25 * facts[1] + 0.15 * facts[4] + 0.0003 * number)
        profile = profiles[day.weekday()] * np.exp(0.05 * chance.normal(size=20))
        values[number, hours] = chance.poisson(mean * profile / profile.sum())
    return Counts(first, 30, values)


def forecasts(report: Report, series: int) -> None:
    ratios, days, covered, spent, others = [], [], [], [], []
    for seed in range(series):
        begun = time.perf_counter()
        forecaster = Forecaster(invented(seed))
        proof = forecaster.backtest(60)
        spent.append(time.perf_counter() - begun)
        ratios.append(proof.wape / proof.naive_wape)
        days.append(proof.day_wape / proof.naive_day_wape)
        covered.append(proof.coverage80)
        report.add(f"series {seed}: WAPE, four-week mean", f"{proof.wape:.1%}, {proof.naive_wape:.1%}")
        if beside.is_installed():
            others.append(beside_statsforecast(report, seed, forecaster, proof.wape))
    report.at_most("WAPE over that of the mean of four same weekdays", median(ratios), 0.95, "x", digits=2)
    report.add("the same by day", f"{median(days):.2f}x")
    best = f"{median(others):.2f}x" if others else "not installed"
    report.add("WAPE over that of the better model of statsforecast", best)
    report.add("intervals in the 80 % band", f"{median(covered):.0%}")
    report.add("sixty days told, each from the days before it", f"{median(spent):.1f} s")


def beside_statsforecast(report: Report, seed: int, forecaster: Forecaster, wape: float) -> float:
    """The same days by models of statsforecast; ours over the better of them."""
    found = beside.backtest(forecaster, 60)
    names = ", ".join(one.model for one in found)
    report.add(f"series {seed}: statsforecast {names}", ", ".join(f"{one.wape:.1%}" for one in found))
    return wape / min(one.wape for one in found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--series", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=120)
    given = parser.parse_args()
    report = Report("planning")
    against_simpy(report)
    exactness(report)
    a_year(report, given.days)
    forecasts(report, given.series)
    rosters(report, given.seconds)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
