"""What really happened: every state of every item and agent, kept by triggers that fire at commit."""

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
CREATE CONSTRAINT TRIGGER watch_item AFTER INSERT OR UPDATE ON routing_workitem
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION watch.saw_item();
CREATE CONSTRAINT TRIGGER watch_agent AFTER INSERT OR UPDATE ON routing_agentstate
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION watch.saw_agent();
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
# The most passes of the dispatcher (they read the floor at `at`) that saw an item wait beside an available agent who
# holds its competence, before one of the two was matched. The pass that matched them counts, too.
IDLE_PASSES = """
WITH item AS (
    SELECT id, at AS from_, lead(at, 1, 'infinity') OVER (PARTITION BY id ORDER BY at) AS to_, state FROM watch.item
), agent AS (
    SELECT id, at AS from_, lead(at, 1, 'infinity') OVER (PARTITION BY id ORDER BY at) AS to_, mode FROM watch.agent
), together AS (
    SELECT c.group_id, a.from_ AS ready, a.to_ AS matched, i.from_ AS came, i.to_ AS gone
    FROM item i
    JOIN routing_workitem w ON w.id = i.id
    JOIN organisation_competence c ON c.group_id = w."group"
    JOIN agent a ON a.id = c.employee_id AND a.from_ < i.to_ AND a.to_ > i.from_
    WHERE i.state = 'waiting' AND a.mode = 'available'
), gap AS (
    SELECT DISTINCT greatest(ready, came) AS from_, least(matched, gone) AS to_ FROM together
), pass AS (SELECT DISTINCT at FROM routing_offer)
SELECT coalesce(max(passes), 0)
FROM (SELECT count(*) AS passes FROM gap JOIN pass ON pass.at > gap.from_ AND pass.at < gap.to_
      GROUP BY gap.from_, gap.to_) AS seen
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
