-- At least so many refused looks, per person and day.
SELECT actor, min(at), count(*), NULL::uuid
FROM access_lookup
WHERE at >= %(since)s AND at < %(until)s AND actor LIKE 'employee:%%' AND (%(actor)s = '' OR actor = %(actor)s) AND outcome = 'refused'
GROUP BY actor, (at AT TIME ZONE 'Europe/Copenhagen')::date
HAVING count(*) >= %(limit)s
ORDER BY min(at) DESC LIMIT %(most)s
