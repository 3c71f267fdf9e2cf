-- More different citizens than the limit within one window of so many minutes.
SELECT actor, min(at), count(DISTINCT citizen), NULL::uuid
FROM access_lookup
WHERE at >= %(since)s AND at < %(until)s AND actor LIKE 'employee:%%' AND (%(actor)s = '' OR actor = %(actor)s) AND citizen IS NOT NULL
GROUP BY actor, date_bin(make_interval(mins => %(minutes)s), at, TIMESTAMPTZ '2000-01-01 00:00:00+00')
HAVING count(DISTINCT citizen) > %(limit)s
ORDER BY min(at) DESC LIMIT %(most)s
