-- Looks at people who are near the employee, as the pairs say; finding neighbours and colleagues in a list of hits is no find.
SELECT near.rule, look.actor, min(look.at), count(*), look.citizen
FROM unnest(%(rules)s::text[], %(actors)s::text[], %(citizens)s::uuid[]) AS near (rule, actor, citizen)
JOIN access_lookup AS look ON look.actor = near.actor AND look.citizen = near.citizen
WHERE look.at >= %(since)s AND look.at < %(until)s AND (near.rule = 'own_household' OR look.kind <> 'search')
    AND look.kind <> 'contact_row'  -- the list chose the row, not the employee
GROUP BY near.rule, look.actor, look.citizen
ORDER BY min(look.at) DESC LIMIT %(most)s
