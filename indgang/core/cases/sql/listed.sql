-- The columns of presenting.Listed, of a case `c` with its task `t`, unit `u` and citizen `p`.
c.id, c.number, c.title, c.task_id, t.title, t.title_en, c.administration_id, c.unit_id, u.name, c.handler_id, c.progress,
    c.waiting, c.waiting_until, c.deadline, c.result, c.opened_at, c.closed_at, c.person_id, p.name, p.protected_until, c.course_id,
    c.version
