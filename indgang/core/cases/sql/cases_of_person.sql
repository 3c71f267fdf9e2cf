-- The cases of a citizen, newest first: those one may see, and of the others the open ones without sensitive data. By index case_person.
-- Parameters: person, and those of seen.sql.
SELECT {listed}, c.seen, a.name, u.phone
FROM (SELECT c.*, {seen} AS seen FROM cases_case c WHERE c.person_id = %(person)s OFFSET 0) c
JOIN catalogue_task t ON t.code = c.task_id
JOIN organisation_unit u ON u.id = c.unit_id
JOIN organisation_administration a ON a.code = c.administration_id
JOIN citizens_person p ON p.id = c.person_id
WHERE c.seen OR (c.sensitivity <> 'sensitive' AND c.progress <> 'closed')
ORDER BY c.opened_at DESC, c.id DESC
