"""What a template asks for: its fields in their order, which may stay empty, and how each is filled in."""

import re

from django.utils.translation import get_language

from indgang.foundation.letters.filling import body_of
from indgang.foundation.letters.merge_fields import FIELDS, used
from indgang.foundation.letters.template_text import parts
from indgang.foundation.letters.values import TemplateField, TemplateRow

_DAY = re.compile(r"\d{1,2}\. [a-z]+ \d{4}")


def fields_of(row: TemplateRow) -> tuple[TemplateField, ...]:
    """The fields of a template, each once; one that only stands in parts of its own may be left empty."""
    found = parts(row.body)
    always = {*used(row.title), *used(body_of([part for part in found if not part.fields]))}
    english = (get_language() or "da").startswith("en")
    named = dict.fromkeys([*used(row.title), *used(body_of(found))])
    return tuple(
        TemplateField(name, FIELDS[name].what_en if english else FIELDS[name].what, name in always, _shape(name))
        for name in named
        if name in FIELDS
    )


def _shape(name: str) -> str:
    """As its sample is written: a day, several lines, or words."""
    sample = FIELDS[name].sample
    if _DAY.fullmatch(sample):
        return "day"
    return "lines" if "\n" in sample else "words"
