-- Make chosen offers real: each only if its item and its agent are still exactly as the policy saw them.
-- The order of choosing is the policy's; nothing here ranks. A row somebody else holds is a lost claim, never a wait.
WITH choice AS (
    SELECT *
    FROM jsonb_to_recordset(%(choices)s::jsonb) AS c(
        offer uuid, item uuid, item_version integer, agent bigint, agent_version integer,
        expires_at timestamptz, explanation jsonb
    )
),
-- The items that still wait.
item AS (
    SELECT c.*
    FROM routing_workitem i
    JOIN choice c ON c.item = i.id
    WHERE i.state = 'waiting' AND i.version = c.item_version
    ORDER BY i.id
    FOR UPDATE OF i SKIP LOCKED
),
-- Of those, the ones whose agent is still open to offers, with the same work in hand.
pair AS (
    SELECT item.*
    FROM routing_agentstate a
    JOIN item ON item.agent = a.employee_id
    WHERE a.mode IN ('available', 'busy') AND a.version = item.agent_version
    FOR UPDATE OF a SKIP LOCKED
),
held AS (
    UPDATE routing_workitem i
    SET state = 'offered', agent_id = pair.agent, version = i.version + 1
    FROM pair
    WHERE i.id = pair.item
    RETURNING i.id, i.contact
),
reserved AS (
    UPDATE routing_agentstate a
    SET mode = 'reserved', since = %(at)s, version = a.version + 1
    FROM pair
    WHERE a.employee_id = pair.agent
    RETURNING a.employee_id
),
made AS (
    INSERT INTO routing_offer (id, item_id, agent_id, at, expires_at, result, reason, explanation)
    SELECT pair.offer, held.id, reserved.employee_id, %(at)s, pair.expires_at, '', '', pair.explanation
    FROM pair
    JOIN held ON held.id = pair.item
    JOIN reserved ON reserved.employee_id = pair.agent
    RETURNING id, item_id, agent_id
)
SELECT made.id, made.item_id, made.agent_id, held.contact
FROM made
JOIN held ON held.id = made.item_id
