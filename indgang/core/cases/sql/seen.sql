-- Of a row `c` of cases_case whether a viewer may see it: `rights.visible` as a condition. Whoever handles it, belongs to its unit,
-- works along on it or has a step of it; and whoever may inform about its task, with sensitive data only where they are employed by
-- its owner or may settle it. Parameters: see seeing.py.
(
    {row_tells}
    -- looked up for each row, of which there are few here: as EXISTS everything the viewer has steps of would be read for them
    OR (SELECT true FROM cases_casehandler h WHERE h.case_id = c.id AND h.employee_id = %(me)s AND h.valid_to IS NULL LIMIT 1)
    OR (
        SELECT true FROM cases_step s
        WHERE s.case_id = c.id AND s.done_at IS NULL AND NOT s.withdrawn
            AND (s.employee_id = %(me)s OR s.unit_id = ANY(%(units)s::bigint[]))
        LIMIT 1
    )
)
