-- So many invented cases with a primary party, their progress, two lines of journal, a deadline while they are open,
-- and three documents of one version each. Everything is drawn from what is handed in; rows only, no events, no steps.
WITH drawn AS MATERIALIZED (
    SELECT n,
           random() < %(open_share)s AS is_open,
           random() AS age,
           1 + floor(random() * cardinality(%(tasks)s::varchar[]))::int AS place,
           1 + floor(random() * cardinality(%(people)s::uuid[]))::int AS person,
           random() AS luck
    FROM generate_series(1, %(count)s) AS n
),
-- open ones are of the last two months (their papers are not of days to come), the others of the years before
timed AS MATERIALIZED (
    SELECT drawn.*,
           %(at)s::timestamptz - CASE WHEN is_open THEN interval '4 days' + age * interval '56 days' ELSE interval '30 days' + age * interval '1800 days' END AS opened,
           extract(year FROM %(at)s::timestamptz - CASE WHEN is_open THEN interval '4 days' + age * interval '56 days' ELSE interval '30 days' + age * interval '1800 days' END)::text
               || CASE WHEN running < 1000000 THEN lpad(running::text, 6, '0') ELSE running::text END AS digits
    FROM (SELECT drawn.*, nextval('cases_number') AS running FROM drawn) AS drawn
),
-- the check digit (Luhn): from the right, every second digit counts double, the last one first
numbered AS MATERIALIZED (
    SELECT timed.*,
           left(digits, 4) || '-' || substr(digits, 5) || '-' || (
               SELECT ((10 - sum(CASE WHEN (length(digits) - k) %% 2 = 0
                                      THEN (d * 2) / 10 + (d * 2) %% 10 ELSE d END) %% 10) %% 10)::text
               FROM (SELECT k, substr(digits, k, 1)::int AS d FROM generate_series(1, length(digits)) AS k) AS each
           ) AS number,
           (lpad(to_hex((extract(epoch FROM opened) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
               || '8' || substr(md5(random()::text || n), 1, 15))::uuid AS id
    FROM timed
),
cases AS (
    INSERT INTO cases_case (id, number, title, task_id, administration_id, unit_id, handler_id, person_id, progress,
        waiting, raised_by, sensitivity, legal_basis, kle, facet, retention, retention_years, result, level, opened_at,
        deadline, decided_at, closed_at, reopened, version)
    SELECT id, number, (%(titles)s::varchar[])[place], (%(tasks)s::varchar[])[place],
           (%(administrations)s::varchar[])[place], (%(units)s::bigint[])[place],
           CASE WHEN luck < 0.15 AND is_open THEN NULL ELSE (%(handlers)s::bigint[])[place] END,
           (%(people)s::uuid[])[person],
           CASE WHEN NOT is_open THEN 'closed' WHEN luck < 0.6 THEN 'opened' WHEN luck < 0.9 THEN 'informed' ELSE 'decided' END,
           CASE WHEN is_open AND luck > 0.5 AND luck < 0.7 THEN 'citizen' ELSE '' END,
           'application', (%(sensitivities)s::varchar[])[place], '', '', '', 'K', 5,
           CASE WHEN is_open AND luck < 0.9 THEN '' WHEN luck < 0.75 THEN 'granted' ELSE 'refused' END,
           (%(levels)s::smallint[])[place], opened, opened + interval '28 days',
           CASE WHEN NOT is_open OR luck >= 0.9 THEN opened + interval '20 days' END,
           CASE WHEN NOT is_open THEN opened + interval '25 days' END, 0, 1
    FROM numbered
    RETURNING id, number, title, person_id, progress, opened_at, deadline, closed_at, handler_id
),
parties AS (
    INSERT INTO cases_party (case_id, person_id, name, role, valid_from)
    SELECT id, person_id, '', 'primary', opened_at FROM cases
),
progress AS (
    INSERT INTO cases_progresschange (case_id, progress, at, ground)
    SELECT id, 'opened', opened_at, '' FROM cases
    UNION ALL SELECT id, 'closed', closed_at, '' FROM cases WHERE closed_at IS NOT NULL
),
deadlines AS (
    INSERT INTO cases_deadline (case_id, kind, due_at, first_due_at, ground, version)
    SELECT id, 'answer', deadline, deadline, '', 1 FROM cases WHERE progress IN ('opened', 'informed')
),
entries AS (
    INSERT INTO cases_journalentry (id, case_id, at, kind, theme, body, oral_facts, channel, author, internal,
        internal_ground, version)
    SELECT (lpad(to_hex((extract(epoch FROM opened_at + one.later) * 1000)::bigint), 12, '0') || '7' || substr(salt, 1, 3)
               || '8' || substr(salt, 4, 15))::uuid, id, opened_at + one.later, one.kind, one.theme,
           CASE WHEN one.kind = 'note' THEN one.body ELSE '' END,
           one.kind = 'note', one.channel, 'system:generator', false, '', 1
    FROM cases CROSS JOIN (VALUES
        (interval '0', 'contact', 'Henvendelse om sagen', '', 'mail'),
        (interval '1 day', 'note', 'Notat om oplysninger', 'Borgeren har oplyst om sin situation.', 'phone')
    ) AS one (later, kind, theme, body, channel)
    CROSS JOIN LATERAL (SELECT md5(id::text || one.kind) AS salt) AS salted
),
documents AS (
    INSERT INTO cases_document (id, case_id, title, kind, dated, channel, internal, internal_ground, other_parties, scan,
        current, final, author, version)
    SELECT (lpad(to_hex((extract(epoch FROM opened_at + k * interval '1 day') * 1000)::bigint), 12, '0') || '7'
               || substr(salt, 1, 3) || '8' || substr(salt, 4, 15))::uuid, id, (%(names)s::varchar[])[1 + (k + floor(random() * cardinality(%(names)s::varchar[]))::int)
               %% cardinality(%(names)s::varchar[])],
           CASE k WHEN 1 THEN 'in' WHEN 2 THEN 'out' ELSE 'internal' END, opened_at + k * interval '1 day',
           CASE k WHEN 1 THEN 'mail' ELSE '' END, k = 3, CASE k WHEN 3 THEN 'Offentlighedsloven § 23' ELSE '' END, false,
           'clean', 1, k = 2, 'system:generator', 1
    FROM cases CROSS JOIN generate_series(1, 3) AS k
    CROSS JOIN LATERAL (SELECT md5(id::text || k) AS salt) AS salted
    RETURNING id, title, dated
)
INSERT INTO cases_documentversion (id, document_id, number, name, media_type, size, digest, pages, damaged, scan_found,
    read_at, tries, words, at, author, note)
SELECT id, id, 1, title || '.txt', 'text/plain', (%(sizes)s::bigint[])[pick], (%(digests)s::varchar[])[pick],
       1, '', '', dated, 0,
       array_to_tsvector((%(lexemes)s::text[])[pick:pick] || ARRAY[
           vocabulary[1 + floor(random() * size)::int], vocabulary[1 + floor(random() * size)::int],
           vocabulary[1 + floor(random() * size)::int], vocabulary[1 + floor(random() * size)::int]]),
       dated, 'system:generator', ''
FROM (SELECT documents.*, 1 + floor(random() * cardinality(%(digests)s::varchar[]))::int AS pick,
             %(vocabulary)s::text[] AS vocabulary, cardinality(%(vocabulary)s::text[]) AS size FROM documents) AS made
