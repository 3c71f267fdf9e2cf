-- A contact by its id with what decides who may read it: the whole row, by name of its columns, which are named when the
-- statement is made: one that asks for whatever columns there are could not stay prepared when a migration adds one; and in
-- braces the columns of ground.sql. Parameters: contact, and those of ground.sql.
SELECT {columns},
       {ground}
FROM contacts_contact c
WHERE c.id = %(contact)s
