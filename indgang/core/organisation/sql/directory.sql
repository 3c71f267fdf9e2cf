-- People who work here on a day, in Danish order. In braces: a condition for each word, that some word of theirs or of their unit's
-- name begins with it. Parameters: day, most, and what the conditions need.
SELECT e.id, u.code, e.name, e.title, e.unit_id, u.name, e.phone, e.mail
FROM organisation_employee e
JOIN organisation_unit u ON u.id = e.unit_id
WHERE (e.valid_to IS NULL OR e.valid_to >= %(day)s){words}
ORDER BY e.sort_key, e.id
LIMIT %(most)s
