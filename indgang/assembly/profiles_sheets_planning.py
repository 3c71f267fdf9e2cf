"""The sheets of a profile that planners read: lines of budgets, months of capacity, volumes of a year."""

from indgang.assembly.profiles_columns import (
    Sheet,
    code,
    day,
    decimal_or_none,
    flag,
    number,
    one_of,
    shaped,
    text,
    whole,
    whole_or_none,
)
from indgang.desks.planning.values import CHANNELS

_MONTH = shaped(r"[0-9]{4}-(0[1-9]|1[0-2])", "Skriv en måned som 2005-01.")
PLANNING_SHEETS = {
    "cost_lines": Sheet(
        {
            "case": code(),
            "section": code(),
            "line": text(160, required=True),
            "bearer": text(120),
            "year": whole(1990, 2100),
            "thousand_dkk": number("-99999999", "99999999"),
            "price_level": whole(1990, 2100),
            "account": text(40),
            "printed": flag,
            "source": text(120),
            "note": text(300),
        },
        ("case", "section", "line", "bearer", "year"),
        optional=True,
    ),
    "capacity_months": Sheet(
        {
            "month": _MONTH,
            "tasks": whole(0, 100_000_000),
            "printed_year": whole_or_none(0, 999_999_999),
            "printed_utilisation": decimal_or_none("0", "999"),
            "printed_index": whole_or_none(0, 100_000),
            "source": text(120),
        },
        ("month",),
        optional=True,
    ),
    "volumes": Sheet(
        {
            "code": code(),
            "title": text(160, required=True),
            "title_en": text(160, required=True),
            "channel": one_of(*CHANNELS),
            "per_year": whole(0, 100_000_000),
            "share": number("0", "1", 4),
            "part_of": code(required=False),
            "is_sum": flag,
            "valid_from": day(),
            "valid_to": day(required=False),
            "source": text(120),
            "note": text(300),
        },
        ("code",),
        optional=True,
    ),
}
