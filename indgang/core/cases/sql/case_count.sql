-- How many cases a list has, counted no further than `size`; see case_rows.sql. In the list's order, or an index of another is walked.
WITH {taking_part}
SELECT count(*) FROM (SELECT FROM cases_case c WHERE {asked} ORDER BY {ordered} LIMIT %(size)s) counted
