"""Puts values into a template, and says what every template of a kind must hold."""

from collections.abc import Mapping

from django.utils.translation import gettext

from indgang.foundation.letters.errors import TemplateIncomplete, UnknownField, WrongOutcome, WrongTable
from indgang.foundation.letters.merge_fields import FIELD, FIELDS, put, unknown, used
from indgang.foundation.letters.printable import blank
from indgang.foundation.letters.template_text import OUTCOMES, Part, Shape, cells, parts
from indgang.foundation.letters.values import (
    Block,
    Box,
    Filled,
    Heading,
    Kind,
    Listing,
    Outcome,
    Paragraph,
    Signature,
    Table,
)

LONGEST_TITLE = 160
LONGEST_BODY = 20_000
DECIDED = (Kind.DECISION, Kind.ACCESS)  # their letters depend on the outcome
# What a letter must say whatever the municipality writes around it.
REQUIRED = {
    Kind.DECISION: ("afgørelse.resultat", "forvaltning.navn"),
    Kind.ACCESS: ("afgørelse.resultat", "aktindsigt.dokumenter"),
    Kind.HEARING: ("høring.oplysninger", "høring.betydning", "høring.frist"),  # forvaltningsloven s. 19
    Kind.RECEIPT: ("kvittering.modtaget", "kvittering.frist"),
    Kind.REQUEST: ("mangler.oplysninger", "mangler.frist", "mangler.følge"),
    Kind.HOLDING: ("frist.årsag", "frist.ny"),  # offentlighedsloven s. 36(2), retssikkerhedsloven s. 3(2)
    Kind.OPINION: ("udtalelse.spørgsmål", "udtalelse.frist"),
    Kind.FORWARDING: (),
}
# Reasons and rule (forvaltningsloven s. 22 and 24) and guidance on complaining (s. 25), unless fully granted.
UNLESS_GRANTED = (
    *("afgørelse.begrundelse", "afgørelse.regler"),
    *("klage.myndighed", "klage.frist", "klage.sendes_til", "klage.fremgangsmåde"),
)


def outcomes_of(kind: str) -> list[str]:
    """The outcomes a letter of this kind can have; one empty when it decides nothing."""
    return [outcome.value for outcome in Outcome] if kind in DECIDED else [""]


def check(kind: str, title: str, body: str) -> None:
    """Raises TemplateWrong, UnknownField, or TemplateIncomplete: a letter by it would say less than it must."""
    found = parts(body)
    if wrong := unknown([*used(title), *used(body_of(found))]):
        raise UnknownField(fields=", ".join(f"{{{{{name}}}}}" for name in wrong))
    for outcome in outcomes_of(kind):
        standing = [part for part in found if part.stands(outcome, frozenset())]
        named = {*used(title), *used(body_of(standing))}
        wanted = [*REQUIRED[Kind(kind)], *(UNLESS_GRANTED if _reasons_due(kind, outcome) else ())]
        if lacking := [name for name in wanted if name not in named]:
            raise TemplateIncomplete(outcome=word_of(outcome), fields=", ".join(lacking))


def word_of(outcome: str) -> str:
    """The word of templates for an outcome; one that does not exist as it is."""
    return next((word for word, one in OUTCOMES.items() if one == outcome), outcome or gettext("intet udfald"))


def _reasons_due(kind: str, outcome: str) -> bool:
    return kind in DECIDED and outcome != Outcome.GRANTED


def body_of(found: list[Part]) -> str:
    """The texts of parts under each other."""
    return "\n".join(line for part in found for line in part.lines)


def fill_text(kind: str, title: str, body: str, values: Mapping[str, str], outcome: str) -> Filled:
    """The template with its fields put in. Raises WrongOutcome, UnknownField, WrongTable."""
    known = outcomes_of(kind)
    if outcome not in known:
        raise WrongOutcome(outcome=word_of(outcome), known=", ".join(map(word_of, known)))
    if wrong := unknown(list(values)):
        raise UnknownField(field="fields", fields=", ".join(wrong))
    present = frozenset(name for name, value in values.items() if not blank(value))
    missing: list[str] = []
    headline = put(title, values, missing)
    standing = (part for part in parts(body) if part.stands(outcome, present))
    blocks = tuple(block for part in standing for block in _blocks(part, values, missing))
    return Filled(headline, blocks, list(dict.fromkeys(missing)))


def samples(language: str) -> dict[str, str]:
    """An invented value for every field."""
    return {name: field.example(language) for name, field in FIELDS.items()}


def _blocks(part: Part, values: Mapping[str, str], missing: list[str]) -> list[Block]:
    if part.shape == Shape.ROW:
        return [_table(part, values, missing)]
    texts = tuple(put(line, values, missing) for line in part.lines)
    if part.shape == Shape.HEADING:
        return [Heading(texts[0])]
    if part.shape == Shape.SIGNATURE:
        return [Signature(texts)]
    if part.shape == Shape.BOX:
        return [Box(texts[0], tuple(one for text in texts[1:] for one in _paragraphs(text)))]
    if part.shape == Shape.TEXT:
        return [Paragraph(one) for one in _paragraphs(texts[0])]
    items = tuple(item.strip() for text in texts for item in text.splitlines() if item.strip())
    return [Listing(items, part.shape == Shape.NUMBERS)]


def _paragraphs(text: str) -> list[str]:
    """A value may hold several paragraphs, with empty lines between."""
    return [one.strip() for one in text.replace("\r\n", "\n").split("\n\n") if one.strip()]


def _table(part: Part, values: Mapping[str, str], missing: list[str]) -> Table:
    header, *given = [cells(line) for line in part.lines]
    rows: list[tuple[str, ...]] = []
    for row in given:
        field = FIELD.fullmatch(row[0]) if len(row) == 1 else None
        if field and len(header) > 1 and not blank(values.get(field[1], "")):
            rows += _rows(field[1], values[field[1]], len(header))
        else:
            texts = [put(cell, values, missing) for cell in row]
            rows.append(tuple([*texts, *([""] * (len(header) - len(row)))]))
    return Table(tuple(put(cell, values, missing) for cell in header), tuple(rows))


def _rows(name: str, value: str, columns: int) -> list[tuple[str, ...]]:
    rows = [tuple(cell.strip() for cell in line.split("\t")) for line in value.splitlines() if line.strip()]
    for number, row in enumerate(rows, 1):
        if len(row) != columns:
            raise WrongTable(name=name, columns=columns, line=number, found=len(row))
    return rows
