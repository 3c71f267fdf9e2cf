-- The newest documents whose version in force has some words, in the cases one may see. Versions are looked for part by part, and of each
-- the case is asked for by itself, newest first: nothing is looked for, and nobody's right asked, once there are enough. That rests on the
-- order of rows: each part gives its rows sorted and only as they are asked for, parts of UNION ALL follow each other, and a LATERAL
-- question is asked of one row at a time. Words that are all `common` are soon met when the newest files, above the key `near`, are gone
-- through; for others the index of words is asked, first above `first` and, where many there have the words, then above `second`.
-- Without any document, one row tells the words as the index has them.
-- `among`: of which documents. Parameters: words, common, below, near, first, second, many, wanted, those of `among` and of seen.sql.
WITH {taking_part}, newest AS MATERIALIZED (
    SELECT v.id, v.document_id, v.number FROM cases_documentversion v
    WHERE v.words @@ to_tsquery('danish', %(words)s) AND v.id > %(first)s AND v.id < %(below)s AND {among}
        AND v.id <= CASE WHEN {common} THEN %(near)s ELSE %(below)s END
    ORDER BY v.id DESC
), newer AS MATERIALIZED (
    SELECT v.id, v.document_id, v.number FROM cases_documentversion v
    WHERE v.words @@ to_tsquery('danish', %(words)s) AND v.id > %(second)s AND v.id <= %(first)s AND v.id < %(below)s AND {among}
        AND (SELECT count(*) FROM newest) >= %(many)s
    ORDER BY v.id DESC
), older AS MATERIALIZED (
    -- the key in no condition an index answers: nearly all of them are below it
    SELECT v.id, v.document_id, v.number FROM cases_documentversion v
    WHERE v.words @@ to_tsquery('danish', %(words)s) AND (v.id < %(below)s) IS TRUE AND {among}
        AND (v.id > CASE WHEN (SELECT count(*) FROM newest) >= %(many)s THEN %(second)s ELSE %(first)s END) IS NOT TRUE
    ORDER BY v.id DESC
), found AS MATERIALIZED (
    SELECT hit.id AS file, opened.*
    FROM (
        (
            SELECT v.id, v.document_id, v.number FROM cases_documentversion v
            WHERE {common} AND (v.words @@ to_tsquery('danish', %(words)s)) IS TRUE
                AND v.id > %(near)s AND v.id < %(below)s AND {among}
            ORDER BY v.id DESC
        )
        UNION ALL SELECT * FROM newest
        UNION ALL SELECT * FROM newer
        UNION ALL SELECT * FROM older
    ) hit
    CROSS JOIN LATERAL (
        SELECT d.id, d.case_id, d.title, d.kind, d.dated, d.channel, d.contact, d.internal, d.internal_ground, d.other_parties, d.scan,
            d.current, d.final, d.author, d.version, c.number, c.title AS case_title, c.person_id, c.task_id, c.administration_id
        FROM cases_document d
        JOIN cases_case c ON c.id = d.case_id
        WHERE d.id = hit.document_id AND d.current = hit.number AND {seen_of_many}
        OFFSET 0
    ) opened
    LIMIT %(wanted)s
)
SELECT to_tsquery('danish', %(words)s)::text, found.*, v.name, v.media_type, v.size, v.pages, v.damaged, v.scan_found, v.read_at, x.text
FROM (SELECT) one
LEFT JOIN found ON true
LEFT JOIN cases_documentversion v ON v.id = found.file
LEFT JOIN cases_documenttext x ON x.version_id = found.file
ORDER BY found.file DESC
