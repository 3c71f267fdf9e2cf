-- The same citizen more often than the limit on stated reasons alone, over the whole period.
SELECT actor, min(at), count(*), citizen
FROM access_lookup
WHERE at >= %(since)s AND at < %(until)s AND actor LIKE 'employee:%%' AND (%(actor)s = '' OR actor = %(actor)s) AND purpose LIKE 'reason:%%' AND citizen IS NOT NULL
GROUP BY actor, citizen
HAVING count(*) > %(limit)s
ORDER BY min(at) DESC LIMIT %(most)s
