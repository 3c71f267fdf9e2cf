"""Agents' modes. What a person sets stays set; the rest follows from offers and work in hand."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from indgang.core.routing.models import AgentState, WorkItem
from indgang.core.routing.rules import figures
from indgang.core.routing.telling import ring, tell_agent, tell_floor
from indgang.core.routing.values import ON_DUTY, AgentMode, ItemState
from indgang.foundation.journal import services as journal

IN_HANDS_OF = "SELECT DISTINCT state FROM routing_workitem WHERE agent_id = %s AND state IN ('offered', 'active')"
LOCK = "SELECT * FROM routing_agentstate WHERE employee_id = %s FOR UPDATE"


def lock_agent(employee_id: int, at: datetime) -> AgentState:
    """The agent's row, locked; made when missing. Items are locked before agents, always."""
    found = next(iter(AgentState.objects.raw(LOCK, [employee_id])), None)
    if found is None:
        new = AgentState(employee_id=employee_id, since=at, idle_since=at, seen_at=at)
        AgentState.objects.bulk_create([new], ignore_conflicts=True)
        found = AgentState.objects.raw(LOCK, [employee_id])[0]
    return found


def follow_work(
    state: AgentState, at: datetime, *, wrap_up: float | None = None, mode: AgentMode | None = None
) -> None:
    """Set the mode that follows from what the agent has in hand; `wrap_up` seconds when something was just finished.

    `mode` where the caller knows what follows.
    """
    state.version += 1
    if state.mode in ON_DUTY:
        mode = mode or _mode_of_work(state.pk)
        state.wrap_up_until = None
        if mode == AgentMode.AVAILABLE and wrap_up:
            mode, state.wrap_up_until = AgentMode.WRAP_UP, at + timedelta(seconds=wrap_up)
        if mode == AgentMode.AVAILABLE and wrap_up is not None:
            state.idle_since = at
        if mode != state.mode:
            state.mode, state.since = mode, at
    state.save(update_fields=["version", "seen_at", "wrap_up_until", "idle_since", "mode", "since", "misses"])
    _changed(state)


def change_mode(state: AgentState, mode: str, at: datetime, *, reason: str = "", viewer_name: str) -> None:
    """Somebody set the mode, or the agent was found away; leaves an event."""
    if mode == AgentMode.AVAILABLE:
        mode = _mode_of_work(state.pk)
        state.misses, state.idle_since = 0, at
    before, state.mode, state.reason = state.mode, mode, reason
    state.since, state.wrap_up_until = at, None
    state.version += 1
    state.save()
    data: dict[str, object] = {"employee": state.pk, "before": before, "mode": mode}
    if reason:
        data["reason"] = reason
    journal.record(
        "agent.state_changed", at=at, viewer_name=viewer_name, subject=f"organisation.employee:{state.pk}", data=data
    )
    _changed(state)
    tell_floor()


@transaction.atomic
def end_wrap_ups(at: datetime) -> int:
    """Agents whose wrap-up time is over are available again; idle from now."""
    over = AgentState.objects.filter(mode=AgentMode.WRAP_UP, wrap_up_until__lte=at)
    ended = 0
    for state in over.select_for_update(skip_locked=True):
        follow_work(state, at, wrap_up=0.0)
        ended += 1
    return ended


def wrap_up_seconds(item: WorkItem, at: datetime) -> float:
    """How long an agent rounds off after such an item."""
    holds = figures(at)
    return holds.wrap_up_written if item.interruptible else holds.wrap_up_live


def _mode_of_work(employee_id: int) -> AgentMode:
    with connection.cursor() as cursor:
        cursor.execute(IN_HANDS_OF, [employee_id])
        states = {state for (state,) in cursor.fetchall()}
    if ItemState.OFFERED in states:
        return AgentMode.RESERVED
    return AgentMode.BUSY if states else AgentMode.AVAILABLE


def _changed(state: AgentState) -> None:
    tell_agent(state.pk, "state")
    if state.mode in (AgentMode.AVAILABLE, AgentMode.BUSY):
        ring()
