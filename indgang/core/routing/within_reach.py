"""How many items one agent could take by hand now: the number beside "take next", in one statement."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import AgentFacts
from indgang.core.routing import policy
from indgang.core.routing.deciding import with_owner
from indgang.core.routing.facts import Agent, Item, Settings
from indgang.core.routing.models import AgentState
from indgang.core.routing.pool import ITEM, Hands, agent_of, item_facts, stands_in_for
from indgang.core.routing.rules import figures
from indgang.core.routing.values import AgentMode

WITHIN_REACH = (Path(__file__).parent / "sql" / "within_reach.sql").read_text()
_STATE = 4  # columns of the agent's state, then those of the line
_COLUMNS = ("what", "number", *ITEM[:-1])  # without the version


def number_for(employee_id: int, at: datetime) -> int:
    """How many items this employee could take by hand now."""
    known = organisation.agent_facts([employee_id], at)
    if not known:
        return 0
    holds, instead = figures(at), stands_in_for(employee_id, at)
    found = _read(known[0], [employee_id, *instead], holds, at)
    lines = [dict(zip(_COLUMNS, row[_STATE:], strict=True)) for row in found if row[_STATE]]
    agent = _agent(known[0], found[0][:_STATE], lines, at)
    waiting = [line for line in lines if line["what"] != "hand"]
    items = with_owner((_item(line, instead, at) for line in waiting), at)
    return sum(
        line["number"] for line, item in zip(waiting, items, strict=True) if policy.may_take(agent, item, at, holds)
    )


def _read(facts: AgentFacts, named: list[int], holds: Settings, at: datetime) -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {
        "agent": facts.employee,
        "groups": list(facts.competences),
        "named": named,
        "at": at,
        "written_since": at - timedelta(seconds=holds.written_grace),
        "live_since": at - timedelta(seconds=holds.live_grace),
    }
    with connection.cursor() as cursor:
        cursor.execute(WITHIN_REACH, asked)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _agent(facts: AgentFacts, told: tuple[Any, ...], lines: list[dict[str, Any]], at: datetime) -> Agent:
    mode, idle_since, capacity, point = told
    state = AgentState(
        employee_id=facts.employee,
        mode=mode or AgentMode.OFFLINE,
        idle_since=idle_since or at,
        capacity=json.loads(capacity) if capacity else {},
        service_point_id=point,
    )
    hands: Hands = {}
    for line in lines:
        if line["what"] == "hand":
            kind = line["medium"], line["interruptible"], line["unit_id"] is None
            hands[kind] = hands.get(kind, 0) + line["number"]
    return agent_of(facts, state, hands, at)


def _item(line: dict[str, Any], instead: dict[int, frozenset[int]], at: datetime) -> Item:
    item = item_facts({**line, "resting": json.loads(line["resting"])}, at)
    substitutes = instead.get(item.employee or 0)
    return replace(item, substitutes=substitutes) if substitutes else item
