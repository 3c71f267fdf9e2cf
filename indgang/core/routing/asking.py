"""Whether anything waits for an agent at all: what idle programs and pages ask all the time, in one statement."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

THERE_IS = """
SELECT (SELECT item_id FROM routing_offer WHERE agent_id = %(agent)s AND result = '' LIMIT 1),
       EXISTS (
           SELECT 1 FROM routing_workitem
           WHERE state = 'waiting' AND not_before <= %(at)s
             AND ("group" = ANY(%(groups)s::varchar[]) OR preferred_id = %(agent)s OR employee_id IS NOT NULL)
       )
"""


def there_is(employee_id: int, groups: Iterable[str], at: datetime) -> tuple[UUID | None, bool]:
    """The item held out to this agent, and whether anything waits that could be theirs; the policy looks closer."""
    with connection.cursor() as cursor:
        cursor.execute(THERE_IS, {"agent": employee_id, "groups": list(groups), "at": at})
        row = cursor.fetchone()
    return (row[0], bool(row[1])) if row else (None, False)
