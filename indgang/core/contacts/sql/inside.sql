-- What is in a contact that is open and around it, in one statement: what was said, oldest first, each with its files in the
-- order they came; its tasks in their order; what was typed and not sent; who looks at it now. Each kind fills the columns it
-- has. Parameter: contact.
SELECT 'said' AS what, NULL::bigint AS number, ''::varchar AS code, m.body AS text, m.author AS source, ''::varchar AS outcome,
       m.at, NULL::timestamptz AS typing_at, 0 AS place,
       m.id, m.direction, m.medium, m.subject, m.html, m.automatic, m.delivery, m.undo_until,
       (
           SELECT json_agg(json_build_array(a.id, a.name, a.media_type, a.size) ORDER BY a.id)::text
           FROM contacts_attachment a
           WHERE a.message_id = m.id
       ) AS files
FROM contacts_message m
WHERE m.contact_id = %(contact)s
UNION ALL
SELECT 'task', t.level, t.task_id, t.answers::text, t.source, t.outcome, NULL, NULL, t."order",
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM contacts_contacttask t
WHERE t.contact_id = %(contact)s
UNION ALL
SELECT 'draft', d.employee_id, d.field, d.text, '', '', d.saved_at, NULL, 0,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM contacts_draft d
WHERE d.contact_id = %(contact)s
UNION ALL
SELECT 'present', p.employee_id, '', '', '', '', p.seen_at, p.typing_at, 0,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM contacts_presence p
WHERE p.contact_id = %(contact)s
ORDER BY what, place, at, id
