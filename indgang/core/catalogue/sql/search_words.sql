-- The tasks in whose words some lexeme stands, by concept, and the phrases that share a lexeme; a line of one kind leaves the
-- columns of the other empty. Where a word stands: D part of a compound, C summary, B name, A title or phrase. Said in several
-- phrases it counts up to 1.64 times as much (ts_rank), so the task a word is typical of goes before one that only mentions it.
-- Parameters: one_hit (ts_rank of a single word with weight 1), concepts, languages, lexemes and sure (of the options, in step).
WITH option AS MATERIALIZED (
    SELECT concept, language, lexeme, sure
    FROM unnest(%(concepts)s::int[], %(languages)s::text[], %(lexemes)s::text[], %(sure)s::float[])
        AS given(concept, language, lexeme, sure)
)
SELECT s.task_id AS target, q.concept, max(q.sure * ts_rank('{0.35, 0.25, 0.8, 1}', s.vector, q.word) / %(one_hit)s) AS strength,
       NULL::varchar AS language, NULL::float AS weight, NULL::varchar[] AS lexemes
FROM (SELECT concept, language, sure, ('''' || lexeme || '''')::tsquery AS word FROM option) q
JOIN catalogue_searchrow s ON s.language = q.language AND s.vector @@ q.word
GROUP BY s.task_id, q.concept
UNION ALL
SELECT COALESCE(p.task_id, '!' || p.notice), NULL, NULL, p.language, p.weight, p.lexemes
FROM catalogue_phrase p
WHERE p.lexemes && %(lexemes)s::varchar[]
  AND p.language = ANY(%(languages)s::varchar[])
