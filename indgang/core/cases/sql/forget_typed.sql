-- What an employee typed in the fields of one form of a case, gone; and how many there were. Parameters: case, employee, form.
WITH gone AS (
    DELETE FROM cases_editing
    WHERE case_id = %(case)s AND employee_id = %(employee)s AND text <> '' AND starts_with(part, %(form)s::text || '.')
    RETURNING part
)
SELECT count(*) FROM gone
