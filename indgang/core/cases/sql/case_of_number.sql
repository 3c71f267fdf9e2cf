-- A case by its number, where one may see it, as a row of a list. Parameters: number, and those of seen.sql.
SELECT {listed}
FROM cases_case c
JOIN catalogue_task t ON t.code = c.task_id
JOIN organisation_unit u ON u.id = c.unit_id
LEFT JOIN citizens_person p ON p.id = c.person_id
WHERE c.number = %(number)s AND {seen}
