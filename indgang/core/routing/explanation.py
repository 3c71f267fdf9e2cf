"""Facts of a choice as compact JSON, and back; what is left at its default is not written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from indgang.core.routing.facts import Agent, Item, Relief, Settings

_NOT_OF_THE_CHOICE = frozenset({"offer_by_medium", "capacity", "offer_seconds"})  # decide nothing in the policy
_RELIEF = ("code", "threshold", "live_after", "written_after", "share")
_last: list[tuple[Settings, dict[str, Any]]] = [(Settings(), {})]  # figures, and what of them is written


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
    full: frozenset[int]  # units whose relief staff help as many as may


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
        "settings": _own_figures(settings),
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
    optional = ("task", "unit", "employee", "preferred", "priority", "owner")
    facts |= {name: getattr(item, name) for name in optional if getattr(item, name)}
    people = ("excluded", "substitutes")
    return facts | {name: sorted(getattr(item, name)) for name in people if getattr(item, name)}


def _own_figures(settings: Settings) -> dict[str, Any]:
    """What the municipality has set otherwise; the same figures hold for choice after choice."""
    figures, written = _last[0]  # as one: threads share it
    if figures is not settings:
        written = _changed(asdict(settings), asdict(Settings()))
        _last[0] = (settings, written)
    return dict(written)


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
        full=frozenset(explanation.get("full", ())),
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
        "tasks": _only(item.task, agent.tasks),
        "known": _only(item.group, agent.known) if item.task in agent.tasks else {},
        "bound": agent.bound,
        "relieving": agent.relieving,
        "relief": {name: getattr(agent.relief, name) for name in _RELIEF} if agent.relief else {},
        "point": agent.point.code if agent.point else "",
        "employer": agent.employer if item.owner is not None else "",
    }
    return facts | {name: value for name, value in rest.items() if value}


def _only(name: str, levels: Mapping[str, int]) -> dict[str, int]:
    return {name: levels[name]} if name in levels else {}


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
        known=facts.get("known", {}),
        bound=facts.get("bound", False),
        relieving=facts.get("relieving", False),
        relief=Relief(**facts["relief"]) if "relief" in facts else None,
        employer=facts.get("employer", ""),
    )


def _item(facts: Mapping[str, Any]) -> Item:
    times: dict[str, Any] = {
        name: datetime.fromisoformat(facts[name]) for name in ("waiting_since", "due_at", "not_before")
    }
    people: dict[str, Any] = {name: frozenset(facts.get(name, ())) for name in ("excluded", "substitutes")}
    others: dict[str, Any] = {k: v for k, v in facts.items() if k not in {"id", *people, *times}}
    return Item(id=UUID(facts["id"]), **people, **others, **times)


def _settings(facts: Mapping[str, Any]) -> Settings:
    known = {f.name for f in fields(Settings)}
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items() if k in known}
    return Settings(**values)


def _changed(values: Mapping[str, object], defaults: Mapping[str, object]) -> dict[str, object]:
    changed = {k: v for k, v in values.items() if v != defaults[k] and k not in _NOT_OF_THE_CHOICE}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in changed.items()}
