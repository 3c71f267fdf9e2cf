"""Makes a page again as a picture with black boxes burnt in, and the words that are left."""

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from indgang.foundation.letters import labels
from indgang.foundation.letters.pages import Area
from indgang.foundation.letters.pdf_parts import Name, Part, Reference, Writer
from indgang.foundation.letters.text_layer import Alphabet, Laid, drawing, picture
from indgang.foundation.letters.words import Letter, Place, Word, words_of

_COLOURLESS = 12  # so little may red, green and blue differ in a grey picture
_FLAT = 10  # where light and dark differ less, there is nothing to read
_MOST_FLATE = 700_000
_MET = 0.2  # of a word's area; less is the edge of a line above or below
_QUALITY = 85


@dataclass(frozen=True)
class Sheet:
    """A page as it is shown: its size in points, its picture and its letters."""

    number: int
    size: tuple[float, float]
    picture: Image.Image
    letters: Sequence[Letter]
    dots: float


def remake(sheet: Sheet, boxes: Sequence[Area], writer: Writer, alphabet: Alphabet, parent: Reference) -> Reference:
    """Writes the page without what the boxes cover."""
    words = [*laid_left(sheet, boxes), *_laid_labels(boxes, alphabet)]
    burnt = burn(sheet.picture, boxes, dots=sheet.dots)
    image = _write(burnt, writer)
    width, height = sheet.size
    shown = b"q %.4f 0 0 %.4f 0 0 cm /Page Do Q\n" % (width, height) + drawing(words, alphabet, sheet.size)
    page: dict[str, Part] = {
        "Type": Name("Page"),
        "Parent": parent,
        "MediaBox": [0, 0, float(width), float(height)],
        "Resources": {"XObject": {"Page": image}, "Font": alphabet.resources()},
        "Contents": writer.packed(shown),
    }
    return writer.add(page)


def burn(page: Image.Image, boxes: Iterable[Area], *, dots: float) -> Image.Image:
    """The picture with its boxes; every point a box touches is black, or white where its label stands."""
    burnt = page.copy()
    draw = ImageDraw.Draw(burnt)
    ordered = list(boxes)
    for box in ordered:
        left, top, right, bottom = points_of(box, page.size)
        draw.rectangle((left, top, right - 1, bottom - 1), fill=0)
    for box in ordered:
        if box.label and alone(box, ordered):
            _burn_label(burnt, box, dots)
    return burnt


def points_of(box: Area, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The points of the picture a box touches, and one more on each side: edges are drawn soft."""
    width, height = size
    left, top = int(box.left * width) - 1, int(box.top * height) - 1
    right, bottom = -int(-box.right * width // 1) + 1, -int(-box.bottom * height // 1) + 1
    return max(0, left), max(0, top), min(width, right), min(height, bottom)


def alone(box: Area, boxes: Iterable[Area]) -> bool:
    """Whether no other label wants its place; only then it is printed, or labels would cover each other."""
    return not any(box.meets(other) for other in boxes if other.label and other is not box)


def grown(page: int, letters: Sequence[Letter], boxes: Sequence[Area]) -> list[Area]:
    """Boxes over the whole of words that were met by more than their edge: half a word can often still be read."""
    found = []
    for word in words_of(letters):
        left, top, right, bottom = word.tight
        place = Area(page, left, top, right, bottom)
        area = (right - left) * (bottom - top)
        if area > 0 and any(_shared(box, place) >= _MET * area for box in boxes):
            inside = (max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom))
            if inside[0] < inside[2] and inside[1] < inside[3]:
                found.append(Area(page, *inside))
    return [one for one in found if not any(_holds(box, one) for box in boxes)]


def _shared(one: Area, other: Area) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across * down if across > 0 and down > 0 else 0.0


def _holds(box: Area, inner: Area) -> bool:
    return box.left <= inner.left and box.top <= inner.top and box.right >= inner.right and box.bottom >= inner.bottom


def is_covered(word: Word, boxes: Iterable[Area], page: int) -> bool:
    place = Area(page, *word.tight)
    return any(box.meets(place) for box in boxes)


def laid_left(sheet: Sheet, boxes: Sequence[Area]) -> list[Laid]:
    """The words no box meets, that can be seen: hidden texts and texts under something are left out."""
    grey = sheet.picture.convert("L")
    found = []
    for word in words_of(sheet.letters):
        if is_covered(word, boxes, sheet.number) or not _is_seen(word, grey):
            continue
        high = Area(sheet.number, *word.loose)
        met = any(box.meets(high) for box in boxes)
        found.append(Laid(word.letters, word.tight if met else word.loose))
    return found


def has_unseen(sheet: Sheet) -> bool:
    """Whether a word of the page cannot be seen on it: hidden, cropped away, under something, or white on white."""
    grey = sheet.picture.convert("L")
    return any(not _is_seen(word, grey) for word in words_of(sheet.letters))


def _laid_labels(boxes: Sequence[Area], alphabet: Alphabet) -> list[Laid]:
    labelled = [box for box in boxes if box.label and alone(box, boxes)]
    return [alphabet.of_label(box.label, _inner(box)) for box in labelled]


def _inner(box: Area) -> Place:
    """A place inside the box, so that its letters belong to no neighbour."""
    across, down = (box.right - box.left) * 0.1, (box.bottom - box.top) * 0.2
    return box.left + across, box.top + down, box.right - across, box.bottom - down


def _is_seen(word: Word, grey: Image.Image) -> bool:
    if any(letter.layered for letter in word.letters):
        return False
    left, top, right, bottom = word.tight
    if right <= 0 or bottom <= 0 or left >= 1 or top >= 1:
        return False  # cropped away
    place = (
        max(0, int(left * grey.width)),
        max(0, int(top * grey.height)),
        min(grey.width, int(right * grey.width) + 1),
        min(grey.height, int(bottom * grey.height) + 1),
    )
    if place[0] >= place[2] or place[1] >= place[3]:
        return False
    low, high = grey.crop(place).getextrema()
    return float(high) - float(low) >= _FLAT  # type: ignore[arg-type]


def _burn_label(burnt: Image.Image, box: Area, dots: float) -> None:
    left, top, right, bottom = points_of(box, burnt.size)
    strip = labels.on_box(box.label, width=right - left, height=bottom - top, dots=dots)
    if strip is not None:
        at = (left + (right - left - strip.width) // 2, top + (bottom - top - strip.height) // 2)
        burnt.paste(strip.convert(burnt.mode), at)


def _write(page: Image.Image, writer: Writer) -> Reference:
    grey = page if page.mode == "L" else page.convert("L") if _is_grey(page) else None
    width, height = page.size
    if grey is not None:
        packed = zlib.compress(grey.tobytes(), 6)
        if len(packed) <= _MOST_FLATE:
            return picture(writer, packed, width=width, height=height, grey=True, packing="FlateDecode")
    out = io.BytesIO()
    (grey or page).save(out, "JPEG", quality=_QUALITY)
    return picture(writer, out.getvalue(), width=width, height=height, grey=grey is not None, packing="DCTDecode")


def _is_grey(page: Image.Image) -> bool:
    red, green, blue = page.split()
    pairs = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(float(pair.getextrema()[1]) <= _COLOURLESS for pair in pairs)  # type: ignore[arg-type]
