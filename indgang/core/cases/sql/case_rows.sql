-- A page of a list of cases. What stands in braces are texts of rows_asked.py. Parameters: size, and those of the texts.
WITH {taking_part}, page AS MATERIALIZED (
    SELECT c.* FROM cases_case c WHERE {asked} AND {after} ORDER BY {ordered} LIMIT %(size)s
)
SELECT {listed}
FROM page c
JOIN catalogue_task t ON t.code = c.task_id
JOIN organisation_unit u ON u.id = c.unit_id
LEFT JOIN citizens_person p ON p.id = c.person_id
ORDER BY {ordered}
