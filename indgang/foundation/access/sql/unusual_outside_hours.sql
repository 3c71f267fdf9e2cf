-- Looks before or after the working hours, or at a weekend, by local time; one line per person and day.
SELECT actor, min(at), count(*), NULL::uuid
FROM access_lookup
WHERE at >= %(since)s AND at < %(until)s AND actor LIKE 'employee:%%' AND (%(actor)s = '' OR actor = %(actor)s)
    AND ((at AT TIME ZONE 'Europe/Copenhagen')::time NOT BETWEEN %(starts)s AND %(ends)s
        OR extract(isodow FROM at AT TIME ZONE 'Europe/Copenhagen') > 5)
GROUP BY actor, (at AT TIME ZONE 'Europe/Copenhagen')::date
HAVING count(*) >= %(limit)s
ORDER BY min(at) DESC LIMIT %(most)s
