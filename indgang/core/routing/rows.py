"""Items as lists show them; nothing personal."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.models import WorkItem
from indgang.core.routing.values import IN_HAND, ItemRow, ItemState


def item_rows(items: Iterable[WorkItem], at: datetime) -> list[ItemRow]:
    """The rows of these items, with names read in one statement."""
    found = list(items)
    held = {one.agent_id for one in found if one.agent_id is not None}
    names = organisation.names(held) if held else {}
    return [item_row(one, names.get(one.agent_id or 0), at) for one in found]


def item_row(one: WorkItem, agent: str | None, at: datetime) -> ItemRow:
    """One item; `agent` is the name of who has it."""
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
        state_name=gettext(ItemState(one.state).label),
        due_at=one.due_at,
        waiting_seconds=max(0, int((at - one.waiting_since).total_seconds())),
        overdue=one.due_at < at,
        agent=agent,
        agent_id=one.agent_id if one.state in IN_HAND else None,
        hops=one.hops,
        parked_until=one.parked_until,
        not_before=one.not_before if one.not_before > at else None,
        returned_from=one.returned_from,
    )
