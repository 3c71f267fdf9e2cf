-- What the work queue must know of a contact: its own facts, its tasks in their order, and by which medium the inquirer was heard
-- last. Parameter: contact.
SELECT c.id, c.reference, c.channel, c.language, c.unit_id, c.received_at, c.expected_answer_by, c.handler_id, c.state, c.call_back,
       c.person_id, c.special_group,
       ARRAY(SELECT t.task_id FROM contacts_contacttask t WHERE t.contact_id = c.id ORDER BY t."order"),
       (
           SELECT m.medium
           FROM contacts_message m
           WHERE m.contact_id = c.id AND m.direction = 'in'
           ORDER BY m.at DESC, m.id DESC
           LIMIT 1
       )
FROM contacts_contact c
WHERE c.id = %(contact)s
