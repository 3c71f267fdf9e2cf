-- What there are facts of, with how many and between which days; small, so that a page can offer it as choices.
INSERT INTO insight_series (channel, "group", unit, first, last, contacts)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (channel, "group", unit) DO UPDATE SET
    first = LEAST(insight_series.first, EXCLUDED.first),
    last = GREATEST(insight_series.last, EXCLUDED.last),
    contacts = insight_series.contacts + EXCLUDED.contacts
