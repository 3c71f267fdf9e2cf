"""Text as it can be printed: what no font of ours shows is replaced by "�", what is invisible is left out.

A letter that holds a character without a glyph cannot be PDF/UA, so typst refuses it. `typst/covered.txt` lists what
the fonts show; `python -m indgang.foundation.letters.font_cover` measures it anew.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

REPLACEMENT = "\ufffd"
COVERED = Path(__file__).parent / "typst" / "covered.txt"
_LINE_ENDS = frozenset("\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_KEPT = frozenset("\u00a0\u200c\u200d")  # the fixed space; what Persian needs between letters
# Invisible, yet no format characters to Python: fillers and the selectors of variants.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")
LINE = 45  # so many characters of a word that never ends fit on a line, whatever they are
_PLAIN = 0x250  # below: Latin letters and signs, which every font has


class _Printed(dict[int, str]):
    """For str.translate: each character is judged once in a process."""

    def __init__(self, plain: bool) -> None:
        super().__init__()
        self.plain = plain

    def __missing__(self, point: int) -> str:
        self[point] = shown = _shown(chr(point), self.plain)
        return shown


def printable(text: str, *, plainness: int = 0, line: int = LINE) -> str:
    """The text with line ends as \\n and nothing that cannot be shown.

    Plainness 1 also leaves out accents that stand alone, 2 keeps Latin letters only: for combinations that no single
    font holds. A word longer than `line` may break.
    """
    found = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    found = _INVISIBLE.sub("", found).translate(_PRINTED[plainness > 1])
    if plainness:
        found = "".join(one for one in found if unicodedata.category(one)[0] != "M")
    return _long_run(line).sub(lambda run: _breakable(run[0], line), found)


def blank(text: str) -> bool:
    """Whether nothing of it would be seen on paper."""
    return not printable(text).strip("\u200b\u200c\u200d\u00a0 \n")


def unprintable(text: str) -> list[str]:
    """The characters of a text that would be replaced, each once."""
    return [one for one in dict.fromkeys(text) if one != REPLACEMENT and REPLACEMENT in printable(one)]


def _shown(one: str, plain: bool) -> str:
    if one in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(one)
    if one in _KEPT:
        return one
    if one == "\t" or category == "Zs":
        return " "
    if category == "Cf":
        return ""
    return one if _covered(ord(one)) and (not plain or ord(one) < _PLAIN) else REPLACEMENT


@lru_cache(maxsize=64)
def _long_run(line: int) -> re.Pattern[str]:
    return re.compile(rf"\S{{{line + 1},}}")


def _breakable(word: str, line: int) -> str:
    """It would leave the page otherwise; the place to break has no sign."""
    pieces = [word[start : start + line] for start in range(0, len(word), line)]
    return "".join(
        piece if not number or unicodedata.category(piece[0])[0] == "M" else f"\u200b{piece}"
        for number, piece in enumerate(pieces)
    )


@lru_cache(maxsize=1)
def _ranges() -> list[tuple[int, int]]:
    lines = COVERED.read_text().split()
    return [(int(first, 16), int(last, 16)) for first, last in (line.split("-") for line in lines)]


def _covered(point: int) -> bool:
    return any(first <= point <= last for first, last in _ranges())


_PRINTED = {False: _Printed(False), True: _Printed(True)}
