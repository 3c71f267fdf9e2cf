-- A further page of a list of contacts beside how many there are, counted no further than asked; both along the index of the order, newest
-- first. Always at least one row. In braces: the question the list asks.
-- Parameters, in this order: the question's, how far to count, the question's, where the page begins, how many to show.
SELECT counted.number, page.*
FROM (
    SELECT count(*) AS number
    FROM (SELECT id FROM ({rows}) AS listed ORDER BY id DESC LIMIT %s) AS seen
) AS counted
LEFT JOIN (
    SELECT * FROM ({rows}) AS listed WHERE id < %s ORDER BY id DESC LIMIT %s
) AS page ON true
ORDER BY page.id DESC
