"""What one can ask about work. Rows hold nothing personal; lists show what the viewer may act on."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import ngettext

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.arranging import MOST_URGENT as MOST_URGENT
from indgang.core.routing.arranging import arrangeable as arrangeable
from indgang.core.routing.arranging import arrangeable_of as arrangeable_of
from indgang.core.routing.arranging import placing as placing
from indgang.core.routing.live import live as live
from indgang.core.routing.live import returned_work as returned_work
from indgang.core.routing.models import AgentState, WorkItem
from indgang.core.routing.own_work import MOST_ROWS
from indgang.core.routing.own_work import my_work as my_work
from indgang.core.routing.planned import adherences as adherences
from indgang.core.routing.planned import planned_shifts as planned_shifts
from indgang.core.routing.planned import published as published
from indgang.core.routing.points import pause_reasons as pause_reasons
from indgang.core.routing.points import service_points as service_points
from indgang.core.routing.reasons import why as why
from indgang.core.routing.rights import LEADERS, led_items
from indgang.core.routing.rows import item_rows
from indgang.core.routing.service_points import capacities as capacities
from indgang.core.routing.settings_rows import pause_cards as pause_cards
from indgang.core.routing.settings_rows import point_cards as point_cards
from indgang.core.routing.settings_rows import relief_groups as relief_groups
from indgang.core.routing.settings_rows import rules as rules
from indgang.core.routing.standing_in import work_instead as work_instead
from indgang.core.routing.stuck import count_stuck
from indgang.core.routing.stuck import stuck as stuck
from indgang.core.routing.targeting import adviser_state as adviser_state
from indgang.core.routing.targeting import opening_channel as opening_channel
from indgang.core.routing.targeting import transfer_choices as transfer_choices
from indgang.core.routing.targets import goals as goals
from indgang.core.routing.targets import in_force
from indgang.core.routing.values import AgentMode, ItemRow, ItemState, TargetRow
from indgang.core.routing.visible import visible
from indgang.core.routing.waits import expected_waits as expected_waits
from indgang.core.routing.within_reach import number_for
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

CONTACT_IN_HAND = """
SELECT contact FROM routing_workitem
WHERE id = %(item)s
  AND ((agent_id = %(agent)s AND state = 'active') OR (preferred_id = %(agent)s AND state = 'parked'))
"""


def contact_in_hand(employee_id: int, item_id: UUID) -> UUID | None:
    """The contact of an item this agent has in hand or put aside, in one statement; None for any other."""
    with connection.cursor() as cursor:
        cursor.execute(CONTACT_IN_HAND, {"item": item_id, "agent": employee_id})
        row = cursor.fetchone()
    return row[0] if row else None


def queue(viewer: Viewer, limit: int = 50, cursor: str = "", *, at: datetime | None = None) -> list[ItemRow]:
    """Open work by due time, as far as the viewer may act on it; `cursor_of` the last row gives the next page."""
    now = at or clock.now()
    rows = visible(viewer, now).exclude(state=ItemState.DONE).order_by("due_at", "id")
    after = _cursor(cursor)
    if after is not None:
        due, key = after
        rows = rows.filter(Q(due_at__gt=due) | Q(due_at=due, id__gt=key))
    return item_rows(rows[: max(1, min(limit, MOST_ROWS))], now)


def cursor_of(row: ItemRow) -> str:
    """Where the page after this row begins."""
    return f"{row.due_at.isoformat()}_{row.id}"


def item(viewer: Viewer, item_id: UUID, at: datetime) -> ItemRow:
    """One item the viewer may act on; raises NotFound."""
    found = item_rows(visible(viewer, at).filter(id=item_id), at)
    if not found:
        raise NotFound
    return found[0]


def item_of_leader(viewer: Viewer, item_id: UUID, at: datetime) -> ItemRow:
    """One item as the leader of whoever had it sees it; raises NotFound."""
    found = item_rows(led_items(viewer).filter(id=item_id), at)
    return found[0] if found else item(viewer, item_id, at)


def targets(at: datetime) -> list[TargetRow]:
    """What is promised on that day."""
    return in_force(at)


def waiting_for(employee_id: int, at: datetime | None = None) -> int:
    """How many items this employee could take by hand now: the number beside "take next"."""
    return number_for(employee_id, at or clock.now())


def unattended(at: datetime) -> list[ItemRow]:
    """Work in the hands of agents who are away: it stays theirs until somebody hands it on, but a leader sees it."""
    away = AgentState.objects.filter(mode__in=(AgentMode.UNREACHABLE, AgentMode.OFFLINE)).values("pk")
    return item_rows(WorkItem.objects.filter(agent__in=away, state=ItemState.ACTIVE).order_by("due_at", "id"), at)


def stuck_probe() -> str:
    """The sentence of the health page; empty when every item can reach somebody."""
    number = count_stuck(clock.now())
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


def may_hear_floor(account_id: int, topic: str) -> bool:
    """Leaders hear that somebody changed what they do."""
    viewer = organisation.viewer_of_account(account_id, clock.now())
    return topic == "floor" and viewer is not None and viewer.has_role(*LEADERS)


def may_hear_queue(account_id: int, topic: str) -> bool:
    """Every employee hears that the waiting list changed; what it holds is read through `queue`."""
    return topic == "queue" and organisation.employee_of_account(account_id) is not None


def _cursor(text: str) -> tuple[datetime, UUID] | None:
    """A cursor as given out; anything else begins at the first page."""
    due, _, key = text.partition("_")
    try:
        return datetime.fromisoformat(due), UUID(key)
    except ValueError:
        return None
