-- Who is near each of these people: the household, and who lives up to so many house numbers away on the same street.
WITH own AS (
    SELECT id, household, spouse_id, street_key, postcode, substring(house_key FROM '^\d+')::int AS number
    FROM citizens_person
    WHERE id = ANY (%(people)s)
),
-- themselves, who lives with them, who they are married to, and whose parents they are or who are theirs
family AS (
    SELECT id AS own, id AS other FROM own
    UNION SELECT own.id, other.id FROM own JOIN citizens_person AS other ON other.household = own.household
    UNION SELECT id, spouse_id FROM own WHERE spouse_id IS NOT NULL
    UNION SELECT own.id, other.id FROM own JOIN citizens_person AS other ON other.spouse_id = own.id
    UNION SELECT own.id, bond.citizen_id FROM own JOIN citizens_representation AS bond ON bond.representative_id = own.id AND bond.role = 'parent'
    UNION SELECT own.id, bond.representative_id FROM own JOIN citizens_representation AS bond ON bond.citizen_id = own.id AND bond.role = 'parent'
)
SELECT own, other, TRUE FROM family
UNION ALL
SELECT own.id, other.id, FALSE
FROM own
JOIN citizens_person AS other ON other.street_key = own.street_key AND other.postcode = own.postcode
WHERE own.street_key <> '' AND own.number IS NOT NULL
    AND substring(other.house_key FROM '^\d+')::int BETWEEN own.number - %(houses)s AND own.number + %(houses)s
    AND NOT EXISTS (SELECT FROM family WHERE family.own = own.id AND family.other = other.id)
