-- Count one login attempt against a name and an address, atomically over all processes; one row per key comes back.
-- An attempt is counted as failed before its password is looked at and un-counted if it succeeds, so that no number of
-- simultaneous attempts gets more passwords checked than the limit.
-- Rows are taken in the order of their keys, so that two attempts never wait for each other crosswise.
INSERT INTO access_failedlogins AS row (key, count, first_at, locked_until)
SELECT key, 1, %(at)s, NULL
FROM unnest(%(keys)s::text[]) AS key
ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    -- a lock that has run out, or a window that has passed without one, starts afresh
    count = CASE
        WHEN row.locked_until <= %(at)s OR (row.locked_until IS NULL AND row.first_at <= %(at)s - %(window)s) THEN 1
        ELSE LEAST(row.count + 1, 1000000)
    END,
    first_at = CASE
        WHEN row.locked_until <= %(at)s OR (row.locked_until IS NULL AND row.first_at <= %(at)s - %(window)s) THEN %(at)s
        ELSE row.first_at
    END,
    -- the attempt that reaches the limit sets the lock; later ones do not prolong it
    locked_until = CASE
        WHEN row.locked_until > %(at)s THEN row.locked_until
        WHEN row.first_at > %(at)s - %(window)s AND row.locked_until IS NULL
            AND row.count + 1 >= CASE WHEN row.key LIKE 'name:%%' THEN %(name_limit)s ELSE %(address_limit)s END
            THEN %(at)s + %(locked_for)s
    END
RETURNING row.key, row.count, row.locked_until
