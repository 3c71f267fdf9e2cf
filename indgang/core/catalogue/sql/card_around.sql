-- What stands around one card, a row each: kind, order, facts.
-- related tasks, in the order the card names them
SELECT 'related', given.number, jsonb_build_object('code', t.code, 'title', t.title, 'title_en', t.title_en)
FROM unnest(%(related)s::text[]) WITH ORDINALITY AS given(code, number)
JOIN catalogue_task t ON t.code = given.code
UNION ALL
-- each rate the card names, alone or as a group: the row of the day, else the last one known, for its label
SELECT 'rate', given.number * 1000000000 + r.id, to_jsonb(r)
FROM unnest(%(rates)s::text[]) WITH ORDINALITY AS given(code, number)
JOIN (SELECT DISTINCT code FROM catalogue_rate) named
    ON named.code = given.code OR starts_with(named.code, given.code || '.')
CROSS JOIN LATERAL (
    SELECT * FROM catalogue_rate
    WHERE catalogue_rate.code = named.code
    ORDER BY (valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)) DESC, valid_from DESC
    LIMIT 1
) r
UNION ALL
SELECT 'authority', 0, to_jsonb(a) FROM catalogue_authority a WHERE a.code = %(authority)s
UNION ALL
-- the register's row of each law the card names
SELECT 'law', 0, to_jsonb(l) FROM catalogue_law l WHERE lower(l.title) = ANY (%(laws)s::text[])
UNION ALL
-- parts of the task in force with a level of their own
SELECT 'subtask', s."order", to_jsonb(s)
FROM catalogue_subtask s
WHERE s.task_id = %(task)s AND s.valid_from <= %(day)s AND (s.valid_to IS NULL OR s.valid_to >= %(day)s)
UNION ALL
-- who was said to answer at a level, and to whom it goes on
SELECT 'interface', i.level, jsonb_build_object(
    'level', i.level, 'note', i.note, 'unit', answers.name, 'transfer_to', onwards.name)
FROM catalogue_interface i
LEFT JOIN organisation_unit answers ON answers.id = i.unit_id
LEFT JOIN organisation_unit onwards ON onwards.id = i.transfer_to_id
WHERE i.task_id = %(task)s
UNION ALL
-- co-located units with a level of their own
SELECT 'cut', c.level, jsonb_build_object('level', c.level, 'note', c.note, 'unit', u.name)
FROM catalogue_unitcut c
JOIN organisation_unit u ON u.id = c.unit_id
WHERE c.task_id = %(task)s
UNION ALL
-- the task's own facts that its card does not carry
SELECT 'facts', 0, jsonb_build_object(
    'valid_from', t.valid_from, 'source', t.source, 'central', t.central, 'central_until', t.central_until,
    'authority', t.authority, 'legal_basis', t.legal_basis, 'follow_up', u.name, 'minutes', t.minutes)
FROM catalogue_task t
LEFT JOIN organisation_unit u ON u.id = t.follow_up_id
WHERE t.code = %(task)s
ORDER BY 1, 2
