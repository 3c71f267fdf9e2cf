"""The facts of this moment as the policy takes them, read from the database without ranking anything."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import AgentFacts
from indgang.core.routing.deciding import on_both_sides, with_owner
from indgang.core.routing.facts import CHAT, OPEN, PRESENT, Agent, Item
from indgang.core.routing.keeping import Kept
from indgang.core.routing.models import AgentState, WorkItem
from indgang.core.routing.points import points
from indgang.core.routing.rules import figures
from indgang.core.routing.settings_rows import reliefs
from indgang.core.routing.values import IN_HAND, ItemState

ITEM = (
    "id",
    "group",
    "level",
    "language",
    "medium",
    "interruptible",
    "waiting_since",
    "due_at",
    "not_before",
    "task",
    "unit_id",
    "employee_id",
    "preferred_id",
    "excluded",
    "resting",
    "priority",
    "version",
)


_KEPT_ITEMS = 1000
Hands = dict[tuple[str, bool, bool], int]  # medium, may be interrupted, of the contact centre -> how many


@dataclass
class Pool:
    """Agents on duty and items that wait, with the versions the facts were read at."""

    agents: list[Agent] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    agent_versions: dict[int, int] = field(default_factory=dict)
    item_versions: dict[UUID, int] = field(default_factory=dict)

    @property
    def media(self) -> dict[UUID, str]:
        """The medium of each item."""
        return {item.id: item.medium for item in self.items}


class Memory:
    """What the dispatcher keeps between passes: items as long as their version stands, and for a moment the
    competences and rights of employees, which change seldom."""

    def __init__(self, keep_seconds: float = 0.0) -> None:
        self._keep = timedelta(seconds=keep_seconds)
        self._read_at: datetime | None = None
        self._facts: dict[int, AgentFacts] = {}
        self._items: dict[UUID, tuple[int, Item]] = {}
        self._resting: set[UUID] = set()  # excluded for somebody for a while: read again each time

    def staff(self, ids: Iterable[int], at: datetime) -> dict[int, AgentFacts]:
        """The facts of these employees; those who left the house are missing."""
        wanted = set(ids)
        fresh = self._read_at is not None and timedelta(0) <= at - self._read_at < self._keep
        if not fresh or not wanted <= self._facts.keys():
            self._facts = {one.employee: one for one in organisation.agent_facts(wanted, at)}
            self._read_at = at
        return self._facts

    def items(self, wanted: Q, at: datetime) -> list[tuple[int, Item]]:
        """The waiting items asked for, with their versions; only those that are new or changed are read in full."""
        rows = WorkItem.objects.filter(wanted, state=ItemState.WAITING)
        standing = list(rows.values_list("id", "version"))
        if len(self._items) > 2 * len(standing) + _KEPT_ITEMS:
            self._items.clear()
        known = self._items
        changed = [key for key, version in standing if key not in known or known[key][0] != version]
        changed += self._resting & known.keys()
        if changed:
            news = list(WorkItem.objects.filter(id__in=changed, state=ItemState.WAITING).values(*ITEM))
            known |= {row["id"]: (row["version"], item_facts(row, at)) for row in news}
            self._resting = {row["id"] for row in news if row["resting"]}
        return [known[key] for key, _ in standing if key in known]


def read(at: datetime, memory: Memory) -> Pool:
    """Everything one pass chooses from; items only where somebody open to offers could take them."""
    states = list(AgentState.objects.filter(mode__in=PRESENT))
    ready = {s.pk for s in states if s.mode in OPEN}
    if not ready:
        return Pool()
    pool = Pool(agents=_agents(states, memory, at), agent_versions={s.pk: s.version for s in states})
    asked = [a for a in pool.agents if a.id in ready]
    instead = _instead({s.pk for s in states}, at)
    wanted = _for({g for a in asked for g in a.competences}, ready, instead)
    if all(_hands_full(a) for a in asked):
        wanted &= Q(interruptible=False)
    _add_items(pool, wanted, memory, at, instead)
    return pool


def read_for(employee_id: int, at: datetime) -> Pool:
    """The same for one agent who asks by hand, on duty or not."""
    pool, instead = _one(employee_id, at)
    for agent in pool.agents:
        _add_items(pool, _for(agent.competences, [employee_id], instead), Memory(), at, instead)
    return pool


def everybody(at: datetime) -> list[Agent]:
    """All employees in force, as if present: who could ever be asked."""
    return [agent_of(facts, None, {}, at) for facts in organisation.agent_facts(None, at)]


def stands_in_for(employee_id: int, at: datetime) -> dict[int, frozenset[int]]:
    """The absent people this one stands in for, each with everybody who does."""
    instead = {one: people for one, people in _instead((), at).items() if employee_id in people}
    if instead:
        here = set(AgentState.objects.filter(mode__in=PRESENT, pk__in=instead).values_list("pk", flat=True))
        instead = {one: people for one, people in instead.items() if one not in here}
    return instead


def item_facts(row: dict[str, Any], at: datetime) -> Item:
    """A row of `ITEM` columns as the policy takes it."""
    resting = {int(who) for who, until in row["resting"].items() if datetime.fromisoformat(until) > at}
    return Item(
        id=row["id"],
        group=row["group"],
        level=row["level"],
        language=row["language"],
        medium=row["medium"],
        interruptible=row["interruptible"],
        waiting_since=row["waiting_since"],
        due_at=row["due_at"],
        not_before=row["not_before"],
        task=row["task"],
        unit=row["unit_id"],
        employee=row["employee_id"],
        preferred=row["preferred_id"],
        excluded=frozenset(row["excluded"]) | resting,
        priority=row["priority"],
    )


def waiting(wanted: Q, groups: Collection[str] | None, at: datetime) -> list[Item]:
    """Such items that wait (in these groups); what only rests for somebody counts as if it did not."""
    rows = WorkItem.objects.filter(wanted, state=ItemState.WAITING)
    if groups is not None:
        rows = rows.filter(group__in=list(groups))
    return with_owner((item_facts({**row, "resting": {}}, at) for row in rows.values(*ITEM)), at)


def _hands_full(agent: Agent) -> bool:
    """Whether no written work can fit, of whatever medium."""
    return sum(agent.load.values()) >= max(agent.capacity.values(), default=1)


def _for(groups: Iterable[str], employees: Iterable[int], instead: Mapping[int, frozenset[int]]) -> Q:
    """Items these people could get: by competence, by name, known to them, or as substitutes of who is named."""
    people = set(employees)
    named = [*people, *(one for one, substitutes in instead.items() if not people.isdisjoint(substitutes))]
    return Q(group__in=list(groups)) | Q(employee__in=named) | Q(preferred__in=list(people))


def _one(employee_id: int, at: datetime) -> tuple[Pool, dict[int, frozenset[int]]]:
    """One agent, and the absent people they stand in for."""
    state = AgentState.objects.filter(pk=employee_id).first()
    if state is None:
        state = AgentState(employee_id=employee_id, since=at, idle_since=at, seen_at=at)
    pool = Pool(agents=_agents([state], Memory(), at), agent_versions={employee_id: state.version})
    return pool, stands_in_for(employee_id, at)


def _instead(present: Collection[int], at: datetime) -> dict[int, frozenset[int]]:
    """Who stands in for those that are not present."""
    return {one: people for one, people in _STANDING_IN.at(at).items() if one not in present}


def _add_items(pool: Pool, wanted: Q, memory: Memory, at: datetime, instead: Mapping[int, frozenset[int]]) -> None:
    found = memory.items(wanted & Q(not_before__lte=at), at)
    owned = with_owner((item for _, item in found), at)
    for (version, _), item in zip(found, owned, strict=True):
        substitutes = instead.get(item.employee or 0)
        pool.items.append(replace(item, substitutes=substitutes) if substitutes else item)
        pool.item_versions[item.id] = version


def _agents(states: list[AgentState], memory: Memory, at: datetime) -> list[Agent]:
    ids = [s.pk for s in states]
    facts = memory.staff(ids, at)
    hands: dict[int, Hands] = {}
    held = WorkItem.objects.filter(agent__in=ids, state__in=IN_HAND)
    kinds = held.values_list("agent_id", "medium", "interruptible", "unit_id").order_by()
    for agent, medium, interruptible, unit, number in kinds.annotate(number=Count("id")):
        mine, kind = hands.setdefault(agent, {}), (medium, interruptible, unit is None)
        mine[kind] = mine.get(kind, 0) + number  # of several units
    return [agent_of(facts[s.pk], s, hands.get(s.pk, {}), at) for s in states if s.pk in facts]


def agent_of(facts: AgentFacts, state: AgentState | None, hands: Hands, at: datetime) -> Agent:
    """An employee with these facts, this state and these things in hand, as the policy takes them."""
    load: dict[str, int] = {}
    for (medium, _, _), number in hands.items():
        load[medium] = load.get(medium, 0) + number
    own = state.capacity if state else {}
    usual = figures(at).capacity
    point = state.service_point_id if state else None
    apart = on_both_sides(facts.roles, at)
    return Agent(
        id=facts.employee,
        unit=facts.unit,
        languages=frozenset(facts.languages),
        competences={} if apart else facts.competences,
        overflow=facts.overflow,
        idle_since=state.idle_since if state else at,
        mode=state.mode if state else "available",
        load=load,
        capacity={**usual, **own} if usual else own,
        tasks={} if apart else facts.tasks,
        known=facts.known,
        bound=any(not interruptible and medium != CHAT for medium, interruptible, _ in hands),
        relief=reliefs(at).get(facts.unit),
        relieving=any(general for *_, general in hands),
        point=points(at).get(point) if point else None,
        employer=facts.employer,
    )


_STANDING_IN = Kept(organisation.standing_in)
