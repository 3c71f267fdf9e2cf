-- Looks of one viewer at one moment, in one statement. Parameters: at, actor, purpose, and by look ids, citizens, kinds,
-- sources, outcomes.
INSERT INTO access_lookup (id, at, actor, citizen, kind, purpose, source, outcome)
SELECT look.id, %(at)s, %(actor)s, look.citizen, look.kind, %(purpose)s, look.source, look.outcome
FROM unnest(%(ids)s::uuid[], %(citizens)s::uuid[], %(kinds)s::text[], %(sources)s::text[], %(outcomes)s::text[])
    AS look (id, citizen, kind, source, outcome)
