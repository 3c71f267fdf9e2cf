-- One agent's own state with where they serve, what they have in hand or put aside, and what is held out to them.
-- Always at least one row: the state stands in each, beside one item or none. The item held out comes first.
-- Parameters: agent, most (items).
WITH item AS (
    -- in hand by index item_of_agent, put aside by that of preferred
    SELECT NULL::timestamptz AS offered_at, NULL::timestamptz AS expires_at, '' AS step, held.*
    FROM (
        (SELECT * FROM routing_workitem WHERE agent_id = %(agent)s AND state = 'active')
        UNION ALL
        (SELECT * FROM routing_workitem WHERE preferred_id = %(agent)s AND state = 'parked')
        ORDER BY state, due_at, id
        LIMIT %(most)s
    ) AS held
    UNION ALL
    -- by index one_live_offer_per_agent
    SELECT o.at, o.expires_at, coalesce(o.explanation ->> 'step', ''), i.*
    FROM routing_offer o
    JOIN routing_workitem i ON i.id = o.item_id
    WHERE o.agent_id = %(agent)s AND o.result = ''
)
SELECT a.mode, a.reason, a.since, a.wrap_up_until, a.capacity::text,
       p.code, p.name, p.name_en, p.unit_id, p.groups, p.media,
       item.offered_at, item.expires_at, item.step,
       item.id, item.contact, item.reference, item.medium, item.title, item.task, item."group", item.level, item.state,
       item.due_at, item.waiting_since, item.agent_id, item.hops, item.parked_until, item.not_before, item.returned_from
FROM (VALUES (%(agent)s)) AS me (id)
LEFT JOIN routing_agentstate a ON a.employee_id = me.id
LEFT JOIN routing_servicepoint p ON p.code = a.service_point_id
LEFT JOIN item ON true
ORDER BY item.offered_at IS NULL, item.state, item.due_at, item.id
