"""Items as lists show them; nothing personal."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.models import WorkItem
from indgang.core.routing.values import IN_HAND, ItemRow, ItemState

Facts = tuple[Any, ...]  # the COLUMNS of one item
COLUMNS = (
    "id",
    "contact",
    "reference",
    "medium",
    "title",
    "task",
    "group",
    "level",
    "state",
    "due_at",
    "waiting_since",
    "agent_id",
    "hops",
    "parked_until",
    "not_before",
    "returned_from",
)
_HELD_BY = COLUMNS.index("agent_id")
_facts = attrgetter(*COLUMNS)


def item_rows(items: Iterable[WorkItem], at: datetime) -> list[ItemRow]:
    """The rows of these items, with names read in one statement; of a question only what is shown is read."""
    if isinstance(items, QuerySet):
        return rows_of(items.values_list(*COLUMNS), at)
    return rows_of(map(_facts, items), at)


def rows_of(found: Iterable[Facts], at: datetime) -> list[ItemRow]:
    """The rows of items read by their COLUMNS."""
    lines = list(found)
    held = {facts[_HELD_BY] for facts in lines if facts[_HELD_BY] is not None}
    names = organisation.names(held) if held else {}
    return [_row(facts, names.get(facts[_HELD_BY] or 0), at) for facts in lines]


def item_row(one: WorkItem, agent: str | None, at: datetime) -> ItemRow:
    """One item; `agent` is the name of who has it."""
    return _row(_facts(one), agent, at)


def _row(facts: Facts, agent: str | None, at: datetime) -> ItemRow:
    (
        key,
        contact,
        reference,
        medium,
        title,
        task,
        group,
        level,
        state,
        due_at,
        waiting_since,
        agent_id,
        hops,
        parked_until,
        not_before,
        returned_from,
    ) = facts
    return ItemRow(
        id=key,
        contact=contact,
        reference=reference,
        medium=medium,
        subject=title,
        task_id=task,
        group=group,
        level=level,
        state=state,
        state_name=gettext(ItemState(state).label),
        due_at=due_at,
        waiting_seconds=max(0, int((at - waiting_since).total_seconds())),
        overdue=due_at < at,
        agent=agent,
        agent_id=agent_id if state in IN_HAND else None,
        hops=hops,
        parked_until=parked_until,
        not_before=not_before if not_before > at else None,
        returned_from=returned_from,
    )
