"""The letters of a PDF page with their places on the page as it is shown (turned and cropped)."""

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Place = tuple[float, float, float, float]  # left, top, right, bottom as shares of the page

_LINE_END_HYPHENS = {"\x02", "\ufffe", "\u00ad"}
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# A hyphen at the end of a line, with the letter after it: before a capital it belongs to the name.
_BROKEN = re.compile("[\x02\ufffe\u00ad](?:\r?\n)?(?=(.?))")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNITS = 1_000_000  # pdfium answers in whole units of the page we ask for
_FAR = 6  # letters further apart than this many times their size belong to two words


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it stands on the page; `hyphen` when it only says that the line ended inside a word."""

    text: str
    tight: Place  # around the ink
    loose: Place  # as high as the line
    hyphen: bool = False
    layered: bool = False  # in a layer that can be hidden

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class Word:
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)

    @property
    def tight(self) -> Place:
        return around([letter.tight for letter in self.letters])

    @property
    def loose(self) -> Place:
        return around([letter.loose for letter in self.letters])


def around(places: list[Place]) -> Place:
    lefts, tops, rights, bottoms = zip(*places, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def letters_of(page: pdfium.PdfPage) -> list[Letter]:
    """All letters in reading order."""
    shown = _Shown(page)
    textpage = page.get_textpage()
    layered: dict[int, bool] = {}
    found = []
    for index in range(textpage.count_chars()):
        text = _text_at(textpage, index)
        if text is None:
            continue
        hyphen = text in _LINE_END_HYPHENS
        tight, loose = shown.places(textpage, index)
        owner = raw.FPDFText_GetTextObject(textpage, index)
        found.append(
            Letter("-" if hyphen else _LIGATURES.get(text, text), tight, loose, hyphen, _in_layer(owner, layered))
        )
    textpage.close()
    return found


def words_of(letters: Iterable[Letter]) -> Iterator[Word]:
    """What stands together without a gap; a word broken over two lines is two."""
    current: list[Letter] = []
    for letter in letters:
        if current and (letter.blank or _apart(current[-1], letter)):
            yield Word(tuple(current))
            current = []
        if letter.blank:
            continue
        current.append(letter)
        if letter.hyphen:
            yield Word(tuple(current))
            current = []
    if current:
        yield Word(tuple(current))


def plain(text: str) -> str:
    """Text as it is searched: composed letters, words whole that a line end broke, no control signs."""
    for sign, letters in _LIGATURES.items():
        text = text.replace(sign, letters)
    text = _BROKEN.sub(lambda found: "-" if found[1].isupper() else "", text)
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"})


def _text_at(textpage: pdfium.PdfTextPage, index: int) -> str | None:
    code = raw.FPDFText_GetUnicode(textpage, index)
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return None
    return chr(code)


def _apart(before: Letter, after: Letter) -> bool:
    size = max(before.loose[2] - before.loose[0], before.loose[3] - before.loose[1], 1e-4)
    across = abs(before.loose[0] + before.loose[2] - after.loose[0] - after.loose[2]) / 2
    down = abs(before.loose[1] + before.loose[3] - after.loose[1] - after.loose[3]) / 2
    return across > _FAR * size or down > _FAR * size


def _in_layer(owner: object, known: dict[int, bool]) -> bool:
    """Whether a text stands in optional content; asked once per piece of text."""
    if not owner:
        return False
    address = ctypes.cast(owner, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
    if address not in known:
        marks = (raw.FPDFPageObj_GetMark(owner, i) for i in range(raw.FPDFPageObj_CountMarks(owner)))
        known[address] = any(_name_of(mark) == "OC" for mark in marks)
    return known[address]


def _name_of(mark: object) -> str:
    buffer = (ctypes.c_ushort * 16)()
    needed = ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), needed):
        return ""
    return bytes(buffer)[: needed.value].decode("utf-16-le", "replace").rstrip("\x00")


class _Shown:
    """Turns places in the page's own units into shares of the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        x0, y0 = self._device(page, 0, 0)
        xx, yx = self._device(page, 1000, 0)
        xy, yy = self._device(page, 0, 1000)
        self._x = (x0, (xx - x0) / 1000, (xy - x0) / 1000)
        self._y = (y0, (yx - y0) / 1000, (yy - y0) / 1000)
        self._box = raw.FS_RECTF()
        self._edges = [ctypes.c_double() for _ in range(4)]

    def places(self, textpage: pdfium.PdfTextPage, index: int) -> tuple[Place, Place]:
        left, right, bottom, top = self._edges
        raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        tight = self._place(left.value, bottom.value, right.value, top.value)
        box = self._box
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        loose = self._place(box.left, box.bottom, box.right, box.top)
        if tight[2] - tight[0] <= 0 or tight[3] - tight[1] <= 0:
            tight = loose
        (a, b, c, d), (e, f, g, h) = tight, loose
        return tight, (a if a < e else e, b if b < f else f, c if c > g else g, d if d > h else h)

    def _place(self, left: float, bottom: float, right: float, top: float) -> Place:
        x0, xx, xy = self._x
        y0, yx, yy = self._y
        a, c = x0 + xx * left + xy * bottom, x0 + xx * right + xy * top
        b, d = y0 + yx * left + yy * bottom, y0 + yx * right + yy * top
        return (a if a < c else c, b if b < d else d, c if c > a else a, d if d > b else b)

    @staticmethod
    def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, _UNITS, _UNITS, 0, x, y, across, down)
        return across.value / _UNITS, down.value / _UNITS
