-- What is known before registers are asked about a person: how each does, and what it said about them since a moment.
-- Parameters: sources, alive (how exactly it is known when one last answered), person, since.
SELECT one.source, c.failures, c.paused_until > clock_timestamp(), c.answered_at > clock_timestamp() - %(alive)s::interval,
    r.facts::text
FROM unnest(%(sources)s::text[]) AS one (source)
LEFT JOIN registers_condition c ON c.source = one.source
LEFT JOIN registers_remembered r ON r.person = %(person)s AND r.source = one.source AND r.as_of > %(since)s
