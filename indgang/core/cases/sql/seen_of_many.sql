-- The same as seen.sql where it is asked of many rows `c`: what one works along on and has steps of is read once, before it.
(
    {row_tells}
    OR c.id IN (SELECT case_id FROM taking_part)
)
