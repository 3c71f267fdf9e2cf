-- Contacts with what decides who may read them: whose they are, what they are about, and whether the reader was given them.
-- Each step goes into an index by the contact's id. Parameters: ids; employee, units and groups of the reader.
SELECT c.id, c.handler_id, c.unit_id, c.person_id, c.representing_id, c.state, c.closed_at,
       ARRAY(SELECT t.task_id FROM contacts_contacttask t WHERE t.contact_id = c.id),
       EXISTS (
           SELECT 1
           FROM contacts_involved i
           WHERE i.contact_id = c.id
             AND (
                 i.employee_id = %(employee)s
                 OR i.unit_id = ANY(%(units)s::bigint[])
                 OR (i."group" <> '' AND i."group" = ANY(%(groups)s::varchar[]))
             )
       )
FROM contacts_contact c
WHERE c.id = ANY(%(ids)s::uuid[])
