-- What every request asks: the rights in force of one account, and each rule of the municipality as it stands then.
-- Parameters: account, day (in Copenhagen), at.
SELECT id, task, "group", level, NULL::boolean AS "on", NULL::varchar[] AS tasks
FROM access_authorisation
WHERE account_id = %(account)s
  AND (valid_to IS NULL OR valid_to >= %(day)s)
  AND valid_from <= %(day)s
  AND revoked_at IS NULL
UNION ALL
-- the newest row of each rule
(
    SELECT DISTINCT ON (code) 0, code, '', 0, "on", tasks
    FROM access_switch
    WHERE valid_from <= %(at)s
    ORDER BY code, valid_from DESC, id DESC
)
ORDER BY 1
