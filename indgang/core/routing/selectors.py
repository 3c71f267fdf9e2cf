"""What one can ask about work. Rows hold nothing personal; lists show what the viewer may act on."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from indgang.core.organisation import selectors as organisation
from indgang.core.routing import policy
from indgang.core.routing.models import AgentState, Offer, WorkItem
from indgang.core.routing.pool import everybody, read_for, waiting
from indgang.core.routing.staffing import FIGURES
from indgang.core.routing.values import (
    IN_HAND,
    AgentMode,
    AgentRow,
    ItemRow,
    ItemState,
    MyWork,
    OfferRow,
    StuckItem,
)
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

MOST_ROWS = 201  # a page of 200, and one more to know whether it is the last
_LEVELS = (1, 2, 3)
_NEAREST = ("excluded", "named", "unit", "competence", "level", "language")  # how near a hindered employee came


def my_work(employee_id: int, at: datetime) -> MyWork:
    """An agent's own state, what is held out to them now, and what they have in hand or put aside."""
    mine = Q(agent=employee_id, state=ItemState.ACTIVE) | Q(preferred=employee_id, state=ItemState.PARKED)
    items = WorkItem.objects.filter(mine).order_by("state", "due_at", "id")
    offer = Offer.objects.select_related("item").filter(agent=employee_id, result="").first()
    return MyWork(
        state=_agent_row(employee_id),
        offer=_offer_row(offer, at) if offer else None,
        items=tuple(_rows(items[:MOST_ROWS], at)),
    )


def queue(viewer: Viewer, limit: int = 50, cursor: str = "", *, at: datetime | None = None) -> list[ItemRow]:
    """Open work by due time, as far as the viewer may act on it; `cursor_of` the last row gives the next page."""
    now = at or clock.now()
    rows = _visible(viewer, now).exclude(state=ItemState.DONE).order_by("due_at", "id")
    after = _cursor(cursor)
    if after is not None:
        due, key = after
        rows = rows.filter(Q(due_at__gt=due) | Q(due_at=due, id__gt=key))
    return _rows(rows[: max(1, min(limit, MOST_ROWS))], now)


def cursor_of(row: ItemRow) -> str:
    """Where the page after this row begins."""
    return f"{row.due_at.isoformat()}_{row.id}"


def item(viewer: Viewer, item_id: UUID, at: datetime) -> ItemRow:
    """One item the viewer may act on; raises NotFound."""
    found = _rows(_visible(viewer, at).filter(id=item_id), at)
    if not found:
        raise NotFound
    return found[0]


def waiting_for(employee_id: int, at: datetime | None = None) -> int:
    """How many items this employee could take by hand now: the number beside "take next"."""
    now = at or clock.now()
    pool = read_for(employee_id, now)
    return sum(policy.may_take(a, i, now, FIGURES) for a in pool.agents for i in pool.items)


def stuck(at: datetime) -> list[StuckItem]:
    """Items that wait for somebody who does not exist: nobody in the house is able, whoever comes to work."""
    staff = everybody(at)
    reasons = {i.id: why for i in waiting(at) if (why := _why_nobody(i, staff))}
    rows = _rows(WorkItem.objects.filter(id__in=reasons).order_by("due_at", "id"), at)
    return [StuckItem(row, reasons[row.id]) for row in rows]


def unattended(at: datetime) -> list[ItemRow]:
    """Work in the hands of agents who are away: it stays theirs until somebody hands it on, but a leader sees it."""
    away = AgentState.objects.filter(mode__in=(AgentMode.UNREACHABLE, AgentMode.OFFLINE)).values("pk")
    return _rows(WorkItem.objects.filter(agent__in=away, state=ItemState.ACTIVE).order_by("due_at", "id"), at)


def stuck_probe() -> str:
    """The sentence of the health page; empty when every item can reach somebody."""
    number = len(stuck(clock.now()))
    if not number:
        return ""
    text = ngettext(
        "{n} henvendelse venter på en kompetence, som ingen har.",
        "{n} henvendelser venter på en kompetence, som ingen har.",
        number,
    )
    return text.format(n=number)


def may_hear_agent(account_id: int, topic: str) -> bool:
    """Everybody hears of their own work only."""
    mine = organisation.employee_of_account(account_id)
    return mine is not None and topic == f"agent:{mine.id}"


def may_hear_queue(account_id: int, topic: str) -> bool:
    """Every employee hears that the waiting list changed; what it holds is read through `queue`."""
    return topic == "queue" and organisation.employee_of_account(account_id) is not None


def _why_nobody(item: policy.Item, staff: Iterable[policy.Agent]) -> str:
    reasons = {policy.hindrance(item, agent) for agent in staff}
    if "" in reasons:
        return ""
    if item.employee is not None:
        return "named"
    return max(reasons, key=_NEAREST.index, default="competence")


def _visible(viewer: Viewer, at: datetime) -> QuerySet[WorkItem]:
    if viewer.kind == "system":
        return WorkItem.objects.all()
    scope = access.scope_of(viewer, at)
    if scope is None or viewer.actor is None:
        raise NotFound
    me = viewer.actor.employee
    rights = scope.tasks_filter
    mine = Q(agent=me) | Q(employee=me) | Q(preferred=me) | Q(unit__in=rights.units)
    for level in _LEVELS:
        groups = [group for group, reached in rights.groups.items() if reached >= level]
        tasks = [task for task, reached in rights.tasks.items() if reached >= level]
        mine |= Q(level=level) & (Q(group__in=groups) | Q(task__in=tasks))
    return WorkItem.objects.filter(mine)


def _rows(items: Iterable[WorkItem], at: datetime) -> list[ItemRow]:
    found = list(items)
    names = organisation.names(one.agent_id for one in found if one.agent_id is not None)
    return [_row(one, names.get(one.agent_id or 0), at) for one in found]


def _row(one: WorkItem, agent: str | None, at: datetime) -> ItemRow:
    return ItemRow(
        id=one.id,
        contact=one.contact,
        reference=one.reference,
        medium=one.medium,
        subject=one.title,
        task_id=one.task,
        group=one.group,
        level=one.level,
        state=one.state,
        state_name=str(ItemState(one.state).label),
        due_at=one.due_at,
        waiting_seconds=max(0, int((at - one.waiting_since).total_seconds())),
        overdue=one.due_at < at,
        agent=agent,
        agent_id=one.agent_id if one.state in IN_HAND else None,
        hops=one.hops,
        parked_until=one.parked_until,
    )


def _offer_row(offer: Offer, at: datetime) -> OfferRow:
    return OfferRow(
        item=_rows([offer.item], at)[0],
        at=offer.at,
        expires_at=offer.expires_at,
        step=str(offer.explanation.get("step", "")),
    )


def _agent_row(employee_id: int) -> AgentRow:
    state = AgentState.objects.filter(pk=employee_id).first()
    mode = AgentMode(state.mode) if state else AgentMode.OFFLINE
    return AgentRow(
        employee=employee_id,
        mode=mode,
        mode_name=str(mode.label),
        reason=state.reason if state else "",
        since=state.since if state else None,
        wrap_up_until=state.wrap_up_until if state else None,
    )


def _cursor(text: str) -> tuple[datetime, UUID] | None:
    """A cursor as given out; anything else begins at the first page."""
    due, _, key = text.partition("_")
    try:
        return datetime.fromisoformat(due), UUID(key)
    except ValueError:
        return None
