-- The newest cases one may see that have some words in their title or are about one of some citizens. Titles above the key `newest`
-- come first; where fewer than `few` of them are one's own to see, all below it are looked up, too. Each row says last how many were
-- found above. Parameters: words, people, newest, few, wanted, and those of seen.sql.
WITH {taking_part}, newest AS MATERIALIZED (
    SELECT c.id FROM cases_case c
    WHERE to_tsvector('danish', COALESCE(c.title, '')) @@ to_tsquery('danish', %(words)s) AND c.id > %(newest)s AND {seen_of_many}
), older AS MATERIALIZED (
    SELECT c.id FROM cases_case c
    WHERE to_tsvector('danish', COALESCE(c.title, '')) @@ to_tsquery('danish', %(words)s) AND c.id <= %(newest)s AND {seen_of_many}
        AND (SELECT count(*) FROM newest) < %(few)s
), theirs AS MATERIALIZED (
    SELECT c.id FROM cases_case c WHERE c.person_id = ANY(%(people)s::uuid[]) AND {seen_of_many}
), found AS (
    SELECT id FROM newest UNION SELECT id FROM older UNION SELECT id FROM theirs ORDER BY id DESC LIMIT %(wanted)s
)
SELECT c.id, c.number, c.title, c.task_id, t.title, t.title_en, c.administration_id, c.unit_id, u.name, c.handler_id, c.progress,
    c.waiting, c.waiting_until, c.deadline, c.result, c.opened_at, c.closed_at, c.person_id, p.name, p.protected_until, c.course_id,
    c.version, (SELECT count(*) FROM newest)
FROM found
JOIN cases_case c ON c.id = found.id
JOIN catalogue_task t ON t.code = c.task_id
JOIN organisation_unit u ON u.id = c.unit_id
LEFT JOIN citizens_person p ON p.id = c.person_id
ORDER BY c.id DESC
