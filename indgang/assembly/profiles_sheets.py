"""The files of a profile and what points at what."""

from indgang.assembly.profiles_columns import (
    Sheet,
    clock_time,
    code,
    day,
    day_or_yearly,
    flag,
    fraction,
    number,
    one_of,
    several,
    shaped,
    text,
    whole,
)
from indgang.foundation.access.values import Role

TASK = shaped(r"T-[0-9]{3,6}", "Skriv opgavens nummer som T-076.")
USERNAME = shaped(r"[a-z0-9][a-z0-9._-]{1,59}", "Skriv et brugernavn med små bogstaver, tal, punktum og bindestreg.")
LANGUAGE = shaped(r"[a-z]{2,3}", "Skriv et sprog med to bogstaver, for eksempel da.")
PHRASE_OF = shaped(
    r"T-[0-9]{3,6}|!emergency|!private|!other_authority",
    "Skriv en opgave som T-076, eller !emergency, !private eller !other_authority.",
)

SHEETS = {
    "administrations": Sheet(
        {"code": code(12), "name": text(120, required=True), "today": text(200), "external": flag}, ("code",)
    ),
    "units": Sheet(
        {
            "code": code(),
            "name": text(120, required=True),
            "kind": code(20),
            "administration": code(12),
            "variant": text(40),
            "district": text(60),
            "address": text(160),
            "phone": text(30),
            "mail": text(120),
            "facilities": text(300),
            "source": text(120),
        },
        ("code",),
    ),
    "opening_hours": Sheet(
        {
            "unit": code(),
            "channel": one_of("phone", "counter", "mail"),
            "weekday": whole(0, 6),
            "opens": clock_time(),
            "closes": clock_time(),
            "valid_from": day(),
            "valid_to": day(required=False),
            "source": text(120),
        },
        ("unit", "channel", "weekday", "opens", "valid_from"),
    ),
    "changed_days": Sheet(
        {
            "unit": code(required=False),
            "day": day_or_yearly,
            "opens": clock_time(required=False),
            "closes": clock_time(required=False),
            "reason": text(80, required=True),
        },
        ("unit", "day", "opens"),
    ),
    "life_situations": Sheet(
        {
            "code": code(20),
            "name": text(80, required=True),
            "name_en": text(80, required=True),
            "order": whole(0, 1000),
        },
        ("code",),
    ),
    "groups": Sheet({"code": code(), "name": text(120, required=True)}, ("code",)),
    "tasks": Sheet(
        {
            "code": TASK,
            "name": text(160, required=True),
            "title": text(160, required=True),
            "title_en": text(160, required=True),
            "administration": code(12),
            "group": code(),
            "level": whole(1, 3),
            "in_info_list": flag,
            "in_rule_list": flag,
            "in_po_list": flag,
            "in_not_placed_list": flag,
            "is_new": flag,
            "decision": flag,
            "follow_up": code(required=False),
            "life_situations": several(code(20)),
            "answer_hours": number("0.25", "999"),
            "owner_today": text(200),
            "historic": flag,
            "replaced_by": text(200),
            "frequent": flag,
            "valid_from": day(),
            "valid_to": day(required=False),
            "source": text(200),
        },
        ("code",),
    ),
    "tasks_text": Sheet({"code": TASK, "summary": text(4000), "summary_en": text(4000)}, ("code",)),
    "phrases": Sheet(
        {
            "task": PHRASE_OF,
            "language": one_of("da", "en"),
            "weight": fraction("0.1", "5"),
            "text": text(200, required=True),
        },
        ("task", "language", "text"),
    ),
    "questions": Sheet(
        {
            "task": TASK,
            "code": code(),
            "order": whole(0, 1000),
            "required": flag,
            "text": text(200, required=True),
            "text_en": text(200, required=True),
        },
        ("task", "code"),
    ),
    "question_options": Sheet(
        {
            "task": TASK,
            "question": code(),
            "code": code(),
            "text": text(200, required=True),
            "text_en": text(200, required=True),
            "goes_to": code(12, required=False),
            "answer": code(required=False),
        },
        ("task", "question", "code"),
    ),
    "answers": Sheet(
        {
            "task": TASK,
            "code": code(),
            "subject": text(160, required=True),
            "subject_en": text(160, required=True),
            "link": text(200),
            "closes": flag,
            "offers_call_back": flag,
            "phone_unit": code(required=False),
        },
        ("task", "code"),
    ),
    "employees": Sheet(
        {
            "username": USERNAME,
            "name": text(120, required=True),
            "title": text(120, required=True),
            "unit": code(),
            "employer": code(12),
            "manager": text(60),
            "languages": several(LANGUAGE),
            "roles": several(one_of(*Role.values)),
            "overflow": flag,
            "mail": text(120),
            "phone": text(30),
        },
        ("username",),
    ),
    "competences": Sheet(
        {"username": USERNAME, "group": code(), "proficiency": whole(1, 5), "level": whole(1, 3)},
        ("username", "group"),
    ),
    "authorisations": Sheet(
        {
            "username": USERNAME,
            "task_or_group": code(),
            "level": whole(1, 3),
            "valid_from": day(required=False),
            "valid_to": day(required=False),
        },
        ("username", "task_or_group", "level", "valid_from"),
    ),
}

# (file, column) -> the file whose first column it names; empty cells name nothing.
POINTERS = {
    ("units", "administration"): "administrations",
    ("opening_hours", "unit"): "units",
    ("changed_days", "unit"): "units",
    ("tasks", "administration"): "administrations",
    ("tasks", "group"): "groups",
    ("tasks", "follow_up"): "units",
    ("tasks", "life_situations"): "life_situations",
    ("tasks_text", "code"): "tasks",
    ("questions", "task"): "tasks",
    ("question_options", "task"): "tasks",
    ("question_options", "goes_to"): "tasks",
    ("answers", "task"): "tasks",
    ("answers", "phone_unit"): "units",
    ("employees", "unit"): "units",
    ("employees", "employer"): "administrations",
    ("employees", "manager"): "employees",
    ("competences", "username"): "employees",
    ("competences", "group"): "groups",
    ("authorisations", "username"): "employees",
}
