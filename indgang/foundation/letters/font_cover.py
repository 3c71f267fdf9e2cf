"""Measures which characters the fonts of letters show: `python -m indgang.foundation.letters.font_cover`, a minute.

Run it after a new typst or a new design system; it writes `typst/covered.txt`.
"""

import json
import os
import sys
import unicodedata
from collections.abc import Iterator

_PROBE = """
#set document(title: "x")
#set text(lang: "da", font: ("IBM Plex Sans", "Libertinus Serif", "DejaVu Sans Mono"))
#let probe = json(bytes(sys.inputs.probe))
#probe #strong(probe)
"""
_LAST = 0x20000  # beyond stand only signs of Chinese
_LEFT_OUT = ((0x3400, 0xA4D0), (0xAC00, 0xD7B0), (0x17000, 0x1B300))  # Chinese, Korean, Tangut: in none of our fonts
_NEVER = {"Cc", "Cs", "Co", "Cn", "Cf", "Zs", "Zl", "Zp"}
_TOGETHER = 32


def shown(characters: list[str]) -> bool:
    """Whether the fonts of letters have them all, in plain and in bold."""
    import typst

    from indgang.foundation.letters.typesetting import fonts

    probe = " ".join(f"a{one}" if unicodedata.category(one)[0] == "M" else one for one in characters)
    try:
        typst.compile(
            _PROBE.encode(), font_paths=fonts(), pdf_standards=["ua-1"], timestamp=0,
            sys_inputs={"probe": json.dumps(probe)},
        )  # fmt: skip
    except typst.TypstError:
        return False
    return True


def covered(characters: list[str]) -> list[str]:
    """Those of them the fonts show."""
    if not characters or shown(characters):
        return characters
    if len(characters) == 1:
        return []
    middle = len(characters) // 2
    return covered(characters[:middle]) + covered(characters[middle:])


def candidates() -> Iterator[str]:
    """Every character that shows something and that one of the fonts could hold."""
    for point in range(0x21, _LAST):
        left_out = any(first <= point < after for first, after in _LEFT_OUT)
        if not left_out and unicodedata.category(chr(point)) not in _NEVER:
            yield chr(point)


def main() -> int:
    """Measure and write."""
    from indgang.foundation.letters.printable import COVERED

    wanted = list(candidates())
    ranges: list[list[int]] = []
    for start in range(0, len(wanted), _TOGETHER):
        for point in map(ord, covered(wanted[start : start + _TOGETHER])):
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    COVERED.write_text("".join(f"{first:04X}-{last:04X}\n" for first, last in ranges))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
    sys.exit(main())
