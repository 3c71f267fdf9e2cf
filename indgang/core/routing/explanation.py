"""Facts of a choice as compact JSON, and back; what is left at its default is not written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from indgang.core.routing.facts import Agent, Item, Settings


@dataclass(frozen=True)
class Facts:
    """What one choice was made from."""

    item: Item
    agents: list[Agent]
    rivals: list[Item]
    step: str
    queued: int
    at: datetime
    settings: Settings


def pack(
    item: Item, agents: Sequence[Agent], step: str, queued: int, at: datetime, settings: Settings
) -> dict[str, object]:
    """The facts of a choice, ready to be stored."""
    return {
        "at": at.isoformat(),
        "step": step,
        "queued": queued,
        "item": pack_item(item),
        "agents": [_pack_agent(item, a) for a in agents],
        "settings": _changed(asdict(settings), asdict(Settings())),
    }


def pack_item(item: Item) -> dict[str, object]:
    """An item with what it needs."""
    facts: dict[str, object] = {
        "id": str(item.id),
        "group": item.group,
        "level": item.level,
        "language": item.language,
        "medium": item.medium,
        "interruptible": item.interruptible,
        "waiting_since": item.waiting_since.isoformat(),
        "due_at": item.due_at.isoformat(),
        "not_before": item.not_before.isoformat(),
    }
    optional = ("task", "unit", "employee", "preferred", "priority")
    facts |= {name: getattr(item, name) for name in optional if getattr(item, name)}
    return facts | ({"excluded": sorted(item.excluded)} if item.excluded else {})


def unpack(explanation: Mapping[str, Any]) -> Facts:
    """The facts again, as the policy takes them."""
    item = _item(explanation["item"])
    return Facts(
        item=item,
        agents=[_agent(item, a) for a in explanation["agents"]],
        rivals=[_item(i) for i in explanation.get("rivals", [])],
        step=explanation["step"],
        queued=explanation["queued"],
        at=datetime.fromisoformat(explanation["at"]),
        settings=_settings(explanation["settings"]),
    )


def _pack_agent(item: Item, agent: Agent) -> dict[str, object]:
    proficiency, level = agent.competences.get(item.group, (0, 0))
    facts: dict[str, object] = {
        "id": agent.id,
        "proficiency": proficiency,
        "level": level,
        "idle_since": agent.idle_since.isoformat(),
        "mode": agent.mode,
        "languages": sorted(agent.languages),
        "unit": agent.unit,
    }
    rest = {
        "overflow": agent.overflow,
        "load": dict(agent.load),
        "capacity": dict(agent.capacity),
        "tasks": {item.task: agent.tasks[item.task]} if item.task in agent.tasks else {},
        "bound": agent.bound,
    }
    return facts | {name: value for name, value in rest.items() if value}


def _agent(item: Item, facts: Mapping[str, Any]) -> Agent:
    competences = {item.group: (facts["proficiency"], facts["level"])} if facts["proficiency"] else {}
    return Agent(
        id=facts["id"],
        unit=facts["unit"],
        languages=frozenset(facts["languages"]),
        competences=competences,
        overflow=facts.get("overflow", False),
        idle_since=datetime.fromisoformat(facts["idle_since"]),
        mode=facts["mode"],
        load=facts.get("load", {}),
        capacity=facts.get("capacity", {}),
        tasks=facts.get("tasks", {}),
        bound=facts.get("bound", False),
    )


def _item(facts: Mapping[str, Any]) -> Item:
    times: dict[str, Any] = {
        name: datetime.fromisoformat(facts[name]) for name in ("waiting_since", "due_at", "not_before")
    }
    others: dict[str, Any] = {k: v for k, v in facts.items() if k not in {"id", "excluded", *times}}
    return Item(id=UUID(facts["id"]), excluded=frozenset(facts.get("excluded", ())), **others, **times)


def _settings(facts: Mapping[str, Any]) -> Settings:
    known = {f.name for f in fields(Settings)}
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items() if k in known}
    return Settings(**values)


def _changed(values: Mapping[str, object], defaults: Mapping[str, object]) -> dict[str, object]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items() if v != defaults[k]}
