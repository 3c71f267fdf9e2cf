-- The rule of `reading.readable` as a condition on a row of contacts_contact: it is the viewer's or one of their units'; they may
-- inform about one of its tasks, or about the unknown where it has none; or they, their units or their competences were given it
-- or worked on it. Each step goes into an index by the contact's id, for one contact at a time: EXISTS among alternatives is
-- answered from a list of the whole table, made anew for each page of a list.
-- Parameters, in this order: employee, units, tasks, whether the unknown is allowed, employee, units, groups.
contacts_contact.handler_id = %s
OR contacts_contact.unit_id = ANY(%s::bigint[])
OR COALESCE(
    (SELECT bool_or(t.task_id = ANY(%s::varchar[])) FROM contacts_contacttask t WHERE t.contact_id = contacts_contact.id), %s
)
OR (
    SELECT i.id
    FROM contacts_involved i
    WHERE i.contact_id = contacts_contact.id
      AND (i.employee_id = %s OR i.unit_id = ANY(%s::bigint[]) OR (i."group" <> '' AND i."group" = ANY(%s::varchar[])))
    LIMIT 1
) IS NOT NULL
