-- What one must see at a glance of a citizen and the cases of theirs one may see: decisions, days that run, the newest papers, open
-- courses, and which running matters some news would change. Each kind in its own order, no more than `most` of it (matters: all, of
-- those one may not see too, for the page says whose they are). Which cases one may see is asked here once more and not handed in: a
-- list of another length each time is planned anew each time.
-- Parameters: person, most, and those of seen.sql.
WITH theirs AS MATERIALIZED (
    SELECT c.id, c.task_id, c.title, c.administration_id, c.opened_at, c.progress, c.result, c.sensitivity, {seen} AS seen
    FROM cases_case c WHERE c.person_id = %(person)s
)
(
    SELECT 'decision' AS what, d.case_id AS "case", d.case_id AS id, d.result AS code, '' AS title, d.decided_at AS at, false AS flag,
           '{}'::varchar[] AS affects, row_number() OVER (ORDER BY d.decided_at DESC) AS place
    FROM cases_decision d
    WHERE d.case_id = ANY(ARRAY(SELECT id FROM theirs WHERE seen)) AND d.state = 'decided'
    ORDER BY place
    LIMIT %(most)s
)
UNION ALL
(
    SELECT 'deadline', d.case_id, d.case_id, d.kind, '', d.due_at, false, '{}', row_number() OVER (ORDER BY d.due_at, d.id) AS place
    FROM cases_deadline d
    WHERE d.case_id = ANY(ARRAY(SELECT id FROM theirs WHERE seen AND progress <> 'closed')) AND d.met_at IS NULL AND d.cancelled_at IS NULL
    ORDER BY place
    LIMIT %(most)s
)
UNION ALL
(
    SELECT 'document', d.case_id, d.id, d.kind, d.title, d.dated, d.internal, '{}',
           row_number() OVER (ORDER BY d.dated DESC, d.id DESC) AS place
    FROM cases_document d
    WHERE d.case_id = ANY(ARRAY(SELECT id FROM theirs WHERE seen))
    ORDER BY place
    LIMIT %(most)s
)
UNION ALL
(
    -- by index course_person
    SELECT 'course', c.id, c.id, c.life_event, c.title, c.opened_at, false, '{}',
           row_number() OVER (ORDER BY c.opened_at DESC, c.id DESC) AS place
    FROM cases_course c
    WHERE c.person_id = %(person)s AND c.closed_at IS NULL
    ORDER BY place
    LIMIT %(most)s
)
UNION ALL
(
    -- only matters that something would change
    SELECT 'depends', c.id, c.id, a.name, c.title, c.opened_at, s.income_dependent, s.affects,
           row_number() OVER (ORDER BY c.opened_at DESC) AS place
    FROM theirs c
    JOIN cases_casesetting s ON s.task_id = c.task_id AND (s.income_dependent OR s.affects <> '{}')
    JOIN organisation_administration a ON a.code = c.administration_id
    WHERE (c.progress <> 'closed' OR c.result IN ('granted', 'partly'))
      AND (c.sensitivity <> 'sensitive' OR c.seen)
)
ORDER BY what, place
