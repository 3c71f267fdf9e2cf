-- Keep what the one who has the contact in hand is typing. No row comes back where somebody else has it, and where the
-- text is what they sent last: an autosave that comes after the sending is no draft.
-- Parameters: contact, employee, author (the journal's name of the employee), field, text, said (the text as sent), at.
INSERT INTO contacts_draft (contact_id, employee_id, field, text, saved_at)
SELECT c.id, %(employee)s, %(field)s, %(text)s, %(at)s
FROM contacts_contact c
WHERE c.id = %(contact)s
  AND c.handler_id = %(employee)s
  AND %(said)s IS DISTINCT FROM (
      SELECT m.body
      FROM contacts_message m
      WHERE m.contact_id = c.id AND m.author = %(author)s
      ORDER BY m.at DESC, m.id DESC
      LIMIT 1
  )
ON CONFLICT (contact_id, employee_id, field) DO UPDATE SET text = EXCLUDED.text, saved_at = EXCLUDED.saved_at
RETURNING id
