-- The first page of a list of contacts beside how many there are, counted no further than asked, along the index of the order,
-- newest first; no row where there is none. In braces: the question the list asks.
-- Parameters, in this order: the question's, how far to count, how many to show.
SELECT count(*) OVER () AS number, listed.*
FROM (SELECT * FROM ({rows}) AS asked ORDER BY id DESC LIMIT %s) AS listed
ORDER BY id DESC
LIMIT %s
