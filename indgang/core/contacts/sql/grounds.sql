-- Contacts with what decides who may read them: whose they are, and in braces the columns of ground.sql.
-- Parameters: ids, and those of ground.sql.
SELECT c.id, c.handler_id, c.unit_id, c.person_id, c.representing_id, c.state, c.closed_at,
       {ground}
FROM contacts_contact c
WHERE c.id = ANY(%(ids)s::uuid[])
