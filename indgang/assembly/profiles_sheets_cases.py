"""The sheets of a profile that say how cases are handled, and what they begin with."""

from indgang.assembly.profiles_columns import Sheet, code, flag, one_of, several, text, whole, whole_or_none
from indgang.core.cases.values import NoticeKind, Retention, Sensitivity

CASE_SHEETS = {
    "case_settings": Sheet(
        {
            "task": code(12),
            "answer_working_days": whole_or_none(1, 1000),
            "legal_basis": text(300),
            "appeal_body": text(160),
            "appeal_weeks": whole_or_none(1, 52),
            "appeal_resort": flag,
            "complaint_working_days": whole_or_none(1, 366),
            "complaint_rule": text(300),
            "hearing_days": whole(1, 365),
            "sensitivity": one_of("", *Sensitivity.values),
            "retention": one_of("", *Retention.values),
            "retention_years": whole_or_none(1, 100),
            "affects": several(code(12)),
            "income_dependent": flag,
            "source": text(200),
        },
        ("task",),
        optional=True,
    ),
    "step_templates": Sheet(
        {
            "task": code(12, required=False),
            "life_event": code(20, required=False),
            "order": whole(0, 1000),
            "title": text(160, required=True),
            "title_en": text(160, required=True),
            "level": whole(1, 3),
            "working_days": whole_or_none(1, 1000),
            "source": text(200),
        },
        ("task", "life_event", "order"),
        optional=True,
    ),
    "notice_rules": Sheet(
        {
            "kind": one_of(*NoticeKind.values),
            "task": code(12, required=False),
            "working_days": whole(1, 100),
            "words": text(160, required=True),
            "words_en": text(160, required=True),
            "source": text(200),
        },
        ("kind", "task"),
        optional=True,
    ),
}
CASE_POINTERS = {
    ("case_settings", "task"): "tasks",
    ("step_templates", "task"): "tasks",
    ("notice_rules", "task"): "tasks",
    ("step_templates", "life_event"): "life_events",
}
