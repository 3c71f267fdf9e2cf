-- What a row `c` of cases_case alone tells of whether one may see it; a part of seen.sql and seen_of_many.sql.
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
