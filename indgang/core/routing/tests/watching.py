"""Watches what really happened, beside the product's own records: every state of every item and agent, by triggers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

_SET_UP = """
CREATE SCHEMA watch;
CREATE TABLE watch.item (id uuid, state text, agent bigint, at timestamptz);
CREATE TABLE watch.agent (id bigint, mode text, at timestamptz);
CREATE FUNCTION watch.saw_item() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN INSERT INTO watch.item VALUES (NEW.id, NEW.state, NEW.agent_id, clock_timestamp()); RETURN NULL; END $$;
CREATE FUNCTION watch.saw_agent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN INSERT INTO watch.agent VALUES (NEW.employee_id, NEW.mode, clock_timestamp()); RETURN NULL; END $$;
CREATE TRIGGER watch_item AFTER INSERT OR UPDATE ON routing_workitem FOR EACH ROW EXECUTE FUNCTION watch.saw_item();
CREATE TRIGGER watch_agent AFTER INSERT OR UPDATE ON routing_agentstate
    FOR EACH ROW EXECUTE FUNCTION watch.saw_agent();
"""
_TAKE_DOWN = """
DROP SCHEMA IF EXISTS watch CASCADE;
"""

# Two agents on one item: an item offered or active for somebody while it was so for somebody else.
DOUBLES = """
SELECT count(*) FROM (
    SELECT state, agent, lag(state) OVER w AS before, lag(agent) OVER w AS holder
    FROM watch.item WINDOW w AS (PARTITION BY id ORDER BY at)
) AS step WHERE state IN ('offered', 'active') AND before IN ('offered', 'active') AND agent <> holder
"""
# The longest time an item waited while an agent who holds its competence was available.
IDLE = """
WITH item AS (
    SELECT id, at AS from_, lead(at, 1, 'infinity') OVER (PARTITION BY id ORDER BY at) AS to_, state FROM watch.item
), agent AS (
    SELECT id, at AS from_, lead(at, 1, 'infinity') OVER (PARTITION BY id ORDER BY at) AS to_, mode FROM watch.agent
)
SELECT coalesce(max(extract(epoch FROM least(i.to_, a.to_) - greatest(i.from_, a.from_))), 0)
FROM item i
JOIN routing_workitem w ON w.id = i.id
JOIN organisation_competence c ON c.group_id = w."group"
JOIN agent a ON a.id = c.employee_id AND a.from_ < i.to_ AND a.to_ > i.from_
WHERE i.state = 'waiting' AND a.mode = 'available' AND i.to_ < 'infinity'
"""


@contextmanager
def watched() -> Iterator["psycopg.Connection[tuple[float]]"]:
    """A connection of the owner that sees the history of everything that happens inside."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(_TAKE_DOWN)
        connection.execute(_SET_UP)
        try:
            yield connection
        finally:
            connection.execute(_TAKE_DOWN)
