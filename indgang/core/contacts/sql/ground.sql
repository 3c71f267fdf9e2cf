-- Two columns about the contact c for who may read it: what it is about, and whether the reader was given it or worked on it.
-- Each step goes into an index by the contact's id. Parameters: employee, units and groups of the reader.
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
