"""With every competence and every right, centre staff settle exactly what the plan's lists say, task by task."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indgang.foundation.access import policy
from indgang.foundation.access.values import Actor, Right, TaskNeed

ROOT = Path(__file__).resolve().parents[3]
AT = datetime(2026, 3, 3, 10, tzinfo=UTC)


def tasks() -> list[dict[str, str]]:
    with (ROOT / "profiles" / "copenhagen" / "tasks.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reached(task: dict[str, str], *, employer: str = "BORGERSERVICE", dispensation: bool = True) -> int:
    """The highest level somebody with every right and competence may settle the task at."""
    group = task["group"]
    actor = Actor(1, 1, 1, employer, frozenset({"agent"}), (Right(3, group=group),), {group: 3})
    scope = policy.scope(actor, AT, dispensation)
    needs = [
        TaskNeed(
            task["code"],
            group,
            task["administration"],
            level,
            level == 3 or (level == 2 and task["decision"] == "1"),
            ceiling=int(task["level"]),
        )
        for level in policy.LEVELS
    ]
    return policy.highest_levels(scope, needs)[task["code"]]


@pytest.mark.req("law.l2")
def test_exactly_the_34_tasks_of_the_rule_list_are_decided_in_the_centres() -> None:
    decided = {task["code"] for task in tasks() if reached(task) == 2}
    assert decided == {task["code"] for task in tasks() if task["in_rule_list"] == "1"} and len(decided) == 34


@pytest.mark.req("law.l3")
def test_the_81_tasks_that_are_not_placed_are_only_informed_about_in_the_centres() -> None:
    kept = [task for task in tasks() if task["in_not_placed_list"] == "1"]
    assert len(kept) == 81 and {reached(task) for task in kept} == {1}
    assert {reached(task, employer=task["administration"]) for task in kept} == {3}


@pytest.mark.req("law.disp.today")
def test_without_the_dispensation_the_centres_expedite_and_decide_nothing_of_others() -> None:
    decisions = [task for task in tasks() if task["in_rule_list"] == "1" and task["decision"] == "1"]
    expeditions = [task for task in tasks() if task["in_rule_list"] == "1" and task["decision"] == "0"]
    assert {reached(task, dispensation=False) for task in decisions} == {1}
    assert {reached(task, dispensation=False) for task in expeditions} == {2}


@pytest.mark.req("law.tax.noauth")
def test_of_tax_the_centres_guide_and_expedite_and_only_the_tax_administration_decides() -> None:
    [tax] = [task for task in tasks() if task["code"] == "T-112"]
    assert (reached(tax), tax["decision"]) == (2, "0")
    assert reached(tax | {"decision": "1"}, dispensation=False) == 1
    assert reached(tax, employer=tax["administration"]) == 3
