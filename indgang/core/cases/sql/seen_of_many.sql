-- The same as seen.sql where it is asked of many rows `c`: what one works along on and has steps of is read once, before it.
(
    %(sees_all)s
    OR c.handler_id = %(me)s
    OR c.unit_id = ANY(%(units)s::bigint[])
    OR (
        c.task_id = ANY(%(informed)s::varchar[])
        AND (
            c.sensitivity <> 'sensitive'
            OR c.administration_id = %(employer)s
            OR c.task_id = ANY(%(settled)s::varchar[])
        )
    )
    OR c.id IN (SELECT case_id FROM taking_part)
)
