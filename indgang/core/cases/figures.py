"""How cases went: how many were decided, how fast, in time, and without having to go from one to another."""

from datetime import date, datetime, time, timedelta

from django.db import connection

from indgang.core.cases.figure_values import CaseFigures
from indgang.core.catalogue import selectors as catalogue
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime import clock

# One line for each task, and one for all (task null). A case counts on the day of the decision that stands.
_DECIDED = """
WITH decided AS (
    SELECT c.task_id, c.reopened, answer.in_time,
           extract(epoch FROM c.decided_at - c.opened_at) / 86400 AS days,
           (SELECT count(*) FROM cases_journalentry e
            WHERE e.case_id = c.id AND e.kind = 'hand_over' AND e.at <= c.decided_at
              AND NOT EXISTS (SELECT FROM cases_step s  -- a step others help with; the case stays where it is
                              WHERE s.id = e.subject_id AND s.kind NOT IN ('handle', 'complaint'))) AS passed_on
    FROM cases_case c LEFT JOIN LATERAL (
        SELECT d.met_at <= d.due_at AS in_time FROM cases_deadline d
        WHERE d.case_id = c.id AND d.met_at IS NOT NULL
          AND d.kind IN ('answer', 'access', 'complaint')  -- cases of requests for access and of complaints
        ORDER BY d.met_at DESC LIMIT 1
    ) answer ON true
    WHERE c.decided_at >= %(begin)s AND c.decided_at < %(end)s AND (%(unit)s::bigint IS NULL OR c.unit_id = %(unit)s)
)
SELECT task_id, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY days),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY days), count(in_time),
       count(*) FILTER (WHERE in_time), sum(passed_on)::bigint, count(*) FILTER (WHERE passed_on = 0),
       count(*) FILTER (WHERE reopened > 0)
FROM decided GROUP BY GROUPING SETS ((task_id), ()) ORDER BY 2 DESC, 1
"""
_COMPLAINTS = """
SELECT c.task_id, count(*), count(*) FILTER (WHERE k.outcome = 'changed')
FROM cases_complaint k JOIN cases_case c ON c.id = k.over_id
WHERE k.received_on BETWEEN %(first)s AND %(last)s AND (%(unit)s::bigint IS NULL OR c.unit_id = %(unit)s)
GROUP BY GROUPING SETS ((c.task_id), ())
"""


def case_figures(
    viewer: Viewer, *, first: date, last: date, unit: int | None = None
) -> tuple[CaseFigures, tuple[CaseFigures, ...]]:
    """All cases decided from the first to the last day, both included, and the same by task, most first.

    Numbers only. `unit`: of those that are with it now. Leaders may ask about every unit, a unit's people about
    theirs. Raises NotFound.
    """
    mine = viewer.actor is not None and unit is not None and unit in viewer.actor.units | {viewer.actor.unit}
    if not (viewer.is_system or mine or viewer.has_role(Role.MANAGER, Role.EXECUTIVE)):
        raise NotFound
    asked = {"begin": _midnight(first), "end": _midnight(last + timedelta(days=1)), "unit": unit}
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, asked)
        decided = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_COMPLAINTS, {"first": first, "last": last, "unit": unit})
        complaints = {row[0]: row[1:] for row in cursor.fetchall()}
    codes = [code for code in [*decided, *(code for code in complaints if code not in decided)] if code is not None]
    heads = catalogue.heads(codes)
    none = (0, None, None, 0, 0, None, 0, 0)

    def line(code: str | None) -> CaseFigures:
        count, median, slow, due, in_time, passed, never, reopened = decided.get(code, none)
        came, changed = complaints.get(code, (0, 0))
        title = heads[code].title if code in heads else ""
        days, speed = (due, in_time), (median or 0.0, slow or 0.0)
        return CaseFigures(code or "", title, count, *speed, *days, passed or 0, never, reopened, came, changed)

    return line(None), tuple(line(code) for code in codes)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.COPENHAGEN)
