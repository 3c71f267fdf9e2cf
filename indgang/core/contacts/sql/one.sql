-- A contact by its id: the whole row, by name of its columns. Parameter: contact.
SELECT *
FROM contacts_contact
WHERE id = %(contact)s
