"""What is wrong with a letter template, with its place: for who loads or edits one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from indgang.foundation.letters.errors import TemplateIncomplete, TemplateWrong, UnknownField
from indgang.foundation.letters.filling import LONGEST_BODY, LONGEST_TITLE, check
from indgang.foundation.letters.merge_fields import FIELD, FIELDS
from indgang.foundation.letters.template_text import is_condition


@dataclass(frozen=True)
class TemplateFault:
    """One fault: in the title or the body, at which line and character (from 1; 0: as a whole), and what to do."""

    place: str  # title, body
    line: int
    column: int
    shown: str
    remedy: str


def faults(*, kind: str, title: str, body: str) -> list[TemplateFault]:
    """Every fault of a template as it stands in its file; none when it can be saved."""
    found = [*_sizes(title, body), *_strange("title", title), *_strange("body", body)]
    if found:
        return found
    try:
        check(kind, title, body)
    except TemplateWrong as wrong:
        return [TemplateFault("body", _number(wrong.facts["line"]), 0, str(wrong.facts["shown"]),
                              str(wrong.facts["remedy"]))]  # fmt: skip
    except (TemplateIncomplete, UnknownField) as wrong:
        return [TemplateFault("body", 0, 0, str(wrong.facts["fields"]), str(wrong))]
    return []


def _number(line: object) -> int:
    return line if isinstance(line, int) else 0


def _sizes(title: str, body: str) -> Iterator[TemplateFault]:
    for place, text, most in (("title", title, LONGEST_TITLE), ("body", body, LONGEST_BODY)):
        if not text.strip():
            yield TemplateFault(place, 0, 0, "", gettext("Skriv en tekst."))
        elif len(text) > most:
            remedy = gettext("Teksten er på {count} tegn. Skriv højst {most}.").format(count=len(text), most=most)
            yield TemplateFault(place, 0, 0, "", remedy)


def _strange(place: str, text: str) -> Iterator[TemplateFault]:
    """Every field that does not exist, at its line and character."""
    for number, line in enumerate(text.splitlines(), 1):
        for found in FIELD.finditer(line):
            if found[1] not in FIELDS and not (place == "body" and is_condition(found[0])):
                remedy = gettext("Feltet findes ikke. Ret navnet; listen står i docs/letters.md.")
                yield TemplateFault(place, number, found.start() + 1, found[0], remedy)
