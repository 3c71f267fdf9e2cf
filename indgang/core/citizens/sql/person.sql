-- A person with what their card shows: until when they (or who they were merged into) are protected, their special group, how they
-- are reached and the businesses they speak for, each in the order they were noted. Parameter: person.
SELECT p.id, p.cpr, p.name, p.born, p.street, p.house, p.postcode, p.city, p.municipality, p.language, p.interpreter,
       p.adviser_id, p.special_group_id, p.died, p.merged_into_id, p.provisional, p.invented, p.version,
       CASE WHEN m.id IS NULL THEN p.cpr ELSE m.cpr END,
       CASE WHEN m.id IS NULL THEN p.protected_until ELSE m.protected_until END,
       coalesce(g.title, ''), coalesce(g.title_en, ''),
       (
           SELECT json_agg(json_build_array(c.kind, c.value) ORDER BY c.id)::text
           FROM citizens_contactpoint c
           WHERE c.person_id = p.id
       ),
       (
           SELECT json_agg(json_build_array(b.id, b.cvr, b.name, btrim(b.postcode || ' ' || b.city)) ORDER BY s.id)::text
           FROM citizens_businesscontact s
           JOIN citizens_business b ON b.id = s.business_id
           WHERE s.person_id = p.id
       )
FROM citizens_person p
LEFT JOIN citizens_person m ON m.id = p.merged_into_id
LEFT JOIN citizens_specialgroup g ON g.code = p.special_group_id
WHERE p.id = %(person)s
