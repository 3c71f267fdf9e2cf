"""A guidance card as a file: front matter in TOML between lines of +++, then Markdown under fixed headings. Pure.

write(parse(text)) is the canonical form; a file in that form comes out as it went in.
"""

import json
import re
import tomllib
from typing import Any

from indgang.core.catalogue import card_content as card
from indgang.core.catalogue import card_text, guides
from indgang.core.catalogue.card_fields import Places, Reader, read_fields
from indgang.core.catalogue.card_text import Fault
from indgang.core.catalogue.errors import CardFaulty

FENCE = "+++"
LONGEST = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TOML_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_SCALARS = (
    "reviewed", "review_by", "best_channel", "best_channel_why", "self_service", "self_service_why_not",
    *card.ATTRIBUTES,
)  # fmt: skip


def parse(text: str, *, name: str) -> card.CardContent:
    """The card a file holds. Raises CardFaulty with every fault: line, field, value, remedy."""
    content, faults = _parse(text, name)
    if faults or content is None:
        raise CardFaulty(name=name, faults=[card.CardFault(name, *one) for one in sorted(faults)])
    return content


def read(text: str) -> card.CardContent:
    """The card of a text that was in order when it was kept, whatever today's rules say of it."""
    content, faults = _parse(text, "")
    if content is None:
        raise CardFaulty(name="", faults=[card.CardFault("", *one) for one in faults])
    return content


def write(content: card.CardContent) -> str:
    """The card in canonical form."""
    lines = [FENCE, f"task = {_quoted(content.task)}", f"updated = {content.updated.isoformat()}"]
    for field in _SCALARS:
        value = getattr(content, field)
        lines.append(f"{field} = {_quoted(value) if isinstance(value, str) else value.isoformat()}")
    lines.append(_short_list("rates", content.rates))
    lines.append(f"authority = {_quoted(content.authority)}")
    lines += [_short_list(field, getattr(content, field)) for field in ("materials", "related")]
    lines += [line for field in card.WORD_LISTS for line in _long_list(field, getattr(content, field))]
    for law in content.laws:
        lines += ["", "[[laws]]", *(f"{field} = {_quoted(value)}" for field, value in vars(law).items())]
    for question in content.guide:
        lines += [
            "",
            "[[guide]]",
            *(f"{field} = {_quoted(getattr(question, field))}" for field in ("id", "ask", "help")),
        ]
        for answer in question.answers:
            lines += ["[[guide.answers]]", *_answer(answer)]
    lines.append(FENCE)
    for section in content.sections:
        lines += ["", f"## {card.BY_ANCHOR[section.anchor].title}", "", section.text]
    return "\n".join(lines) + "\n"


def line_of(text: str, wanted: str) -> int:
    """The line a sentence begins in, for faults found between cards; 0 when it cannot be told."""
    start = wanted.casefold()[:30]
    for number, line in enumerate(text.split("\n"), 1):
        if start in line.casefold():
            return number
    return 0


def line_of_field(text: str, field: str, value: str = "") -> int:
    """The line a field of the front matter stands in."""
    lines = text.split("\n")
    end = lines.index(FENCE, 1) if FENCE in lines[1:] else len(lines)
    return Places(lines[1:end], 2).line(field, value)


def _parse(text: str, name: str) -> tuple[card.CardContent | None, list[Fault]]:
    faults: list[Fault] = []
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    front = _front(text, faults)
    if front is None:
        return None, faults
    lines = text.split("\n")
    fields = _fields(lines[1:front], name, faults)
    sections = _sections(lines[front + 1 :], front + 2, faults)
    return (card.CardContent(**fields, sections=sections) if fields else None), faults


def _front(text: str, faults: list[Fault]) -> int | None:
    """The number of the line that ends the front matter, from 0; None when the file cannot be read on."""
    if len(text) > LONGEST:
        faults.append((0, "", "", f"Filen er for stor. Højst {LONGEST} tegn."))
        return None
    lines = text.split("\n")
    if wrong := _CONTROL.search(text):
        place = text.count("\n", 0, wrong.start()) + 1
        faults.append((place, "", f"tegn {ord(wrong.group()):02x}", "Filen indeholder et styretegn. Fjern det."))
        return None
    if lines[0].rstrip() != FENCE:
        faults.append((1, "", lines[0], "Første linje skal være +++."))
        return None
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            return number
    faults.append((1, "", "", "Linjen +++ efter felterne mangler. Tilføj den."))
    return None


def _fields(lines: list[str], name: str, faults: list[Fault]) -> dict[str, Any]:
    try:
        table = tomllib.loads("\n".join(lines) + "\n")
    except tomllib.TOMLDecodeError as wrong:
        place = _TOML_LINE.search(str(wrong))
        line = int(place.group(1)) + 1 if place else len(lines) + 1
        shown = lines[line - 2].strip() if place and line - 2 < len(lines) else ""
        faults.append((line, "felter", shown, f"Linjen kan ikke læses som TOML ({wrong}). Ret anførselstegn og komma."))
        return {}
    places = Places(lines, 2)
    reader = Reader(table, "", places, faults)
    fields = read_fields(reader)
    for field, value, remedy in guides.faults(fields["guide"]):
        faults.append((places.line(field), field, value, remedy))
    told = re.match(r"(T-\d+)\.md$", name)
    if told and fields["task"] and told.group(1) != fields["task"]:
        faults.append((places.line("task"), "task", fields["task"], f"Filen hedder {name}. Ret den ene."))
    return fields


def _sections(lines: list[str], first: int, faults: list[Fault]) -> tuple[card.SectionText, ...]:
    found, wrong = card_text.split_sections(lines, first)
    faults += wrong
    for rule, number, body in found:
        faults += card_text.section_faults(rule, number, body)
    return tuple(card.SectionText(rule.anchor, card_text.tidy(body)) for rule, _, body in found)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _short_list(field: str, values: tuple[str, ...]) -> str:
    return f"{field} = [" + ", ".join(_quoted(value) for value in values) + "]"


def _long_list(field: str, values: tuple[str, ...]) -> list[str]:
    if not values:
        return [f"{field} = []"]
    return [f"{field} = [", *(f"    {_quoted(value)}," for value in values), "]"]


def _answer(answer: card.GuideAnswer) -> list[str]:
    given = {field: value for field, value in vars(answer).items() if value or field == "text"}
    return [f"{field} = {_quoted(value)}" for field, value in given.items()]
