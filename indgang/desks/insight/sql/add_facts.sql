-- Add numbers to the fact of one half-hour, channel, task group and unit.
INSERT INTO insight_dailyfact (day, slot, channel, "group", unit, contacts, finished, handling_seconds)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (day, slot, channel, "group", unit) DO UPDATE SET
    contacts = insight_dailyfact.contacts + EXCLUDED.contacts,
    finished = insight_dailyfact.finished + EXCLUDED.finished,
    handling_seconds = insight_dailyfact.handling_seconds + EXCLUDED.handling_seconds
