-- A page of the journal of one case, newest first; each line with the document it tells of and its version in force.
-- Parameters: case, show ("documents", "notes" or empty), before and last (where the page begins, or null), size.
SELECT e.id, e.case_id, e.at, e.kind, e.theme, e.body, e.oral_facts, e.channel, e.contact, e.document, e.subject_id,
    e.employee, e.author, e.internal, e.internal_ground, e.version,
    (
        SELECT json_build_object(
            'document', d,
            'version', (
                SELECT row FROM (
                    SELECT v.id, v.document_id, v.number, v.name, v.media_type, v.size, v.digest, v.pages, v.damaged,
                        v.scan_found, v.read_at, v.at, v.author, v.note
                    FROM cases_documentversion v WHERE v.document_id = d.id AND v.number = d.current
                ) row
            )
        )::text
        FROM cases_document d WHERE d.id = e.document
    ) AS about
FROM cases_journalentry e
WHERE e.case_id = %(case)s
    AND CASE %(show)s WHEN 'documents' THEN e.document IS NOT NULL WHEN 'notes' THEN e.kind = 'note' ELSE true END
    AND (%(before)s::timestamptz IS NULL OR e.at < %(before)s OR (e.at = %(before)s AND e.id < %(last)s))
ORDER BY e.at DESC, e.id DESC
LIMIT %(size)s
