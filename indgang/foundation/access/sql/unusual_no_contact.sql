-- "The citizen is here", for at least so many citizens of one day, without a look of the same day for a contact or case.
WITH here AS (
    SELECT actor, citizen, (at AT TIME ZONE 'Europe/Copenhagen')::date AS day, min(at) AS at
    FROM access_lookup
    WHERE at >= %(since)s AND at < %(until)s AND actor LIKE 'employee:%%' AND (%(actor)s = '' OR actor = %(actor)s) AND purpose = 'reason:citizen_present' AND citizen IS NOT NULL
    GROUP BY actor, citizen, (at AT TIME ZONE 'Europe/Copenhagen')::date
)
SELECT here.actor, min(here.at), count(*), NULL::uuid
FROM here
WHERE NOT EXISTS (
    SELECT FROM access_lookup AS other
    WHERE other.actor = here.actor AND other.citizen = here.citizen
        AND (other.purpose LIKE 'contact:%%' OR other.purpose LIKE 'case:%%')
        AND (other.at AT TIME ZONE 'Europe/Copenhagen')::date = here.day
)
GROUP BY here.actor, here.day
HAVING count(*) >= %(limit)s
ORDER BY min(here.at) DESC LIMIT %(most)s
