"""The files of a profile that guidance cards name: other authorities, dated rates, the register of laws."""

from indgang.assembly.profiles_columns import (
    Sheet,
    code,
    day,
    decimal_or_none,
    flag,
    several,
    shaped,
    text,
)

_TASK = shaped(r"T-[0-9]{3,6}", "Skriv opgavens nummer som T-076.")
_ADDRESS = shaped(r"(https://\S{1,190})?", "Skriv adressen som https://… eller intet.")
_RATE = shaped(r"[a-z_0-9]+(\.[a-z_0-9]+)+", "Skriv satsens nøgle som housing_benefit.max_benefit.")

CARD_SHEETS = {
    "authorities": Sheet(
        {
            "code": code(),
            "name": text(120, required=True),
            "what": text(400, required=True),
            "opening": text(200),
            "phone": text(80),
            "link": _ADDRESS,
            "tasks": several(_TASK),
            "source": text(160),
        },
        ("code",),
        optional=True,
    ),
    "rates": Sheet(
        {
            "code": _RATE,
            "label": text(160, required=True),
            "amount": decimal_or_none("0", "999999999"),
            "unit": text(20, required=True),
            "valid_from": day(),
            "valid_to": day(required=False),
            "source": text(200, required=True),
            "estimated": flag,
        },
        ("code", "valid_from"),
        optional=True,
    ),
    "laws": Sheet(
        {
            "code": code(),
            "title": text(200, required=True),
            "eli": text(120),
            "version": text(120),
            "checked_on": day(required=False),
            "replaced_by": text(200),
            "source": text(160),
        },
        ("code",),
        optional=True,
    ),
}
CARD_POINTERS = {("authorities", "tasks"): "tasks"}
