-- The heartbeat of who has the contact in hand; what it was before comes back. No row: somebody else has it.
-- Parameters: contact, employee, at, typing_at.
WITH before AS (
    SELECT seen_at, typing_at FROM contacts_presence WHERE contact_id = %(contact)s AND employee_id = %(employee)s
)
INSERT INTO contacts_presence (contact_id, employee_id, seen_at, typing_at)
SELECT c.id, %(employee)s, %(at)s, %(typing_at)s
FROM contacts_contact c
WHERE c.id = %(contact)s AND c.handler_id = %(employee)s
ON CONFLICT (contact_id, employee_id) DO UPDATE SET seen_at = EXCLUDED.seen_at, typing_at = EXCLUDED.typing_at
RETURNING (SELECT seen_at FROM before), (SELECT typing_at FROM before)
