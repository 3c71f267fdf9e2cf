"""The floor as its leaders see it now."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import AgentFacts, EmployeeCard
from indgang.core.routing import rights, stuck, targets
from indgang.core.routing.models import AgentState, WorkItem
from indgang.core.routing.points import pause_reasons, service_points
from indgang.core.routing.rows import item_row
from indgang.core.routing.values import (
    IN_HAND,
    AgentMode,
    ItemRow,
    ItemState,
    LiveAgent,
    LiveGroup,
    LiveView,
    PointRow,
    ReturnedRow,
)
from indgang.foundation.access.values import Viewer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_UNATTENDED = 100
ORDER = (
    AgentMode.AVAILABLE,
    AgentMode.RESERVED,
    AgentMode.BUSY,
    AgentMode.WRAP_UP,
    AgentMode.PAUSE,
    AgentMode.UNREACHABLE,
    AgentMode.OFFLINE,
)
_AWAY = (AgentMode.OFFLINE, AgentMode.UNREACHABLE)


def live(viewer: Viewer, at: datetime) -> LiveView:
    """Groups and people of the units somebody leads; all of them for who leads the house. Raises NotFound."""
    units = rights.led_units(viewer)
    cards = [card for card in organisation.employees(at=at) if units is None or card.unit_id in units]
    facts = {one.employee: one for one in organisation.agent_facts([card.id for card in cards], at)}
    points = service_points(at)
    agents = _agents(cards, facts, points, at)
    groups = None if units is None else {group for one in facts.values() for group in one.competences}
    modes = Counter(agent.mode for agent in agents)
    return LiveView(
        at=at,
        groups=tuple(_groups(groups, agents, facts, at)),
        agents=tuple(agents),
        modes=tuple((mode.value, gettext(mode.label), modes[mode.value]) for mode in ORDER),
        points=tuple(points),
        stuck=tuple(stuck.stuck(at, groups)),
        unattended=tuple(_unattended(agents)),
        returned=tuple(_returned(groups)),
    )


def _agents(
    cards: Iterable[EmployeeCard], facts: Mapping[int, AgentFacts], points: Iterable[PointRow], at: datetime
) -> list[LiveAgent]:
    people = [card for card in cards if card.id in facts and facts[card.id].competences]
    ids = [card.id for card in people]
    states = AgentState.objects.in_bulk(ids)
    hands = _hands(people, at)
    places = {point.code: point.name for point in points}
    reasons = {reason.code: reason.title for reason in pause_reasons(at)}
    rows = [
        _agent(card, states.get(card.id), facts[card.id], hands.get(card.id, ()), places, reasons) for card in people
    ]
    place = {mode.value: number for number, mode in enumerate(ORDER)}
    return sorted(rows, key=lambda row: place[row.mode])  # stable: within a mode in the order of names


def _agent(
    card: EmployeeCard,
    state: AgentState | None,
    facts: AgentFacts,
    in_hand: tuple[ItemRow, ...],
    places: Mapping[str, str],
    reasons: Mapping[str, str],
) -> LiveAgent:
    mode = AgentMode(state.mode) if state else AgentMode.OFFLINE
    point = (state.service_point_id if state else None) or ""
    return LiveAgent(
        employee=card.id,
        name=card.name,
        unit=card.unit_id,
        mode=mode.value,
        mode_name=gettext(mode.label),
        reason=reasons.get(state.reason, state.reason) if state and mode == AgentMode.PAUSE else "",
        since=state.since if state and mode != AgentMode.OFFLINE else None,
        in_hand=in_hand,
        service_point=point,
        service_point_name=places.get(point, point),
        point_version=state.point_version if state else 1,
        overflow=facts.overflow,
    )


def _hands(people: Iterable[EmployeeCard], at: datetime) -> dict[int, tuple[ItemRow, ...]]:
    names = {card.id: card.name for card in people}
    held: dict[int, list[ItemRow]] = defaultdict(list)
    for item in WorkItem.objects.filter(agent__in=names, state__in=IN_HAND).order_by("due_at", "id"):
        if item.agent_id is not None:
            held[item.agent_id].append(item_row(item, names[item.agent_id], at))
    return {employee: tuple(rows) for employee, rows in held.items()}


def _groups(
    wanted: set[str] | None, agents: Iterable[LiveAgent], facts: Mapping[int, AgentFacts], at: datetime
) -> list[LiveGroup]:
    queues, came, met = _queues(at), _came(at), targets.today(at)
    modes: dict[str, Counter[str]] = defaultdict(Counter)
    for agent in agents:
        for group in facts[agent.employee].competences:
            modes[group][agent.mode] += 1
    rows = [
        _group(code, name, queues.get(code, _NOTHING), came.get(code, (0, 0)), met[code], modes[code], at)
        for code, name in organisation.groups()
        if wanted is None or code in wanted
    ]
    busy_first = sorted(rows, key=lambda row: (row.overdue == 0, row.waiting == 0))
    return [row for row in busy_first if row.waiting or row.done_today or row.last_hour or set(row.modes) - set(_AWAY)]


@dataclass(frozen=True)
class _Queue:
    waiting: int
    oldest: datetime | None
    overdue: int


_NOTHING = _Queue(0, None, 0)


def _group(
    code: str,
    name: str,
    queue: _Queue,
    came: tuple[int, int],
    met: targets.Met,
    modes: Counter[str],
    at: datetime,
) -> LiveGroup:
    promised, share = met.target, met.share
    return LiveGroup(
        code=code,
        name=name,
        waiting=queue.waiting,
        oldest_seconds=int((at - queue.oldest).total_seconds()) if queue.oldest else 0,
        overdue=queue.overdue,
        done_today=met.counted,
        share_today=share,
        target=promised,
        last_hour=came[0],
        hour_before=came[1],
        modes=dict(modes),
        on_target=share is None or promised is None or share >= promised,
    )


def _queues(at: datetime) -> dict[str, _Queue]:
    rows = WorkItem.objects.filter(state=ItemState.WAITING).values("group").order_by()
    counted = rows.annotate(n=Count("id"), oldest=Min("waiting_since"), late=Count("id", filter=Q(due_at__lt=at)))
    return {row["group"]: _Queue(row["n"], row["oldest"], row["late"]) for row in counted}


def _came(at: datetime) -> dict[str, tuple[int, int]]:
    """What came in during the last hour, and during the same hour yesterday, per group."""
    now = Q(id__gte=_first_id(at - HOUR), id__lt=_first_id(at + timedelta(milliseconds=1)))
    then = Q(id__gte=_first_id(at - DAY - HOUR), id__lt=_first_id(at - DAY))
    rows = WorkItem.objects.filter(now | then).values("group").order_by()
    counted = rows.annotate(now=Count("id", filter=now), then=Count("id", filter=then))
    return {row["group"]: (row["now"], row["then"]) for row in counted}


def _first_id(at: datetime) -> UUID:
    """The smallest key of that moment: keys of items begin with the time."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def _unattended(agents: Iterable[LiveAgent]) -> list[ItemRow]:
    """Work in the hands of people who are away."""
    rows = [row for agent in agents if agent.mode in _AWAY for row in agent.in_hand]
    return rows[:MOST_UNATTENDED]


def returned_work() -> list[ReturnedRow]:
    """Work that came back from somebody and waits for a colleague, in every group."""
    return _returned(None)


def _returned(groups: set[str] | None) -> list[ReturnedRow]:
    rows = WorkItem.objects.filter(state__in=(ItemState.WAITING, ItemState.OFFERED), returned_from__isnull=False)
    if groups is not None:
        rows = rows.filter(group__in=groups)
    counted = rows.values("returned_from").order_by("returned_from").annotate(n=Count("id"))
    found = {row["returned_from"]: row["n"] for row in counted if row["returned_from"] is not None}
    names = organisation.names(found)
    return [ReturnedRow(employee, names.get(employee, ""), number) for employee, number in found.items()]
