"""The invisible words over the picture of a page, so that it can be searched, copied from and read aloud.

The letters have no shape of their own: a Type 3 font whose letters draw nothing, with a table that says which
character each code means. So every script works, no font file is needed, and the box of each letter is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from indgang.foundation.letters.pdf_parts import Name, Part, Reference, Stream, Writer
from indgang.foundation.letters.words import Letter, Place

_CODES = 255  # of one font; 0 is left unused
_RIGHT_TO_LEFT = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufeff"))
_WIDE, _HIGH, _DEEP = 500, 750, 250  # of every letter, in thousandths of its size


@dataclass(frozen=True)
class Laid:
    """A word and the place its letters fill."""

    letters: tuple[Letter, ...]
    place: Place


@dataclass
class Alphabet:
    """The characters used so far in the whole file, and the fonts that mean them."""

    writer: Writer
    known: dict[str, int] = field(default_factory=dict)
    fonts: list[Reference] = field(default_factory=list)

    def place_of(self, character: str) -> tuple[int, int]:
        """Number of the font and code in it."""
        number = self.known.setdefault(character, len(self.known))
        while number // _CODES >= len(self.fonts):
            self.fonts.append(self.writer.reserve())
        return number // _CODES, number % _CODES + 1

    def of_label(self, text: str, place: Place) -> Laid:
        """A text of ours as one word."""
        return Laid(tuple(Letter(c, place, place) for c in text), place)

    def resources(self) -> dict[str, Part]:
        return {f"T{number}": font for number, font in enumerate(self.fonts)}

    def write(self) -> None:
        """The fonts; when all pages are written."""
        if not self.fonts:
            return
        shape = self.writer.packed(b"%d 0 0 -%d %d %d d1" % (_WIDE, _DEEP, _WIDE, _HIGH))
        characters = list(self.known)
        for number, font in enumerate(self.fonts):
            of_font = characters[number * _CODES : (number + 1) * _CODES]
            self.writer.add(self._font(of_font, shape), font)

    def _font(self, characters: list[str], shape: Reference) -> Part:
        count = len(characters)
        return {
            "Type": Name("Font"),
            "Subtype": Name("Type3"),
            "FontBBox": [0, -_DEEP, _WIDE, _HIGH],
            "FontMatrix": [0.001, 0, 0, 0.001, 0, 0],
            "FirstChar": 1,
            "LastChar": count,
            "Widths": [_WIDE] * count,
            "Encoding": {"Type": Name("Encoding"), "Differences": [1, *([Name("g")] * count)]},
            "CharProcs": {"g": shape},
            "Resources": {},
            "ToUnicode": self.writer.packed(_meanings(characters)),
        }


def drawing(words: Iterable[Laid], letters: Alphabet, size: tuple[float, float]) -> bytes:
    """The words as invisible text on a page of this size in points."""
    parts = [b"BT 3 Tr"]
    parts += [_word(word.letters, word.place, letters, size) for word in words]
    parts.append(b"ET")
    return b"\n".join(parts)


def _word(word: tuple[Letter, ...], place: Place, letters: Alphabet, size: tuple[float, float]) -> bytes:
    text = "".join(letter.text for letter in word)
    reads = _direction(word, size)
    if any(first <= c <= last for c in text for first, last in _RIGHT_TO_LEFT):
        # Readers turn such words round themselves: they expect them as they stand on the page.
        text = "".join(letter.text for letter in sorted(word, key=lambda one: one.tight[0]))
        reads = (1, 0)
    width, height = size
    left, bottom, right, top = place[0] * width, (1 - place[3]) * height, place[2] * width, (1 - place[1]) * height
    across, along = reads
    wide, high = (right - left, top - bottom) if across else (top - bottom, right - left)
    wide, high = max(wide, 0.1), max(high, 0.5)
    deep = high * _DEEP / 1000
    x = {1: left, -1: right, 0: left + deep if along < 0 else right - deep}[across]
    y = {1: bottom, -1: top, 0: bottom + deep if across > 0 else top - deep}[along]
    stretch = 100 * wide / (len(text) * high * _WIDE / 1000)
    placed = f"{stretch:.4f} Tz {across} {along} {-along} {across} {x:.4f} {y:.4f} Tm"
    return placed.encode() + b"".join(_shown(text, letters, high))


def _direction(word: tuple[Letter, ...], size: tuple[float, float]) -> tuple[int, int]:
    """Which way the letters follow each other on the page: (1, 0) is to the right, (0, 1) upwards."""
    first, last = word[0].loose, word[-1].loose
    across = (last[0] + last[2] - first[0] - first[2]) * size[0]
    along = (first[1] + first[3] - last[1] - last[3]) * size[1]
    if abs(along) > abs(across):
        return (0, 1) if along > 0 else (0, -1)
    return (-1, 0) if across < 0 else (1, 0)


def _shown(text: str, letters: Alphabet, high: float) -> Iterable[bytes]:
    """Codes, with a change of font where the next character is in another one."""
    current, codes = -1, b""
    for character in text:
        font, code = letters.place_of(character)
        if font != current:
            if codes:
                yield b"<" + codes + b"> Tj"
            yield f" /T{font} {high:.4f} Tf ".encode()
            current, codes = font, b""
        codes += b"%02X" % code
    yield b"<" + codes + b"> Tj"


def _meanings(characters: list[str]) -> bytes:
    """The ToUnicode table: which character each code means."""
    rows = [b"<%02X> <%s>" % (code, c.encode("utf-16-be").hex().encode()) for code, c in enumerate(characters, 1)]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]  # no more are allowed in one block
    table = b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(b), b"\n".join(b)) for b in blocks)
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Words def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n" + table + b"endcmap\n"
        b"CMapName currentdict /CMap defineresource pop\nend\nend"
    )


def picture(writer: Writer, content: bytes, *, width: int, height: int, grey: bool, packing: str) -> Reference:
    """A picture of a page; `packing` is how the content is packed."""
    entries: dict[str, Part] = {
        "Type": Name("XObject"),
        "Subtype": Name("Image"),
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": Name("DeviceGray" if grey else "DeviceRGB"),
        "Filter": Name(packing),
    }
    return writer.add(Stream(entries, content))
