-- Each unit's busiest half-hour of a usual week: contacts on average, times what a finished one took on average.
WITH facts AS (
    SELECT day, slot, "group", unit, contacts, finished, handling_seconds FROM insight_dailyfact
    WHERE channel = ANY(%(channels)s) AND unit = ANY(%(units)s) AND day BETWEEN %(first)s AND %(last)s
),
-- How many days of each weekday anybody came to the unit: closed days do not count down.
days AS (
    SELECT unit, EXTRACT(isodow FROM day) AS weekday, COUNT(DISTINCT day) AS number FROM facts
    WHERE contacts > 0 GROUP BY 1, 2
),
halves AS (
    SELECT facts.unit, EXTRACT(isodow FROM day) AS weekday, slot, SUM(contacts) AS contacts FROM facts GROUP BY 1, 2, 3
),
usual AS (
    SELECT unit, MAX(halves.contacts / days.number::float) AS contacts FROM halves JOIN days USING (unit, weekday)
    GROUP BY unit
),
times AS (
    SELECT unit, SUM(handling_seconds) / NULLIF(SUM(finished), 0)::float / 3600 AS hours,
        ARRAY_REMOVE(ARRAY_AGG(DISTINCT "group") FILTER (WHERE contacts > 0), '') AS groups
    FROM facts GROUP BY unit
)
SELECT unit, COALESCE(usual.contacts * times.hours, 0), usual.contacts, COALESCE(times.groups, '{}')
FROM usual JOIN times USING (unit) ORDER BY unit
