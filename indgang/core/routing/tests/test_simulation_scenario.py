import json
from pathlib import Path

import pytest

from indgang.core.routing.simulation_errors import ScenarioFaulty, ScenarioLacks, ScenarioNotJson, ScenarioTooLarge
from indgang.core.routing.simulation_scenario import facts, parse, run

STREAM = {
    "name": "calls",
    "medium": "phone",
    "competence": "moving",
    "level": 1,
    "arrivals_per_hour": 500,
    "handling": {"dist": "exponential", "mean": 240},
    "patience": {"dist": "exponential", "mean": 180},
    "wrap_up": 0,
    "target": 20,
}
GROUP = {"name": "centre", "count": 36, "skills": {"moving": 3}, "level": 2, "media": ["phone"], "hours": [0, 24]}
EXACT = {"p_wait": 0.323189, "abandoned": 0.040825, "mean_wait": 7.3484, "service_level": 0.827391}  # Erlang A


def scenario(stream=None, group=None, **given) -> str:
    return json.dumps({"streams": [STREAM | (stream or {})], "groups": [GROUP | (group or {})], **given})


def test_a_long_run_agrees_with_erlang_a_within_its_confidence_interval():
    result = run(parse(scenario(seed=11, days=2, replications=20)), processes=1)
    told = facts(result)["streams"]["calls"]
    measured = told | {"abandoned": told["abandoned"] / told["arrived"]}
    width = told["half_width_95"] | {"abandoned": told["half_width_95"]["abandoned"] / told["arrived"]}
    for figure, exact in EXACT.items():
        assert abs(measured[figure] - exact) < 2 * width[figure], figure


def test_replications_in_several_processes_tell_the_same():
    text = scenario(days=1, replications=2, seed=4)
    apart, together = run(parse(text), processes=2), run(parse(text), processes=1)
    assert (apart.streams, apart.crews) == (together.streams, together.crews)


@pytest.mark.parametrize(
    ("stream", "group", "where"),
    [
        ({"medium": "fax"}, {}, "streams[0].medium"),
        ({"arrivals_per_hour": [1, 2, 3]}, {}, "streams[0].arrivals_per_hour"),
        ({"arrivals_per_hour": [-1] * 24}, {}, "streams[0].arrivals_per_hour[0]"),
        ({"handling": {"dist": "exponential", "mean": 0}}, {}, "streams[0].handling.mean"),
        ({"handling": {"dist": "normal", "mean": 3}}, {}, "streams[0].handling.dist"),
        ({"handling": "long"}, {}, "streams[0].handling"),
        ({"target": "soon"}, {}, "streams[0].target"),
        ({"level": "two"}, {}, "streams[0].level"),
        ({}, {"count": -1}, "groups[0].count"),
        ({}, {"skills": {"moving": 9}}, "groups[0].skills.moving"),
        ({}, {"hours": [16, 8]}, "groups[0].hours"),
    ],
)
def test_a_fault_is_named_by_its_place(stream, group, where):
    with pytest.raises(ScenarioFaulty) as refused:
        parse(scenario(stream, group))
    assert refused.value.field == where


def test_half_hours_add_up_to_the_whole_and_tell_their_uncertainty():
    rates = [0.0] * 16 + [300.0, 600.0] * 8 + [0.0] * 16
    few = {"count": 30, "hours": [8, 16]}
    told = facts(run(parse(scenario({"arrivals_per_hour": rates}, few, replications=5))))["streams"]["calls"]
    halves = told["by_half_hour"]
    assert [half["slot"] for half in halves] == list(range(16, 32))  # nobody comes outside the half-hours given
    settled = 5 * (told["answered"] + told["abandoned"])
    assert sum(half["count"] for half in halves) == pytest.approx(settled, abs=5)  # means are rounded
    quiet, busy = (sum(half["count"] for half in halves[first::2]) for first in (0, 1))
    assert busy == pytest.approx(2 * quiet, rel=0.1)
    assert sum(half["in_time"] for half in halves) / settled == pytest.approx(told["service_level"], abs=0.02)
    assert all(0 <= half["service_level"] <= 1 and 0 < half["half_width"] < 0.3 for half in halves[1:])


def test_who_still_waits_is_told_where_they_came():
    patient = {"patience": None, "arrivals_per_hour": [0] * 15 + [120] + [0] * 8}
    few = {"count": 2, "hours": [8, 15.75]}
    told = facts(run(parse(scenario(patient, few, replications=3))))["streams"]["calls"]
    assert [half["slot"] for half in told["by_half_hour"]] == [30, 31]
    assert told["by_half_hour"][1]["left_waiting"] > told["by_half_hour"][1]["count"]
    assert sum(half["left_waiting"] for half in told["by_half_hour"]) == pytest.approx(3 * told["left_waiting"], abs=2)


def test_the_first_contact_after_a_time_can_be_followed():
    text = scenario(seed=3, follow={"from": 36_000})
    trace = facts(run(parse(text)))["trace"]
    assert 36_000 <= trace[0]["at"] < 36_120 and trace[0]["what"] == "arrived"
    assert "trace" not in facts(run(parse(scenario(seed=3, follow={"from": 90_000}))))  # the day is over by then


def test_what_is_missing_is_named():
    with pytest.raises(ScenarioLacks) as refused:
        parse(scenario({"competence": None}))
    assert refused.value.field == "streams[0].competence"


def test_what_is_no_json_is_named_by_line():
    with pytest.raises(ScenarioNotJson) as refused:
        parse('{"streams": [\n}')
    assert refused.value.facts["line"] == 2


def test_arrivals_beyond_any_capacity_are_refused():
    with pytest.raises(ScenarioTooLarge):
        parse(scenario({"arrivals_per_hour": 1e9}))


def test_zero_patience_and_nobody_at_work_end_with_everybody_gone():
    gone = {"patience": {"dist": "constant", "mean": 0}, "arrivals_per_hour": 30}
    told = facts(run(parse(scenario(gone, {"count": 0}))))["streams"]["calls"]
    assert (told["answered"], told["abandoned"], told["never"]) == (0, told["arrived"], "nobody")


def test_an_overflow_group_joins_only_after_its_time():
    late = {"name": "centres", "count": 10, "skills": {"moving": 2}, "joins_after": 60, "level": 3}
    text = json.dumps(
        {"streams": [STREAM | {"arrivals_per_hour": 120}], "groups": [GROUP | {"count": 8}, GROUP | late]}
    )
    told = facts(run(parse(text)))["groups"]
    assert 0 < told["centres"]["answered"] < told["centre"]["answered"]


def test_a_cancelled_run_stops():
    class Cancelled(Exception):
        pass

    def cancel(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run(parse(scenario(days=3)), progress=cancel)


def test_the_example_of_the_docs_runs():
    text = Path("docs/algorithms/simulation.md").read_text(encoding="utf-8")
    example = text.split("```json\n")[1].split("```")[0]
    assert run(parse(example)).contacts > 0
