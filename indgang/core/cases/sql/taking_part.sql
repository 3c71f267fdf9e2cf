taking_part AS MATERIALIZED (
    SELECT case_id FROM cases_casehandler WHERE employee_id = %(me)s AND valid_to IS NULL
    UNION ALL
    SELECT case_id FROM cases_step
    WHERE done_at IS NULL AND NOT withdrawn AND (employee_id = %(me)s OR unit_id = ANY(%(units)s::bigint[]))
)
