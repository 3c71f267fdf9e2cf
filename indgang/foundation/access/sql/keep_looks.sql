-- Looks of one viewer at one moment, in one statement. Parameters: at, actor, kind, purpose, and by look ids, citizens,
-- sources, outcomes.
INSERT INTO access_lookup (id, at, actor, citizen, kind, purpose, source, outcome)
SELECT look.id, %(at)s, %(actor)s, look.citizen, %(kind)s, %(purpose)s, look.source, look.outcome
FROM unnest(%(ids)s::uuid[], %(citizens)s::uuid[], %(sources)s::text[], %(outcomes)s::text[])
    AS look (id, citizen, source, outcome)
