-- One page of a person's timeline over all channels, newest first, each line with what decides who may read its contact (see
-- grounds.sql; in braces the columns of ground.sql).
-- Parameters: person, before and before_key (the last line of the page before, or null), limit, and those of ground.sql.
WITH mine AS (
    -- by index contact_person: cost follows this person's contacts, not the table
    SELECT id, reference, channel, subject, received_at, closed_at, outcome
    FROM contacts_contact
    WHERE person_id = %(person)s
    UNION ALL
    -- and those in which somebody spoke for them, by index contact_representing
    SELECT id, reference, channel, subject, received_at, closed_at, outcome
    FROM contacts_contact
    WHERE representing_id = %(person)s AND person_id IS DISTINCT FROM %(person)s
),
lines AS (
    -- what was said, in and out and inside; one step into index message_contact per contact, whatever the planner
    -- believes of the table's size (OFFSET 0 keeps it from joining whole tables)
    SELECT m.at, 'message' AS kind, mine.id AS contact, mine.reference, m.medium AS channel,
           m.direction AS what, COALESCE(NULLIF(m.subject, ''), mine.subject) AS title, left(m.body, 4000) AS body,
           m.author, 'm' || m.id::text AS key
    FROM mine
    CROSS JOIN LATERAL (SELECT * FROM contacts_message WHERE contact_id = mine.id OFFSET 0) m
    UNION ALL
    -- when each contact began
    SELECT received_at, 'event', id, reference, channel, 'received', subject, '', '', 'a' || id::text
    FROM mine
    UNION ALL
    -- how each ended contact ended
    SELECT closed_at, 'event', id, reference, channel, outcome, subject, '', '', 'z' || id::text
    FROM mine
    WHERE closed_at IS NOT NULL
),
page AS MATERIALIZED (
    SELECT at, kind, contact, reference, channel, what, title, body, author, key
    FROM lines
    WHERE %(before)s::timestamptz IS NULL OR (at, key) < (%(before)s::timestamptz, %(before_key)s::text)
    ORDER BY at DESC, key DESC
    LIMIT %(limit)s
),
ground AS MATERIALIZED (
    -- once for each contact, however many lines it has
    SELECT c.id, c.handler_id, c.unit_id, c.person_id, c.representing_id, c.state, c.closed_at,
           {ground}
    FROM (SELECT DISTINCT contact FROM page) AS shown
    CROSS JOIN LATERAL (SELECT * FROM contacts_contact WHERE id = shown.contact OFFSET 0) c
)
SELECT page.*, ground.*
FROM page
JOIN ground ON ground.id = page.contact
ORDER BY page.at DESC, page.key DESC
