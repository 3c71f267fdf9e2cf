-- Who has parts of a case open, who came last first; what is typed there is told its author only.
-- Parameters: case, employee.
SELECT employee_id, part, typing, seen_at, CASE WHEN employee_id = %(employee)s THEN text ELSE '' END
FROM cases_editing
WHERE case_id = %(case)s
ORDER BY seen_at DESC, part
