-- The work since a moment against what is promised for it, per group, medium and promised share. What was taken counts where seconds are
-- promised, what was finished where the due time is; what still waits counts once it is late, as missed.
-- Of several targets a task's own goes before its group's, the group's before everybody's.
WITH piece AS (
    SELECT i."group", i.task, i.medium, 'taken' AS what, o.waited::double precision AS waited, true AS in_time
    FROM routing_offer o JOIN routing_workitem i ON i.id = o.item_id
    WHERE o.result = 'accepted' AND o.ended_at >= %(start)s AND o.ended_at <= %(at)s AND o.waited IS NOT NULL
    UNION ALL
    SELECT "group", task, medium, 'finished', NULL, done_at <= due_at
    FROM routing_workitem
    WHERE state = 'done' AND done_at >= %(start)s AND done_at <= %(at)s
    UNION ALL
    SELECT "group", task, medium, 'waiting', extract(epoch FROM %(at)s - waiting_since), due_at >= %(at)s
    FROM routing_workitem
    WHERE state = 'waiting'
), kind AS (
    SELECT DISTINCT "group", task, medium FROM piece
), promise AS (
    SELECT kind."group", kind.task, kind.medium, best.seconds, best.share
    FROM kind CROSS JOIN LATERAL (
        SELECT t.seconds, t.share
        FROM routing_servicetarget t
        WHERE t.medium = kind.medium AND t.task IN ('', kind.task) AND t."group" IN ('', kind."group")
          AND t.valid_from <= %(day)s AND (t.valid_to IS NULL OR t.valid_to >= %(day)s)
        ORDER BY t.task <> '' DESC, t."group" <> '' DESC, t.valid_from DESC
        LIMIT 1
    ) AS best
), judged AS (
    SELECT "group", medium, what, share, seconds, CASE WHEN seconds IS NULL THEN in_time ELSE waited <= seconds END AS met
    FROM piece JOIN promise USING ("group", task, medium)
)
SELECT "group", medium, share, count(*), count(*) FILTER (WHERE met)
FROM judged
WHERE CASE what WHEN 'taken' THEN seconds IS NOT NULL WHEN 'finished' THEN seconds IS NULL ELSE NOT met END
GROUP BY "group", medium, share
