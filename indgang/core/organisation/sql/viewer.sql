-- Who an account is: the employee in force, their roles, what they know on that day, and the units of the people they lead.
-- Parameters: account, day (in Copenhagen).
SELECT e.id, e.unit_id, e.employer_id, a.roles,
       (
           SELECT coalesce(json_object_agg(c.group_id, c.level), '{}')::text
           FROM organisation_competence c
           WHERE c.employee_id = e.id
             AND (c.valid_to IS NULL OR c.valid_to >= %(day)s)
             AND c.valid_from <= %(day)s
             AND c.held_back = ''
       ),
       ARRAY(SELECT DISTINCT led.unit_id FROM organisation_employee led WHERE led.manager_id = e.id)
FROM organisation_employee e
JOIN access_account a ON a.id = e.account_id
WHERE e.account_id = %(account)s
  AND a.is_active
  AND (e.valid_to IS NULL OR e.valid_to >= %(day)s)
