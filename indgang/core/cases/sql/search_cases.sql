-- The newest cases one may see that have some words in their title or are about one of some citizens. Titles above the key `first` come
-- first. Where at least `few` of them are one's own to see, the rest is near: those down to `second` are next, and what is below is not
-- looked for once there are enough (a materialised part is made when the first of its rows is asked for, and the parts of UNION ALL
-- follow each other). Else all below `first` are looked up at once.
-- `having`: that a title has the words, asked of all titles, or of those whose task, unit or handler lets one see them; what one only
-- takes part in is `beside` these. Parameters: words, own.., beside, people, first, second, few, wanted, those of seen.sql.
WITH {taking_part}, newest AS MATERIALIZED (
    SELECT c.id FROM cases_case c WHERE {having} AND c.id > %(first)s AND {seen_of_many} ORDER BY c.id DESC
), newer AS MATERIALIZED (
    SELECT c.id FROM cases_case c
    WHERE {having} AND c.id <= %(first)s AND c.id > %(second)s AND {seen_of_many}
        AND (SELECT count(*) FROM newest) >= %(few)s
    ORDER BY c.id DESC
), older AS MATERIALIZED (
    -- the key in no condition an index answers: nearly all of them are below it
    SELECT c.id FROM cases_case c
    WHERE {having} AND {seen_of_many}
        AND (c.id > CASE WHEN (SELECT count(*) FROM newest) < %(few)s THEN %(first)s ELSE %(second)s END) IS NOT TRUE
    ORDER BY c.id DESC
), beside AS MATERIALIZED (
    SELECT c.id FROM cases_case c
    WHERE %(beside)s AND c.id IN (SELECT case_id FROM taking_part)
        AND (c.handler_id = %(me)s) IS NOT TRUE
        AND c.unit_id <> ALL(%(units)s::bigint[])
        AND c.task_id <> ALL(%(informed)s::varchar[])
        AND to_tsvector('danish', COALESCE(c.title, '')) @@ to_tsquery('danish', %(words)s)
), theirs AS MATERIALIZED (
    SELECT c.id FROM cases_case c WHERE c.person_id = ANY(%(people)s::uuid[]) AND {seen_of_many}
), titled AS MATERIALIZED (
    SELECT id FROM (SELECT id FROM newest UNION ALL SELECT id FROM newer UNION ALL SELECT id FROM older) hit
    LIMIT %(wanted)s
), found AS (
    SELECT id FROM titled UNION SELECT id FROM beside UNION SELECT id FROM theirs
    ORDER BY id DESC
    LIMIT %(wanted)s
)
SELECT {listed}
FROM found
JOIN cases_case c ON c.id = found.id
JOIN catalogue_task t ON t.code = c.task_id
JOIN organisation_unit u ON u.id = c.unit_id
LEFT JOIN citizens_person p ON p.id = c.person_id
ORDER BY c.id DESC
