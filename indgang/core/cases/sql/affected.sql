-- The citizen's other running cases and granted benefits that may change with one case, newest first.
-- Parameters: case, person, task, course, happened: what the course's life event is in the registers.
SELECT o.id, o.number, o.title, o.task_id, o.administration_id, o.unit_id, o.handler_id, o.course_id, o.sensitivity,
    a.code AS administration__code, a.name AS administration__name,
    coalesce(here.income_dependent AND there.income_dependent, false) AS by_income,
    coalesce(%(happened)s = ANY (there.affects), false) AS by_event
FROM cases_case o
JOIN organisation_administration a ON a.code = o.administration_id
LEFT JOIN cases_casesetting here ON here.task_id = %(task)s
LEFT JOIN cases_casesetting there ON there.task_id = o.task_id
WHERE o.person_id = %(person)s AND o.id <> %(case)s
    AND (o.progress <> 'closed' OR o.result IN ('granted', 'partly'))
    AND (
        o.course_id = %(course)s
        OR (here.income_dependent AND there.income_dependent)
        OR %(happened)s = ANY (there.affects)
    )
ORDER BY o.id DESC
