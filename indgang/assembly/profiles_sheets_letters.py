"""The sheet of a profile's letter templates; the texts stand in `letters/<code>.<language>.md`."""

from indgang.assembly.profiles_columns import Sheet, one_of, shaped, text
from indgang.foundation.letters.values import Kind

LETTER_SHEETS = {
    "letter_templates": Sheet(
        {
            "code": shaped(r"[a-z0-9][a-z0-9-]{1,39}", "Skriv en kode af små bogstaver, tal og bindestreg."),
            "language": one_of("da", "en"),
            "kind": one_of(*Kind),
            "title": text(160, required=True),
        },
        ("code", "language"),
        optional=True,
    ),
}
