-- What decides how many items one agent could take by hand now: their state, what they have in hand, and what waits.
-- Always at least one row: the state stands in each. What is for everybody with the competence is counted by its needs; what says
-- something of this agent (given by name, known to them, resting for them) stands item by item.
-- Parameters: agent, groups they know, named (the agent and whom they stand in for), at, written_since and live_since (who is known
-- is asked first for what began to wait after that).
WITH waiting AS (
    -- by index item_waiting: what may be begun and is for these groups or these people
    SELECT *
    FROM routing_workitem
    WHERE state = 'waiting' AND not_before <= %(at)s
      AND ("group" = ANY(%(groups)s::varchar[]) OR employee_id = ANY(%(named)s::bigint[]) OR preferred_id = %(agent)s)
),
line AS (
    -- in hand, by index item_of_agent
    SELECT 'hand' AS what, count(*) AS number, NULL::uuid AS id, '' AS "group", 0 AS level, '' AS language, medium,
           interruptible, NULL::timestamptz AS waiting_since, NULL::timestamptz AS due_at, NULL::timestamptz AS not_before,
           '' AS task, unit_id, NULL::bigint AS employee_id, NULL::bigint AS preferred_id, '{}'::bigint[] AS excluded,
           '{}' AS resting, 0 AS priority
    FROM routing_workitem
    WHERE agent_id = %(agent)s AND state IN ('offered', 'active')
    GROUP BY medium, interruptible, unit_id
    UNION ALL
    SELECT 'item', 1, id, "group", level, language, medium, interruptible, waiting_since, due_at, not_before, task, unit_id,
           employee_id, preferred_id, excluded, resting::text, priority
    FROM waiting
    WHERE employee_id = ANY(%(named)s::bigint[])
       OR (
           employee_id IS NULL
           AND (preferred_id = %(agent)s OR (resting ? %(agent)s::text AND "group" = ANY(%(groups)s::varchar[])))
       )
    UNION ALL
    -- What a colleague is asked about first is a heap of its own: its newest item stands for all, as all of them are within
    -- the grace or none is.
    SELECT 'heap', count(*), NULL, "group", level, language, medium, interruptible, max(waiting_since), max(waiting_since),
           max(waiting_since), task, unit_id, NULL, CASE WHEN kept THEN max(preferred_id) END, '{}', '{}', 0
    FROM (
        SELECT *,
               preferred_id IS NOT NULL
               AND waiting_since > CASE WHEN interruptible THEN %(written_since)s ELSE %(live_since)s END AS kept
        FROM waiting
        WHERE "group" = ANY(%(groups)s::varchar[]) AND employee_id IS NULL AND preferred_id IS DISTINCT FROM %(agent)s
          AND NOT resting ? %(agent)s::text AND NOT excluded @> ARRAY[%(agent)s]::bigint[]
    ) AS everybodys
    GROUP BY "group", task, level, language, medium, interruptible, unit_id, kept
)
SELECT a.mode, a.idle_since, a.capacity::text, a.service_point_id, line.*
FROM (VALUES (%(agent)s)) AS me (id)
LEFT JOIN routing_agentstate a ON a.employee_id = me.id
LEFT JOIN line ON true
