"""The files of a profile about places: administrations, units, streets, and when they are open."""

from indgang.assembly.profiles_columns import (
    Sheet,
    clock_time,
    code,
    day,
    day_or_yearly,
    decimal_or_none,
    flag,
    one_of,
    shaped,
    text,
    whole,
    whole_or_none,
)

PLACES = {
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
    "administration_register": Sheet(
        {
            "code": code(12),
            "part_of": code(12, required=False),
            "valid_from": day(required=False),
            "valid_to": day(required=False),
            "source": text(120),
        },
        ("code",),
        optional=True,
    ),
    "successions": Sheet(
        {
            "former": code(12),
            "successor": code(12),
            "unit": code(required=False),
            "day": day(),
            "source": text(120),
        },
        ("former", "unit", "day"),
        optional=True,
    ),
    "unit_counts": Sheet(
        {
            "code": code(12),
            "model": one_of("2005_today", "2006_proposal", "2006_recommendation", "2007"),
            "administration": text(60, required=True),
            "name": text(120, required=True),
            "reach": text(40),
            "count": whole_or_none(0, 100000),
            "employees": decimal_or_none("0", "100000", 1),
            "source": text(120),
        },
        ("code",),
        optional=True,
    ),
    "streets": Sheet(
        {
            "municipality": shaped(r"[0-9]{4}", "Skriv kommunens kode med fire cifre."),
            "road": shaped(r"[0-9]{4}", "Skriv vejens kode med fire cifre."),
            "street": text(60, required=True),
            "postcode": shaped(r"[0-9]{4}", "Skriv postnummeret med fire cifre."),
            "city": text(40, required=True),
            "first": whole(1, 999),
            "last": whole(1, 999),
            "district": text(60, required=True),
            "district_2006": text(60, required=True),
        },
        ("municipality", "road", "first"),
        optional=True,
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
    "counters": Sheet(
        {
            "code": code(),
            "name": text(120, required=True),
            "premises": text(120, required=True),
            "unit": code(),
            "valid_from": day(),
            "source": text(120),
        },
        ("code",),
        optional=True,
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
}
