-- Tasks with all that stands on their cards, in both languages: their life situations, their questions in order and the standard
-- answers by code, these two as lists of lists in JSON. Parameter: codes.
SELECT t.code, t.title, t.title_en, t.name, t.administration_id, a.name, t.group_id, t.level, t.placed, t.decision, t.answer_hours,
       t.follow_up_id, t.summary, t.summary_en, t.owner_today, t.historic, t.replaced_by, t.frequent, t.is_new, t.in_info_list,
       ARRAY(SELECT s.lifesituation_id FROM catalogue_task_life_situations s WHERE s.task_id = t.code),
       (
           SELECT json_agg(json_build_array(q.code, q.text, q.text_en, q.required, q.options) ORDER BY q."order", q.code)::text
           FROM catalogue_question q
           WHERE q.task_id = t.code
       ),
       (
           SELECT json_agg(
               json_build_array(
                   i.code, i.subject, i.subject_en, i.body, i.body_en, i.link, i.closes, i.offers_call_back, i.phone_unit_id
               ) ORDER BY i.code
           )::text
           FROM catalogue_instantanswer i
           WHERE i.task_id = t.code
       )
FROM catalogue_task t
JOIN organisation_administration a ON a.code = t.administration_id
WHERE t.code = ANY(%(codes)s::varchar[])
ORDER BY t.code
