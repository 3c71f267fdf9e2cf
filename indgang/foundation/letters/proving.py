"""Proves that a covered file keeps nothing of what was covered, by opening it anew.

Four looks: the letters in each box, the points of the picture under each box, the words that had to go from the whole
file, and the unpacked objects of the file.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from indgang.foundation.letters import finding
from indgang.foundation.letters.errors import FileDamaged, StillReadable
from indgang.foundation.letters.opening import MOST_PIXELS, opened_pdf
from indgang.foundation.letters.pages import Area
from indgang.foundation.letters.pdf_parts import Literal, Part, Parts, Stream, Unclear, written
from indgang.foundation.letters.remaking import alone, burn, points_of
from indgang.foundation.letters.words import Letter, letters_of

_SAME = 70  # of 255: what packing a picture as JPEG may change in a black box with white letters
_LONG_ENOUGH = 5  # letters; shorter words stand in any file by chance
_NEVER = re.compile(
    rb"/(?:JavaScript|EmbeddedFiles?|Filespec|Metadata|PieceInfo|Annots|AcroForm|OCProperties|OpenAction)\b"
)
_NAMES = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]+")
_DOTS = 200.0


def prove(
    path: Path,
    boxes: Mapping[int, Sequence[Area]],
    *,
    pages: int,
    covered: Iterable[str],
    words: Sequence[str],
    name: str,
) -> None:
    """Raises StillReadable with the page when anything is left."""
    left: list[str] = []
    with opened_pdf(path, name=name) as document:
        if len(document) != pages:
            raise FileDamaged(name=name)
        for number in range(1, pages + 1):
            page = document[number - 1]
            letters = letters_of(page)
            left.append(_bare("".join(letter.text for letter in letters)).casefold())
            if finding.hits_on(number, letters, words=words, patterns=()):
                raise StillReadable(page=number)
            if number in boxes:
                _prove_letters(number, letters, boxes[number])
                _prove_points(number, page, boxes[number])
            page.close()
    whole = "\n".join(left)
    # What is also said elsewhere may stay there.
    gone = {word for word in covered if len(word) >= _LONG_ENOUGH and word.casefold() not in whole}
    _prove_objects(path, gone)


def _prove_letters(number: int, letters: Sequence[Letter], boxes: Sequence[Area]) -> None:
    """In a box stands its label or nothing."""
    printed: set[int] = set()
    for box in boxes:
        if box.label and alone(box, boxes):
            found = _inside(number, letters, box)
            if found and _bare("".join(letters[i].text for i in found)) != _bare(box.label):
                raise StillReadable(page=number)
            printed |= set(found)
    for box in boxes:
        if not set(_inside(number, letters, box)) <= printed:
            raise StillReadable(page=number)


def _inside(number: int, letters: Sequence[Letter], box: Area) -> list[int]:
    # The new letters are written with four decimals of a point; so much less is looked at.
    inner = Area(number, box.left + 1e-4, box.top + 1e-4, box.right - 1e-4, box.bottom - 1e-4)
    return [i for i, one in enumerate(letters) if not one.blank and inner.meets(Area(number, *one.tight))]


def _prove_points(number: int, page: pdfium.PdfPage, boxes: Sequence[Area]) -> None:
    width, height = page.get_size()
    scale = min(_DOTS / 72, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    shown = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    wanted = burn(Image.new("L", shown.size, 255), boxes, dots=scale * 72)
    for box in boxes:
        left, top, right, bottom = points_of(box, shown.size)
        inner = (left + 2, top + 2, right - 2, bottom - 2)
        if inner[0] >= inner[2] or inner[1] >= inner[3]:
            continue
        difference = ImageChops.difference(shown.crop(inner), wanted.crop(inner))
        if float(difference.getextrema()[1]) > _SAME and not _only_label(shown, box, boxes, inner):  # type: ignore[arg-type]
            raise StillReadable(page=number)


def _only_label(shown: Image.Image, box: Area, boxes: Sequence[Area], inner: tuple[int, int, int, int]) -> bool:
    """A picture of another fineness draws the label's edges elsewhere: around the letters the box must be black."""
    if not box.label or not alone(box, boxes):
        return False
    third = max(1, (inner[3] - inner[1]) // 8)
    edges = (
        (inner[0], inner[1], inner[2], inner[1] + third),
        (inner[0], inner[3] - third, inner[2], inner[3]),
    )
    return all(float(shown.crop(edge).getextrema()[1]) <= _SAME for edge in edges)  # type: ignore[arg-type]


def _prove_objects(path: Path, gone: Iterable[str]) -> None:
    wanted = [coding for word in gone for coding in codings(word)]
    pattern = re.compile(b"|".join(map(re.escape, wanted))) if wanted else None
    with Parts(path) as parts:
        for number in parts.numbers():
            part = parts.read(number)
            entries = part.entries if isinstance(part, Stream) else part
            if _NEVER.search(written(entries)):
                raise StillReadable(page="?")
            if pattern is not None and any(pattern.search(text) for text in _texts(part)):
                raise StillReadable(page="?")


def _texts(part: Part) -> Iterator[bytes]:
    """What an object says: its strings, and the drawing in it without the names of things."""
    match part:
        case Literal():
            yield part.raw
        case list():
            for one in part:
                yield from _texts(one)
        case dict():
            yield from _texts(list(part.values()))
        case Stream():
            yield from _texts(part.entries)
            if part.entries.get("Subtype") != "Image" and not _is_font_program(part):
                with contextlib.suppress(Unclear):
                    content = part.unpacked()
                    yield b"" if b"begincmap" in content else _NAMES.sub(b"", content)


def _is_font_program(part: Stream) -> bool:
    return "Length1" in part.entries or part.entries.get("Subtype") in {"Type1C", "CIDFontType0C", "OpenType"}


def codings(word: str) -> Iterator[bytes]:
    """The ways a word can stand in a PDF."""
    for coding in ("utf-8", "latin-1", "utf-16-be"):
        try:
            content = word.encode(coding)
        except UnicodeEncodeError:
            continue
        yield content
        yield content.hex().encode()
        yield content.hex().upper().encode()


def _bare(text: str) -> str:
    return "".join(text.split())
