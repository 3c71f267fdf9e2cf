"""The sheets of a profile that say how work is given out."""

from indgang.assembly.profiles_columns import Sheet, code, day, fraction, one_of, several, text, whole, whole_or_none
from indgang.core.routing.values import MEDIA

WORK_SHEETS = {
    "service_points": Sheet(
        {
            "code": code(),
            "name": text(80, required=True),
            "name_en": text(80, required=True),
            "unit": code(required=False),
            "groups": several(code()),
            "media": several(one_of(*MEDIA)),
            "order": whole(0, 1000),
        },
        ("code",),
        optional=True,
    ),
    "pause_reasons": Sheet(
        {
            "code": code(),
            "title": text(80, required=True),
            "title_en": text(80, required=True),
            "order": whole(0, 1000),
        },
        ("code",),
        optional=True,
    ),
    "service_targets": Sheet(
        {
            "group": code(required=False),
            "task": code(12, required=False),
            "medium": one_of(*MEDIA),
            "seconds": whole_or_none(1, 5_184_000),
            "share": fraction("0.01", "1"),
            "valid_from": day(required=False),
            "source": text(160),
        },
        ("group", "task", "medium"),
        optional=True,
    ),
    "relief_groups": Sheet(
        {
            "code": code(),
            "name": text(80, required=True),
            "units": several(code()),
            "groups": several(code()),
            "media": several(one_of(*MEDIA)),
            "threshold": whole(0, 10_000),
            "live_after": whole(0, 86_400),
            "written_after": whole(0, 86_400),
            "share": fraction("0.01", "1"),
            "valid_from": day(required=False),
            "source": text(160),
        },
        ("code",),
        optional=True,
    ),
}
WORK_POINTERS = {
    ("service_points", "unit"): "units",
    ("service_points", "groups"): "groups",
    ("service_targets", "group"): "groups",
    ("service_targets", "task"): "tasks",
    ("relief_groups", "units"): "units",
    ("relief_groups", "groups"): "groups",
}
