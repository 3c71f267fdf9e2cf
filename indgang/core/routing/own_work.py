"""What one agent has to do now: asked by every page of the desk, in one statement."""

import json
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext

from indgang.core.routing.points import pause_names, point_of
from indgang.core.routing.rows import Facts, rows_of
from indgang.core.routing.values import AgentMode, AgentRow, MyWork, OfferRow

MY_WORK = (Path(__file__).parent / "sql" / "my_work.sql").read_text()
MOST_ROWS = 201  # a page of 200, and one more to know whether it is the last
_STATE, _POINT, _OFFER = slice(0, 5), slice(5, 11), slice(11, 14)  # then what is told of the item
_ITEM = slice(14, None)


def my_work(employee_id: int, at: datetime) -> MyWork:
    """An agent's own state, what is held out to them now, and what they have in hand or put aside."""
    with connection.cursor() as cursor:
        cursor.execute(MY_WORK, {"agent": employee_id, "most": MOST_ROWS})
        found = cursor.fetchall()
    first = found[0]
    told = [facts for facts in found if facts[_ITEM][0] is not None]
    items = rows_of((facts[_ITEM] for facts in told), at)
    offered_at, expires_at, step = first[_OFFER]
    return MyWork(
        state=_agent_row(employee_id, first[_STATE], first[_POINT], at),
        offer=OfferRow(items[0], offered_at, expires_at, step) if offered_at else None,
        items=tuple(items[1:] if offered_at else items),
    )


def _agent_row(employee_id: int, state: Facts, point: Facts, at: datetime) -> AgentRow:
    mode, reason, since, wrap_up_until, capacity = state
    known = AgentMode(mode) if mode else AgentMode.OFFLINE
    reasons = pause_names(at)
    code = reason or ""
    return AgentRow(
        employee=employee_id,
        mode=known,
        mode_name=gettext(known.label),
        reason=code,
        since=since,
        wrap_up_until=wrap_up_until,
        reason_name=next((row.title for row in reasons if row.code == code), code),
        service_point=point_of(*point) if point[0] else None,
        capacity=json.loads(capacity) if capacity else {},
        pause_reasons=reasons,
    )
