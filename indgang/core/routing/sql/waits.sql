-- How long people waited by phone and at the counter, per medium, group ('' is all groups), weekday (1 is Monday) and half hour of
-- the local day they began to wait in. An item counts once, with its first taking: a later one holds the talk before it.
-- What an employee opened with the citizen present was never offered and is not here.
INSERT INTO routing_expectedwait (medium, "group", weekday, half_hour, counted, median, most, made_at)
SELECT medium, coalesce("group", ''), weekday, half_hour, count(*),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY waited), percentile_disc(0.8) WITHIN GROUP (ORDER BY waited), %(at)s
FROM (
    SELECT medium, "group", waited, extract(isodow FROM began)::int AS weekday,
           (extract(hour FROM began) * 2 + extract(minute FROM began)::int / 30)::int AS half_hour
    FROM (
        SELECT DISTINCT ON (o.item_id) i.medium, i."group", o.waited,
               (o.ended_at - make_interval(secs => o.waited)) AT TIME ZONE %(zone)s AS began
        FROM routing_offer o JOIN routing_workitem i ON i.id = o.item_id
        WHERE o.result = 'accepted' AND o.ended_at > %(start)s AND o.ended_at <= %(at)s AND o.waited IS NOT NULL
          AND i.created_at > %(start)s AND i.medium = ANY(%(media)s)
        ORDER BY o.item_id, o.ended_at
    ) AS first
) AS piece
GROUP BY GROUPING SETS ((medium, "group", weekday, half_hour), (medium, weekday, half_hour))
HAVING count(*) >= %(fewest)s
