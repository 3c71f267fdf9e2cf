-- A case by its number, where one may see it, as a row of a list. Parameters: number, and those of seen.sql.
SELECT c.id, c.number, c.title, c.task_id, t.title, t.title_en, c.administration_id, c.unit_id, u.name, c.handler_id, c.progress,
    c.waiting, c.waiting_until, c.deadline, c.result, c.opened_at, c.closed_at, c.person_id, p.name, p.protected_until, c.course_id,
    c.version
FROM cases_case c
JOIN catalogue_task t ON t.code = c.task_id
JOIN organisation_unit u ON u.id = c.unit_id
LEFT JOIN citizens_person p ON p.id = c.person_id
WHERE c.number = %(number)s AND {seen}
