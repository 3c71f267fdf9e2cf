-- The stored mail that has been due longest, held for this attempt: counted, and not due again before the pause is over.
-- A mail somebody else is taking up just now is passed over.
UPDATE mail_rawmail
SET attempts = attempts + 1, due_at = %(at)s + %(pause)s * power(3, attempts)
WHERE id = (
    SELECT id
    FROM mail_rawmail
    WHERE state = 'stored' AND due_at <= %(at)s
    ORDER BY due_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING *
