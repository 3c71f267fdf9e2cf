-- The newest cases one may see that have some words in their title or are about one of some citizens. Titles above the key `newest`
-- come first; where fewer than `few` of them are one's own to see, all below it are looked up, too. `having`: that a title has the
-- words, asked of all titles, or of those whose task, unit or handler lets one see them; what one only takes part in is `beside` these.
-- Each row says last how many were found above. Parameters: words, own.., beside, people, newest, few, wanted, those of seen.sql.
WITH {taking_part}, newest AS MATERIALIZED (
    SELECT c.id FROM cases_case c WHERE {having} AND c.id > %(newest)s AND {seen_of_many}
), older AS MATERIALIZED (
    -- the key in no condition an index answers: nearly all of them are below it
    SELECT c.id FROM cases_case c
    WHERE {having} AND (c.id > %(newest)s) IS NOT TRUE AND {seen_of_many} AND (SELECT count(*) FROM newest) < %(few)s
), beside AS MATERIALIZED (
    SELECT c.id FROM cases_case c
    WHERE %(beside)s AND c.id IN (SELECT case_id FROM taking_part)
        AND (c.handler_id = %(me)s) IS NOT TRUE
        AND c.unit_id <> ALL(%(units)s::bigint[])
        AND c.task_id <> ALL(%(informed)s::varchar[])
        AND to_tsvector('danish', COALESCE(c.title, '')) @@ to_tsquery('danish', %(words)s)
), theirs AS MATERIALIZED (
    SELECT c.id FROM cases_case c WHERE c.person_id = ANY(%(people)s::uuid[]) AND {seen_of_many}
), found AS (
    SELECT id FROM newest UNION SELECT id FROM older UNION SELECT id FROM beside UNION SELECT id FROM theirs
    ORDER BY id DESC
    LIMIT %(wanted)s
)
SELECT {listed}, (SELECT count(*) FROM newest)
FROM found
JOIN cases_case c ON c.id = found.id
JOIN catalogue_task t ON t.code = c.task_id
JOIN organisation_unit u ON u.id = c.unit_id
LEFT JOIN citizens_person p ON p.id = c.person_id
ORDER BY c.id DESC
