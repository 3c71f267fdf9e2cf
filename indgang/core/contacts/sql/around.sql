-- What stands around a contact that is open: its tasks in their order, what was typed and not sent, who looks at it now.
-- Parameter: contact.
SELECT 'task' AS what, t.level AS number, t.task_id AS code, t.answers::text AS text, t.source, t.outcome,
       NULL::timestamptz AS at, NULL::timestamptz AS typing_at, t."order" AS place
FROM contacts_contacttask t
WHERE t.contact_id = %(contact)s
UNION ALL
SELECT 'draft', d.employee_id, d.field, d.text, '', '', d.saved_at, NULL, 0
FROM contacts_draft d
WHERE d.contact_id = %(contact)s
UNION ALL
SELECT 'present', p.employee_id, '', '', '', '', p.seen_at, p.typing_at, 0
FROM contacts_presence p
WHERE p.contact_id = %(contact)s
ORDER BY place
