-- Solved at first contact: closed without hand-over, and no new contact of the same person on the same task within
-- seven days (the closing day in Copenhagen and the seven after it); counted on day eight, when that can be known.
-- Parameters: first, last (closing days, both included), today (in Copenhagen).
WITH settled AS (
    -- by index contact_closed
    SELECT id, person_id, inquirer_mail, inquirer_phone, handed_over, received_at,
           (closed_at AT TIME ZONE 'Europe/Copenhagen')::date AS closing_day
    FROM contacts_contact
    WHERE state = 'closed'
      AND direction = 'in'
      AND closed_at >= (%(first)s::date::timestamp AT TIME ZONE 'Europe/Copenhagen')
      AND closed_at < ((%(last)s::date + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen')
      AND closed_at < ((%(today)s::date - 7)::timestamp AT TIME ZONE 'Europe/Copenhagen')
),
later AS (
    -- the same person: by identity where both are known, else by the mail address or phone they gave
    SELECT s.id AS settled, n.id AS new
    FROM settled s
    JOIN contacts_contact n ON n.person_id = s.person_id
    WHERE n.received_at > s.received_at
      AND n.received_at < ((s.closing_day + 8)::timestamp AT TIME ZONE 'Europe/Copenhagen')
      AND n.id <> s.id AND n.direction = 'in'
    UNION
    SELECT s.id, n.id
    FROM settled s
    JOIN contacts_contact n ON n.inquirer_mail = s.inquirer_mail AND s.inquirer_mail > ''
    WHERE n.received_at > s.received_at
      AND n.received_at < ((s.closing_day + 8)::timestamp AT TIME ZONE 'Europe/Copenhagen')
      AND n.id <> s.id AND n.direction = 'in'
      AND (n.person_id IS NULL OR s.person_id IS NULL)
    UNION
    SELECT s.id, n.id
    FROM settled s
    JOIN contacts_contact n ON n.inquirer_phone = s.inquirer_phone AND s.inquirer_phone > '' AND n.inquirer_phone > ''
    WHERE n.received_at > s.received_at
      AND n.received_at < ((s.closing_day + 8)::timestamp AT TIME ZONE 'Europe/Copenhagen')
      AND n.id <> s.id AND n.direction = 'in'
      AND (n.person_id IS NULL OR s.person_id IS NULL)
),
repeated AS (
    -- on the same task; two contacts without any task are about the same unknown need
    SELECT DISTINCT l.settled
    FROM later l
    LEFT JOIN contacts_contacttask a ON a.contact_id = l.settled
    LEFT JOIN contacts_contacttask b ON b.contact_id = l.new
    WHERE a.task_id IS NOT DISTINCT FROM b.task_id
)
SELECT count(*) AS settled,
       count(*) FILTER (WHERE NOT s.handed_over AND r.settled IS NULL) AS solved
FROM settled s
LEFT JOIN repeated r ON r.settled = s.id
