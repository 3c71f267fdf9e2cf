-- What was said in a contact, oldest first, each with its files in the order they came. Parameter: contact.
SELECT m.id, m.at, m.direction, m.medium, m.author, m.subject, m.body, m.html, m.automatic, m.delivery, m.undo_until,
       (
           SELECT json_agg(json_build_array(a.id, a.name, a.media_type, a.size) ORDER BY a.id)::text
           FROM contacts_attachment a
           WHERE a.message_id = m.id
       )
FROM contacts_message m
WHERE m.contact_id = %(contact)s
ORDER BY m.at, m.id
