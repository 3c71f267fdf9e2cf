"""Makes the PDF: texts are cleaned, handed to typst as data, and the same letter gives the same bytes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext, override

from indgang.foundation.letters.errors import LetterEmpty, LetterFailed, LetterTooLong
from indgang.foundation.letters.printable import LINE, blank, printable
from indgang.foundation.letters.values import (
    LONGEST_LETTER,
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_TEXTS,
    Block,
    Box,
    Heading,
    Letter,
    Listing,
    Paragraph,
    Signature,
    Table,
)

if TYPE_CHECKING:
    import typst

PLATE = Path(__file__).parent / "typst"
_REGIONS = {"da": "DK", "en": "GB"}
_NO_GLYPH = "could not be displayed"
_PLAINEST = 2
_NARROW = 30  # characters of the column beside the address
_TABLE = 72  # and of all columns of a table together


@dataclass(frozen=True)
class _Clean:
    """Cleans a text for where it will stand."""

    plainness: int

    def __call__(self, text: str, line: int = LINE) -> str:
        return printable(text, plainness=self.plainness, line=line).strip()

    def all(self, given: Iterable[str]) -> list[str]:
        """Those of which something shows."""
        return [text for text in map(self, given) if text]


def typeset(letter: Letter) -> bytes:
    """The letter as PDF/UA-1; the same letter always gives the same bytes.

    Characters no font shows are replaced by "�". Raises LetterEmpty, LetterTooLong, LetterFailed.
    """
    check(letter)
    for plainness in range(_PLAINEST + 1):
        made = _compiled(letter, plainness)
        if made is not None:
            return made
    raise LetterFailed(place=letter.title[:60], reason=gettext("Teksten har tegn, der ikke kan trykkes."))


def check(letter: Letter) -> None:
    """Raises LetterEmpty, LetterTooLong or LetterFailed with the place."""
    if letter.language not in _REGIONS:
        raise LetterFailed(place=gettext("sproget"), reason=gettext("Vælg da eller en."))
    wanted = {gettext("en titel"): letter.title, gettext("en afsender"): letter.sender.name}
    wanted[gettext("en modtager")] = "".join(letter.receiver_lines)
    for what, text in wanted.items():
        if blank(text):
            raise LetterEmpty(what=what)
    if not letter.blocks:
        raise LetterEmpty(what=gettext("indhold"))
    total = 0
    for number, block in enumerate(letter.blocks, 1):
        place = gettext("afsnit {number}").format(number=number)
        total += _measured(block, place)
    head = (letter.title, letter.reference, *letter.receiver_lines, *vars(letter.sender).values())
    _within(gettext("brevhovedet"), sum(len(text) for text in head), LONGEST_TEXT)
    _within(gettext("hele brevet"), total, LONGEST_LETTER)
    if sum(len(texts(block)) for block in letter.blocks) > MOST_TEXTS:
        reason = gettext("Der er for mange punkter og felter. Del brevet, eller vedlæg listen som fil.")
        raise LetterFailed(place=gettext("hele brevet"), reason=reason)


def _measured(block: Block, place: str) -> int:
    if isinstance(block, Table):
        _check_table(block, place)
    count = sum(len(text) for text in texts(block))
    _within(place, count, LONGEST_TEXT)
    return count


def _within(place: str, count: int, most: int) -> None:
    if count > most:
        raise LetterTooLong(place=place, count=count, most=most)


def _check_table(table: Table, place: str) -> None:
    columns = len(table.header)
    if not 1 <= columns <= MOST_COLUMNS:
        reason = gettext("En tabel skal have mellem 1 og {most} kolonner.").format(most=MOST_COLUMNS)
        raise LetterFailed(place=place, reason=reason)
    for number, row in enumerate(table.rows, 1):
        if len(row) != columns:
            reason = gettext("Række {row} har {found} felter, men skal have {wanted}.")
            raise LetterFailed(place=place, reason=reason.format(row=number, found=len(row), wanted=columns))


def texts(block: Block) -> tuple[str, ...]:
    """Every text of a block."""
    if isinstance(block, Heading | Paragraph):
        return (block.text,)
    if isinstance(block, Listing):
        return block.items
    if isinstance(block, Table):
        return (*block.header, *(cell for row in block.rows for cell in row))
    if isinstance(block, Box):
        return (block.title, *block.lines)
    return block.lines


def _compiled(letter: Letter, plainness: int) -> bytes | None:
    """None when a combination of characters has no glyph: then it is tried plainer."""
    import typst  # 60 MB that only processes making letters carry

    moment = datetime(letter.date.year, letter.date.month, letter.date.day, tzinfo=UTC)
    try:
        # No compiler is kept: with shared fonts it is no faster (measured), and threads cannot share one.
        made = typst.compile(
            str(PLATE / "letter.typ"),
            root=str(PLATE),
            font_paths=fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=moment,
            sys_inputs={"letter": json.dumps(_facts(letter, _Clean(plainness)))},
        )
    except typst.TypstError as wrong:
        if _NO_GLYPH in wrong.message:
            return None
        raise LetterFailed(place=letter.title[:60], reason=wrong.message) from wrong
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def fonts() -> "typst.Fonts":
    """Only fonts that come with us, never the machine's: the same letter is the same everywhere."""
    import typst

    folder = Path(settings.LETTER_FONTS)
    if not (folder / "IBMPlexSans-Regular.ttf").is_file():
        reason = gettext("Skrifttypen mangler på serveren. Kør make setup.")
        raise LetterFailed(place=gettext("skrifttypen"), reason=reason)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def _facts(letter: Letter, clean: _Clean) -> dict[str, Any]:
    sender = letter.sender
    with override(letter.language):
        facts = [
            (gettext("Dato"), written(letter.date, letter.language)),
            (gettext("Sagsnummer"), letter.reference),
            (gettext("Adresse"), sender.address),
            (gettext("Telefon"), sender.phone),
            (gettext("E-mail"), sender.mail),
            (gettext("Åbningstid"), sender.hours),
        ]
        labels = {"page": gettext("Side"), "of": gettext("af")}
    footer = " · ".join(part for part in (sender.name, letter.reference) if part)
    return {
        "language": letter.language,
        "region": _REGIONS[letter.language],
        "title": one_line(clean(letter.title)),
        "sender": {"name": one_line(clean(sender.name)), "unit": one_line(clean(sender.unit))},
        "receiver": clean.all(letter.receiver_lines),
        "year": letter.date.year,
        "month": letter.date.month,
        "day": letter.date.day,
        "facts": [(name, clean(text, _NARROW)) for name, text in facts],
        "labels": labels,
        "footer": one_line(clean(footer)),
        "blocks": [made for made in (_block(block, clean) for block in letter.blocks) if made],
    }


def written(day: date, language: str) -> str:
    """ "2. marts 2026" or "2 March 2026"."""
    pattern, locale = ("d. MMMM y", "da_DK") if language == "da" else ("d MMMM y", "en_GB")
    return format_date(day, pattern, locale=locale)


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def _block(block: Block, clean: _Clean) -> dict[str, Any] | None:
    """A block as typst reads it; None when nothing of it would show."""
    if isinstance(block, Table):
        line = min(LINE, _TABLE // len(block.header))
        rows = [[clean(cell, line) for cell in row] for row in block.rows]
        return {"kind": "table", "header": [clean(cell, line) for cell in block.header], "rows": rows}
    if isinstance(block, Listing):
        items = clean.all(block.items)
        return {"kind": "list", "items": items, "numbered": block.numbered} if items else None
    if isinstance(block, Box):
        return {"kind": "box", "title": one_line(clean(block.title)), "lines": clean.all(block.lines)}
    if isinstance(block, Signature):
        lines = clean.all(block.lines)
        return {"kind": "signature", "lines": lines} if lines else None
    text = clean(block.text)
    return {"kind": "heading" if isinstance(block, Heading) else "paragraph", "text": text} if text else None
