-- A contact by its id: the whole row, by name of its columns, which are named when the statement is made: one that asks for
-- whatever columns there are could not stay prepared when a migration adds one. Parameter: contact.
SELECT {columns}
FROM contacts_contact
WHERE id = %(contact)s
