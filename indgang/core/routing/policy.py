"""Who is offered what: pure, without Django, clock or database. In prose: docs/algorithms/routing.md."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from indgang.core.routing.explanation import pack, pack_item, unpack
from indgang.core.routing.facts import CHAT, OPEN, PRESENT, Agent, Choice, Item, Point, Relief, Settings

__all__ = [
    "Agent",
    "Choice",
    "Item",
    "Point",
    "Relief",
    "Settings",
    "able",
    "allowed",
    "back_off",
    "choose",
    "fits",
    "hindrance",
    "is_free",
    "knows",
    "lower_from",
    "may_take",
    "next_for",
    "reach",
    "relieves",
    "relieves_from",
    "replay",
    "serves",
    "urgency",
]

_NOTHING = timedelta(0)
HIGHEST = 3  # level
WRITTEN = "written"  # a capacity for all written media
_RIVALS = 3  # further items kept in an explanation
_LOOK_AHEAD = 60  # of the queue, to find them


def hindrance(item: Item, agent: Agent) -> str:
    """Why this agent can never be asked about this item; empty when able. Presence and load do not count here."""
    if item.owner is not None and agent.employer != item.owner:
        return "owner"
    if item.employee is not None:
        return "" if agent.id == item.employee or agent.id in item.substitutes else "named"
    if agent.id in item.excluded:
        return "excluded"
    if item.unit is not None and agent.unit != item.unit:
        return "unit"
    if item.group not in agent.competences:
        return "competence"
    if reach(item, agent) < item.level:
        return "level"
    if item.language not in agent.languages:
        return "language"
    return _misplaced(item, agent)


def serves(item: Item, agent: Agent) -> bool:
    """Whether such work comes to where the agent serves now, and is of the kind the agent's unit helps with."""
    return not _misplaced(item, agent)


def fits(item: Item, agent: Agent, written_most: int | None = None) -> bool:
    """Whether the item fits beside what the agent has in hand; `written_most` replaces the agent's written capacity."""
    if agent.bound:
        return False
    chats = agent.load.get(CHAT, 0)
    if item.medium == CHAT:
        return chats < agent.capacity.get(CHAT, 1)
    if chats:
        return False
    if not item.interruptible:
        return True
    most = _written_most(item, agent) if written_most is None else written_most
    return sum(agent.load.values()) < most


def back_off(failed: int, settings: Settings) -> timedelta:
    """How long an item rests after its n-th failed offer."""
    return timedelta(seconds=min(settings.back_off * 2 ** min(failed - 1, 20), settings.back_off_most))


def reach(item: Item, agent: Agent) -> int:
    """The highest level at which the agent may settle this item: by its group, or by its task alone."""
    alone = min(agent.tasks.get(item.task, 0), agent.known.get(item.group, HIGHEST)) if item.task else 0
    return max(agent.competences.get(item.group, (0, 0))[1], alone)


def knows(item: Item, agent: Agent) -> bool:
    """Whether the agent knows the conversation or the citizen, and can be asked first: in a language both speak, where
    the law lets the agent settle it at all."""
    if item.preferred != agent.id or agent.id in item.excluded:
        return False
    return item.language in agent.languages and item.owner in {None, agent.employer}


def able(item: Item, agent: Agent) -> bool:
    """Whether this agent can ever be asked about this item."""
    return not hindrance(item, agent)


def is_free(item: Item, agent: Agent) -> bool:
    """Whether the agent is open to an offer of this item now."""
    return agent.mode in OPEN and fits(item, agent)


def urgency(item: Item, settings: Settings) -> tuple[datetime, datetime, UUID]:
    """The place of an item on the one scale of deadlines, smallest first."""
    ahead = timedelta(seconds=item.priority * settings.priority_seconds) if item.priority else _NOTHING
    return (item.due_at - ahead, item.waiting_since, item.id)


def choose(items: Iterable[Item], agents: Iterable[Agent], at: datetime, settings: Settings) -> list[Choice]:
    """One pass: every item, most urgent first, takes the best free agent its steps allow."""
    ready = _by_urgency((i for i in items if i.not_before <= at), settings)
    floor = _Floor(agents)
    queued = Counter(item.group for item in ready)
    choices: list[Choice] = []
    for place, item in enumerate(ready):
        if not floor.open:
            break
        present = floor.asked(item)
        full = floor.full(settings)
        step, candidates = allowed(item, present, queued[item.group], at, settings, full)
        if not candidates:
            continue
        agent = _best(item, candidates)
        why = pack(item, present, step, queued[item.group], at, settings)
        why |= {"full": sorted(full)} if full else {}
        why["out"] = floor.left_out(item)
        why["passed"] = place - len(choices)
        why["rivals"] = [pack_item(i) for i in _rivals(agent, ready[place + 1 : place + 1 + _LOOK_AHEAD])]
        choices.append(Choice(item.id, agent.id, {**why, "chosen": agent.id}))
        floor.reserve(agent, item)
    return choices


def next_for(agent: Agent, items: Iterable[Item], at: datetime, settings: Settings) -> Choice | None:
    """The item this agent gets when asking for the next one by hand."""
    ready = _by_urgency((i for i in items if may_take(agent, i, at, settings)), settings)
    if not ready:
        return None
    why = pack(ready[0], [agent], "asked", 0, at, settings)
    why["rivals"] = [pack_item(i) for i in ready[1 : 1 + _RIVALS]]
    return Choice(ready[0].id, agent.id, {**why, "chosen": agent.id})


def may_take(agent: Agent, item: Item, at: datetime, settings: Settings) -> bool:
    """Whether a person who asks by hand may have this item now."""
    if item.not_before > at or not fits(item, agent, settings.most_in_hand):
        return False
    if item.employee is None and item.preferred is not None:
        if item.preferred == agent.id:
            return knows(item, agent)
        if _in_grace(item, at, settings):
            return False
    return able(item, agent)


def allowed(
    item: Item,
    present: Sequence[Agent],
    queued: int,
    at: datetime,
    settings: Settings,
    full: frozenset[int] = frozenset(),
) -> tuple[str, list[Agent]]:
    """The widest step open to the item, and the free agents in it. `full`: units whose relief staff help as many as
    may help at the same time."""
    if item.employee is not None:
        return _by_name(item, present)
    if item.preferred is not None and _in_grace(item, at, settings):
        known = [a for a in present if knows(item, a) and serves(item, a)]
        if known:
            return "preferred", _free(item, known)
    staff = [a for a in present if able(item, a)]
    own = [a for a in staff if not _relief(item, a)]
    waited = (at - item.waiting_since).total_seconds()
    called = [a for a in staff if _relief(item, a) and (not own or _is_called(item, a, waited, queued, settings))]
    if called or not own:
        return "overflow", _free(item, [*own, *(a for a in called if a.relieving or a.unit not in full)])
    if waited >= lower_from(item, settings):
        return "lower", _free(item, own)
    best = max(_proficiency(item, a) for a in own)
    return "best", _free(item, [a for a in own if _proficiency(item, a) == best])


def lower_from(item: Item, settings: Settings) -> float:
    """After how many seconds of waiting a lower proficiency will do."""
    return (settings.written_steps if item.interruptible else settings.live_steps)[0]


def relieves(item: Item, agent: Agent) -> bool:
    """Whether the agent would help out with this item, rather than be its ordinary staff."""
    return _relief(item, agent)


def relieves_from(item: Item, agent: Agent, settings: Settings) -> tuple[float, int]:
    """After how many seconds of waiting, or above how many waiting items, this relief agent is asked."""
    relief = agent.relief
    if relief is None:
        steps = settings.written_steps if item.interruptible else settings.live_steps
        return steps[1], settings.overflow_threshold
    return relief.written_after if item.interruptible else relief.live_after, relief.threshold


def replay(explanation: Mapping[str, object]) -> tuple[UUID, int] | None:
    """The choice the policy makes from the stored facts of one offer: (item, agent); None when it would make none."""
    facts = unpack(explanation)
    if facts.step == "asked":
        again = next_for(facts.agents[0], [facts.item, *facts.rivals], facts.at, facts.settings)
        return (again.item, again.agent) if again else None
    step, candidates = allowed(facts.item, facts.agents, facts.queued, facts.at, facts.settings, facts.full)
    if step != facts.step or not candidates:
        return None
    return _by_urgency([facts.item, *facts.rivals], facts.settings)[0].id, _best(facts.item, candidates).id


class _Floor:
    """The agents during one pass; remembers who is able for items with the same needs."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self._agents = {a.id: a for a in agents}
        self.open = {a.id for a in self._agents.values() if a.mode in OPEN}
        self._able: dict[tuple[object, ...], list[int]] = {}
        relief = [a for a in self._agents.values() if a.mode in PRESENT and a.unit is not None and _relieves(a)]
        self._relief_staff = Counter(a.unit for a in relief)
        self._relieving = Counter(a.unit for a in relief if a.relieving)
        self._shares = {a.unit: a.relief.share if a.relief else None for a in relief}

    def asked(self, item: Item) -> list[Agent]:
        """Present agents who are able or know the conversation; empty when none of them is open to offers."""
        key = (
            item.group,
            item.task,
            item.level,
            item.language,
            item.unit,
            item.employee,
            item.medium,
            item.substitutes,
            item.owner,
        )
        ids = self._able.get(key)
        if ids is None:
            anybody = replace(item, excluded=frozenset())
            ids = self._able[key] = [a.id for a in self._agents.values() if a.mode in PRESENT and able(anybody, a)]
        known = self._agents.get(item.preferred or 0) if item.employee is None else None
        if known and known.id not in ids and known.mode in PRESENT and knows(item, known) and serves(item, known):
            asked = [*ids, known.id]
        else:
            asked = ids
        if self.open.isdisjoint(asked):
            return []
        excluded = item.excluded if item.employee is None else frozenset()
        return [self._agents[i] for i in asked if i not in excluded]

    def left_out(self, item: Item) -> dict[str, int]:
        """How many agents cannot be asked, by reason."""
        reasons = (hindrance(item, a) or ("" if a.mode in PRESENT else "away") for a in self._agents.values())
        return dict(Counter(r for r in reasons if r))

    def full(self, settings: Settings) -> frozenset[int]:
        """The units of which as many relief staff help the contact centre as may at the same time."""
        if not self._relieving:
            return frozenset()
        return frozenset(
            unit
            for unit, number in self._relieving.items()
            if unit is not None and number >= self._most(unit, settings.overflow_share)
        )

    def reserve(self, agent: Agent, item: Item) -> None:
        """The agent got an offer in this pass."""
        self.open.discard(agent.id)
        if _relief(item, agent) and not agent.relieving:
            self._relieving[agent.unit] += 1
        self._agents[agent.id] = replace(agent, mode="reserved", relieving=agent.relieving or item.unit is None)

    def _most(self, unit: int, usual: float) -> int:
        share = self._shares.get(unit)
        return max(1, int((usual if share is None else share) * self._relief_staff[unit]))


def _misplaced(item: Item, agent: Agent) -> str:
    if agent.point is not None and not agent.point.takes(item.group, item.medium):
        return "point"
    relief = agent.relief if item.unit is None else None
    return "" if relief is None or relief.covers(item.group, item.medium) else "relief"


def _by_urgency(items: Iterable[Item], settings: Settings) -> list[Item]:
    return sorted(items, key=lambda item: urgency(item, settings))


def _free(item: Item, agents: Iterable[Agent]) -> list[Agent]:
    return [a for a in agents if is_free(item, a)]


def _best(item: Item, candidates: Iterable[Agent]) -> Agent:
    return min(candidates, key=lambda a: (-_proficiency(item, a), a.idle_since, a.id))


def _proficiency(item: Item, agent: Agent) -> int:
    return agent.competences.get(item.group, (0, 0))[0]


def _relief(item: Item, agent: Agent) -> bool:
    """Service-centre staff relieve the contact centre; for work of their own unit they are ordinary staff."""
    return item.unit is None and _relieves(agent)


def _relieves(agent: Agent) -> bool:
    return agent.overflow or agent.relief is not None


def _is_called(item: Item, agent: Agent, waited: float, queued: int, settings: Settings) -> bool:
    """Whether the queue is long enough, or the item has waited long enough, for this relief agent."""
    after, threshold = relieves_from(item, agent, settings)
    return waited >= after or queued > threshold


def _by_name(item: Item, present: Iterable[Agent]) -> tuple[str, list[Agent]]:
    """The named person; the substitutes while that person is away."""
    able_now = [a for a in present if able(item, a)]
    named = [a for a in able_now if a.id == item.employee]
    return ("named", _free(item, named)) if named else ("substitute", _free(item, able_now))


def _written_most(item: Item, agent: Agent) -> int:
    return agent.capacity.get(item.medium, agent.capacity.get(WRITTEN, 1))


def _in_grace(item: Item, at: datetime, settings: Settings) -> bool:
    grace = settings.written_grace if item.interruptible else settings.live_grace
    return (at - item.waiting_since).total_seconds() < grace


def _rivals(agent: Agent, later: Iterable[Item]) -> list[Item]:
    found = (i for i in later if able(i, agent) and fits(i, agent))
    return [i for _, i in zip(range(_RIVALS), found, strict=False)]
