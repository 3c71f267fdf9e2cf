"""The files of a profile and what points at what."""

from indgang.assembly.profiles_columns import (
    Sheet,
    code,
    day,
    decimal_or_none,
    flag,
    fraction,
    number,
    one_of,
    several,
    shaped,
    text,
    whole,
    whole_or_none,
)
from indgang.assembly.profiles_sheets_cards import CARD_POINTERS, CARD_SHEETS
from indgang.assembly.profiles_sheets_cases import CASE_POINTERS, CASE_SHEETS
from indgang.assembly.profiles_sheets_letters import LETTER_SHEETS
from indgang.assembly.profiles_sheets_places import PLACES
from indgang.assembly.profiles_sheets_planning import PLANNING_SHEETS
from indgang.assembly.profiles_work import WORK_POINTERS, WORK_SHEETS
from indgang.core.catalogue.values import NotPlaced
from indgang.foundation.access.values import Role

TASK = shaped(r"T-[0-9]{3,6}", "Skriv opgavens nummer som T-076.")
USERNAME = shaped(r"[a-z0-9][a-z0-9._-]{1,59}", "Skriv et brugernavn med små bogstaver, tal, punktum og bindestreg.")
LANGUAGE = shaped(r"[a-z]{2,3}", "Skriv et sprog med to bogstaver, for eksempel da.")
PHRASE_OF = shaped(
    r"T-[0-9]{3,6}|!emergency|!private|!other_authority",
    "Skriv en opgave som T-076, eller !emergency, !private eller !other_authority.",
)
SAYING_OF = shaped(
    r"T-[0-9]{3,6}|!emergency|!private|!other_authority|!unclear",
    "Skriv en opgave som T-076, eller !emergency, !private, !other_authority eller !unclear.",
)

SHEETS = {
    **PLACES,
    **CARD_SHEETS,
    **LETTER_SHEETS,
    **CASE_SHEETS,
    **PLANNING_SHEETS,
    "courses": Sheet(
        {"code": code(), "name": text(120, required=True), "months": whole_or_none(1, 240)}, ("code",), optional=True
    ),
    "group_rules": Sheet(
        {"group": code(), "course": code(required=False), "side": one_of("", "job_centre", "benefit_office")},
        ("group",),
        optional=True,
    ),
    "trainings": Sheet(
        {"username": USERNAME, "course": code(), "passed_on": day()}, ("username", "course", "passed_on"), optional=True
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
    "life_events": Sheet(
        {
            "code": code(20),
            "situation": code(20),
            "name": text(80, required=True),
            "name_en": text(80, required=True),
            "order": whole(0, 1000),
        },
        ("code",),
        optional=True,
    ),
    "life_event_tasks": Sheet(
        {
            "event": code(20),
            "task": TASK,
            "order": whole(0, 1000),
            "words": text(120, required=True),
            "words_en": text(120, required=True),
        },
        ("event", "task"),
        optional=True,
    ),
    "task_facts": Sheet(
        {
            "code": TASK,
            "not_placed_reason": one_of("", *NotPlaced.values),
            "volume": whole_or_none(0, 100_000_000),
            "volume_source": text(160),
            "minutes": decimal_or_none("0.1", "9999", 1),
            "minutes_source": text(160),
            "authority": text(120),
            "legal_basis": text(300),
            "central": flag,
            "central_until": day(required=False),
        },
        ("code",),
        optional=True,
    ),
    "subtasks": Sheet(
        {
            "code": shaped(r"T-[0-9]{3,6}\.[0-9]{1,3}", "Skriv delopgavens nummer som T-076.1."),
            "task": TASK,
            "order": whole(0, 1000),
            "title": text(160, required=True),
            "title_en": text(160, required=True),
            "level": whole(1, 3),
            "decision": flag,
            "minutes": decimal_or_none("0.1", "9999", 1),
            "valid_from": day(),
            "valid_to": day(required=False),
            "source": text(160),
        },
        ("code",),
        optional=True,
    ),
    "principles": Sheet(
        {
            "task": TASK,
            "number": whole(1, 7),
            "answer": one_of("yes", "no", "unknown"),
            "note": text(300),
            "source": text(160),
        },
        ("task", "number"),
        optional=True,
    ),
    "reply_templates": Sheet(
        {
            "code": code(),
            "language": one_of("da", "en"),
            "task": code(12, required=False),
            "title": text(120, required=True),
            "body": text(4000, required=True),
        },
        ("code", "language"),
        optional=True,
    ),
    "mailboxes": Sheet(
        {
            "address": text(254, required=True),
            "treatment": one_of("kept", "replaced", "forwarded"),
            "unit": code(required=False),
            "note": text(200),
            "source": text(120),
        },
        ("address",),
        optional=True,
    ),
    "materials": Sheet(
        {
            "code": code(),
            "kind": one_of("form", "leaflet"),
            "title": text(160, required=True),
            "title_en": text(160, required=True),
            "link": text(200, required=True),
            "tasks": several(TASK),
            "source": text(120),
        },
        ("code",),
        optional=True,
    ),
    "special_groups": Sheet(
        {
            "code": code(),
            "title": text(120, required=True),
            "title_en": text(120, required=True),
            "unit": code(),
            "source": text(160),
        },
        ("code",),
        optional=True,
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
    "sayings": Sheet(
        {"task": SAYING_OF, "language": one_of("da", "en"), "text": text(600, required=True)},
        ("task", "language", "text"),
        optional=True,
    ),
    "concepts": Sheet({"concept": code(), "words": text(4000, required=True)}, ("concept",), optional=True),
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
} | WORK_SHEETS

# (file, column) -> the file whose first column it names; empty cells name nothing.
POINTERS = {
    **CARD_POINTERS,
    **CASE_POINTERS,
    ("units", "administration"): "administrations",
    ("administration_register", "code"): "administrations",
    ("administration_register", "part_of"): "administrations",
    ("successions", "former"): "administrations",
    ("successions", "successor"): "administrations",
    ("successions", "unit"): "units",
    ("group_rules", "group"): "groups",
    ("group_rules", "course"): "courses",
    ("trainings", "username"): "employees",
    ("trainings", "course"): "courses",
    ("counters", "unit"): "units",
    ("opening_hours", "unit"): "units",
    ("changed_days", "unit"): "units",
    ("tasks", "administration"): "administrations",
    ("tasks", "group"): "groups",
    ("tasks", "follow_up"): "units",
    ("tasks", "life_situations"): "life_situations",
    ("special_groups", "unit"): "units",
    ("tasks_text", "code"): "tasks",
    ("life_events", "situation"): "life_situations",
    ("life_event_tasks", "event"): "life_events",
    ("life_event_tasks", "task"): "tasks",
    ("task_facts", "code"): "tasks",
    ("subtasks", "task"): "tasks",
    ("principles", "task"): "tasks",
    ("reply_templates", "task"): "tasks",
    ("materials", "tasks"): "tasks",
    ("mailboxes", "unit"): "units",
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
} | WORK_POINTERS
