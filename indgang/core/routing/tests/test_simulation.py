"""The simulation makes the production policy's choices, and agrees with the exact figures of simple queues."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from indgang.core.routing import policy
from indgang.core.routing.facts import Agent, Item, Relief, Settings
from indgang.core.routing.simulation import Simulation
from indgang.core.routing.simulation_floor import Waiting, Worker
from indgang.core.routing.simulation_values import Crew, Draw, Stream

START = datetime(2026, 1, 5, tzinfo=UTC)
SETTINGS = Settings(capacity={"written": 2})


def make_stream(name="calls", *, group="moving", medium="phone", rate=60.0, handling=240.0, patience=180.0, **given):
    like = Item(
        UUID(int=1), group, given.pop("level", 1), "da", medium, medium in ("mail", "webform"), START, START, START
    )
    like = replace(like, unit=given.pop("unit", None))
    mean_patience = None if patience is None else Draw("exponential", patience)
    facts = {"wrap_up": 0.0, "within": 20.0, "due": 25.0, **given}
    hours = tuple(rate if 8 <= hour < 16 else 0.0 for hour in range(24))
    return Stream(name, like, hours, Draw("exponential", handling), mean_patience, **facts)


def make_crew(name="centre", count=5, *, skills=None, level=3, hours=(8.0, 16.0), **given):
    known = {group: (proficiency, level) for group, proficiency in (skills or {"moving": 3}).items()}
    agent = Agent(1, given.pop("unit", None), frozenset({"da"}), known, False, START, "available", **given)
    return Crew(name, count, agent, hours)


def _item(waiting: Waiting) -> Item:
    at = START + timedelta(seconds=waiting.arrived)
    due = START + timedelta(seconds=waiting.due)
    return replace(waiting.line.stream.like, id=UUID(int=waiting.number), waiting_since=at, due_at=due, not_before=at)


def _agent(worker: Worker) -> Agent:
    in_hand = bool(worker.bound or worker.chats or worker.written)
    load = {"chat": worker.chats, "mail": len(worker.written)}
    return replace(
        worker.crew.crew.like,
        id=worker.id,
        idle_since=START + timedelta(seconds=worker.idle_since),
        mode="wrap_up" if worker.wrapping else "busy" if in_hand else "available",
        load={medium: number for medium, number in load.items() if number},
        bound=worker.bound,
        relieving=worker.helping > 0,
    )


def compare(simulation: Simulation, now: float) -> Callable[[list[tuple[Waiting, Worker]]], None]:
    """Ask the policy about the whole floor before a pass; afterwards hold the pass against its answer."""
    floor = simulation.floor
    items = [_item(w) for line in floor.lines for w in line.queue if not w.gone]
    agents = [_agent(w) for kind in floor.kinds for w in kind.workers if w.on_duty]
    wanted = policy.choose(items, agents, START + timedelta(seconds=now), floor.settings)

    def hold(given: list[tuple[Waiting, Worker]]) -> None:
        simulation.compared = getattr(simulation, "compared", 0) + len(given)  # type: ignore[attr-defined]
        assert [(w.number, worker.id) for w, worker in given] == [(c.item.int, c.agent) for c in wanted]

    return hold


MIXED = [
    make_stream(rate=30),
    make_stream("tax", group="tax", rate=14, level=2, wrap_up=40.0),
    make_stream("chats", medium="chat", rate=10, handling=500, patience=300, due=90.0),
    make_stream("mails", medium="mail", rate=25, handling=400, patience=None, due=7200.0, within=3600.0),
    make_stream("counter", medium="counter", rate=8, unit=7, due=600.0, within=600.0, patience=1500),
    make_stream("call backs", rate=12, call_back_after=60.0, call_back_share=0.5),
]
CAPACITY = {"written": 2, "chat": 2}
CREWS = [
    make_crew("experts", 3, skills={"moving": 5, "tax": 5}, capacity=CAPACITY),
    make_crew("learners", 3, skills={"moving": 2}, level=1, capacity=CAPACITY, hours=(9.0, 15.5)),
    make_crew("tax", 2, skills={"tax": 3}, capacity=CAPACITY),
    make_crew(
        "valby", 4, skills={"moving": 4, "tax": 1}, unit=7, capacity=CAPACITY, relief=Relief("valby", 4, 45, 300, 0.5)
    ),
]


@pytest.mark.parametrize("seed", range(4))
def test_every_choice_of_a_mixed_day_is_the_policys(seed: int):
    crews = [*CREWS[:1], replace(CREWS[1], breaks=((11.5, 30.0),)), *CREWS[2:]]
    simulation = Simulation(MIXED, crews, seed=seed, settings=SETTINGS, watch=compare)
    result = simulation.run()
    assert simulation.compared > 500  # type: ignore[attr-defined]
    assert sum(s.answered for s in result.streams) > 500


def test_a_long_run_agrees_with_the_exact_queue():
    stream = replace(make_stream(), arrivals_per_hour=(500.0,) * 24)
    runs = [Simulation([stream], [make_crew(count=36, hours=(0.0, 24.0))], seed=s, days=5).run() for s in range(6)]
    gave_up = [s.abandoned / s.arrived for run in runs for s in run.streams]
    mean = sum(gave_up) / len(gave_up)
    assert mean == pytest.approx(0.040825, abs=0.0015)  # Erlang A; six runs of 60,000 calls


def test_what_nobody_can_take_is_named():
    result = Simulation([make_stream("lost", group="passports")], [make_crew()], days=1).run()
    assert (result.streams[0].never, result.streams[0].answered) == ("competence", 0)


def test_the_same_seed_tells_the_same_day():
    one, two = (Simulation(MIXED, CREWS, seed=5, settings=SETTINGS).run() for _ in range(2))
    assert (one.streams, one.crews) == (two.streams, two.crews)


def test_one_contact_can_be_followed():
    result = Simulation([make_stream()], [make_crew()], follow=3).run()
    assert [line.what for line in result.trace] == ["arrived", "answered by centre", "ended"]


def test_every_inquiry_is_somewhere():
    for stream in Simulation(MIXED, CREWS, seed=9, settings=SETTINGS, days=2).run().streams:
        assert stream.arrived == stream.answered + stream.abandoned + stream.left_waiting
