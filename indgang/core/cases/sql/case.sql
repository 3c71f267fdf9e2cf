-- One case with what is shown of its task, unit, administration, citizen and course. The condition is added: by id or number.
SELECT c.id, c.number, c.title, c.task_id, c.administration_id, c.unit_id, c.handler_id, c.person_id, c.course_id,
    c.progress, c.waiting, c.waiting_until, c.raised_by, c.sensitivity, c.legal_basis, c.kle, c.facet, c.retention,
    c.retention_years, c.archived_at, c.result, c.level, c.contact, c.opened_at, c.deadline, c.decided_at, c.closed_at,
    c.reopened, c.version,
    t.code AS task__code, t.title AS task__title, t.title_en AS task__title_en,
    u.id AS unit__id, u.name AS unit__name, u.phone AS unit__phone, u.administration_id AS unit__administration_id,
    a.code AS administration__code, a.name AS administration__name,
    p.id AS person__id, p.name AS person__name, p.protected_until AS person__protected_until,
    k.id AS course__id, k.person_id AS course__person_id, k.life_event AS course__life_event, k.title AS course__title,
    k.opened_at AS course__opened_at, k.closed_at AS course__closed_at, k.version AS course__version
FROM cases_case c
JOIN catalogue_task t ON t.code = c.task_id
JOIN organisation_unit u ON u.id = c.unit_id
JOIN organisation_administration a ON a.code = c.administration_id
LEFT JOIN citizens_person p ON p.id = c.person_id
LEFT JOIN cases_course k ON k.id = c.course_id
