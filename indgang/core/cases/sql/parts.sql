-- The small parts of one case, and which kinds of other things it has, as one JSON object. Parameter: case.
SELECT json_build_object(
    -- all parties it has had, those in force last, with their persons
    'parties', (
        SELECT json_agg(row) FROM (
            SELECT y.*, p.id AS person__id, p.name AS person__name, p.protected_until AS person__protected_until
            FROM cases_party y LEFT JOIN citizens_person p ON p.id = y.person_id
            WHERE y.case_id = %(case)s ORDER BY y.valid_to, y.id
        ) row
    ),
    'history', (
        SELECT json_agg(row) FROM (
            SELECT h.* FROM cases_progresschange h WHERE h.case_id = %(case)s ORDER BY h.at, h.id
        ) row
    ),
    'steps', (
        SELECT json_agg(row) FROM (
            SELECT s.*, u.id AS unit__id, u.name AS unit__name
            FROM cases_step s LEFT JOIN organisation_unit u ON u.id = s.unit_id
            WHERE s.case_id = %(case)s ORDER BY s."order", s.id
        ) row
    ),
    'deadlines', (
        SELECT json_agg(row) FROM (
            SELECT d.* FROM cases_deadline d WHERE d.case_id = %(case)s ORDER BY d.due_at, d.id
        ) row
    ),
    -- most cases lack most of these, and what a case lacks is not asked for
    'kinds', (
        SELECT json_agg(kind) FROM (
            SELECT 'decision' AS kind WHERE EXISTS (SELECT FROM cases_decision WHERE case_id = %(case)s)
            UNION ALL SELECT 'hearing' WHERE EXISTS (SELECT FROM cases_hearing WHERE case_id = %(case)s)
            UNION ALL SELECT 'caseletter' WHERE EXISTS (SELECT FROM cases_caseletter WHERE case_id = %(case)s)
            UNION ALL SELECT 'complaint' WHERE EXISTS (
                SELECT FROM cases_complaint WHERE case_id = %(case)s OR over_id = %(case)s)
            UNION ALL SELECT 'opinion' WHERE EXISTS (SELECT FROM cases_opinion WHERE case_id = %(case)s)
            UNION ALL SELECT 'forwarding' WHERE EXISTS (SELECT FROM cases_forwarding WHERE case_id = %(case)s)
            UNION ALL SELECT 'disclosure' WHERE EXISTS (SELECT FROM cases_disclosure WHERE case_id = %(case)s)
            UNION ALL SELECT 'notice' WHERE EXISTS (SELECT FROM cases_notice WHERE case_id = %(case)s)
            UNION ALL SELECT 'caseobject' WHERE EXISTS (SELECT FROM cases_caseobject WHERE case_id = %(case)s)
            UNION ALL SELECT 'casehandler' WHERE EXISTS (SELECT FROM cases_casehandler WHERE case_id = %(case)s)
            UNION ALL SELECT 'caserelation' WHERE EXISTS (
                SELECT FROM cases_caserelation WHERE case_id = %(case)s OR other_id = %(case)s)
            UNION ALL SELECT 'editing' WHERE EXISTS (SELECT FROM cases_editing WHERE case_id = %(case)s)
            UNION ALL SELECT 'accessrequest' WHERE EXISTS (
                SELECT FROM cases_accessrequest WHERE own_case_id = %(case)s)
        ) kinds
    )
)::text
