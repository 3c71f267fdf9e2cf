"""Finds what may have to be covered: numbers, addresses of mail, and given words, also where a line breaks them.

`find` (in redaction.py) is the door; this runs in a cell.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indgang.foundation.letters import kinds
from indgang.foundation.letters.opening import opened_pdf, page_of
from indgang.foundation.letters.pages import Area, Hit
from indgang.foundation.letters.patterns import DASHES, PATTERNS, pattern_of
from indgang.foundation.letters.words import Letter, Place, around, letters_of

MOST_HITS = 5000
_PADDED = 0.12  # of the height of the letters, above and below


def in_cell(
    *, name: str, path: str, media_type: str, words: list[str], patterns: list[str]
) -> tuple[dict[str, object], bytes]:
    """All hits in order, and the pages where nothing can be found because they hold no text."""
    hits: list[Hit] = []
    blind: list[int] = []
    if kinds.BY_MEDIA_TYPE.get(media_type) is kinds.PDF:
        with opened_pdf(Path(path), name=name) as document:
            document.init_forms()
            for number in range(1, len(document) + 1):
                page = page_of(document, number, name=name)
                letters = letters_of(page)
                page.close()
                if all(letter.blank for letter in letters):
                    blind.append(number)
                hits += hits_on(number, letters, words=words, patterns=patterns)
    return {"hits": [packed(hit) for hit in hits[:MOST_HITS]], "blind": blind}, b""


def packed(hit: Hit) -> list[object]:
    boxes = [[b.page, b.left, b.top, b.right, b.bottom] for b in hit.boxes]
    return [hit.kind, hit.text, boxes]


def hits_on(page: int, letters: Sequence[Letter], *, words: Iterable[str], patterns: Iterable[str]) -> list[Hit]:
    """What is found on one page; what lies inside a longer find is not told again."""
    text = _Text.of(letters)
    found: list[tuple[int, int, str]] = []
    for kind in patterns:
        found += [(m.start(), m.end(), kind) for m in PATTERNS[kind].finditer(text.plain)]
    pattern = pattern_of(words)
    if pattern is not None:
        found += [(m.start(), m.end(), "word") for m in pattern.finditer(text.plain)]
    hits, until = [], 0
    for start, end, kind in sorted(found, key=lambda one: (one[0], -one[1])):
        if end <= until:
            continue
        until = end
        hits.append(Hit(kind, text.plain[start:end], tuple(_boxes(page, text.letters(start, end)))))
    return [hit for hit in hits if hit.boxes]


@dataclass(frozen=True)
class _Text:
    """The text of a page without its line breaks, and which letter each character came from."""

    plain: str
    sources: tuple[int, ...]
    of_page: Sequence[Letter]

    @classmethod
    def of(cls, letters: Sequence[Letter]) -> "_Text":
        plain: list[str] = []
        sources: list[int] = []
        for index, letter in enumerate(letters):
            if letter.hyphen or _breaks_word(letters, index):
                continue
            for sign in letter.text:
                _append(plain, sources, sign, index)
        return cls("".join(plain), tuple(sources), letters)

    def letters(self, start: int, end: int) -> list[Letter]:
        """All from the first to the last, with the hyphens and breaks between."""
        first, last = self.sources[start], self.sources[end - 1]
        return [letter for letter in self.of_page[first : last + 1] if not letter.blank]


def _append(plain: list[str], sources: list[int], sign: str, index: int) -> None:
    if unicodedata.category(sign) == "Cf":
        return  # what nobody sees must not hide a name from being found
    if unicodedata.combining(sign) and plain:
        both = unicodedata.normalize("NFC", plain[-1] + sign)
        if len(both) == 1:
            plain[-1] = both
            return
    if sign.isspace():
        if plain and plain[-1] == " ":
            return
        sign = " "
    plain.append(sign)
    sources.append(index)


def _breaks_word(letters: Sequence[Letter], index: int) -> bool:
    """A hyphen at the end of a line before a small letter, and the line end behind any hyphen."""
    text = letters[index].text
    if text in DASHES:
        after = next((one for one in letters[index + 1 :] if one.text not in "\r\n "), None)
        at_end = index + 1 < len(letters) and letters[index + 1].text in "\r\n"
        return at_end and after is not None and after.text[:1].islower()
    if text in "\r\n" and index:
        before = letters[index - 1]
        while before.text in "\r\n" and index > 1:
            index -= 1
            before = letters[index - 1]
        return before.hyphen or before.text in DASHES
    return False


def _boxes(page: int, letters: Iterable[Letter]) -> Iterator[Area]:
    for line in _lines(letters):
        left, top, right, bottom = around([letter.tight for letter in line])
        high, wide = bottom - top, right - left
        # More across the line than along it: the next word begins after a narrow gap.
        across, along = (wide * _PADDED, wide * _PADDED / 2) if high > wide else (high * _PADDED / 2, high * _PADDED)
        inside = (max(0.0, left - across), max(0.0, top - along), min(1.0, right + across), min(1.0, bottom + along))
        if inside[0] < inside[2] and inside[1] < inside[3]:  # else outside the page as it is shown
            yield Area(page, *inside)


def _lines(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    current: list[Letter] = []
    for letter in letters:
        if current and not _beside(current[-1].loose, letter.loose):
            yield current
            current = []
        current.append(letter)
    if current:
        yield current


def _beside(before: Place, after: Place) -> bool:
    """Whether a letter follows on the same line, whichever way the line runs."""
    high, wide = before[3] - before[1], before[2] - before[0]
    same_row = min(before[3], after[3]) - max(before[1], after[1]) > 0.5 * min(high, after[3] - after[1])
    same_column = min(before[2], after[2]) - max(before[0], after[0]) > 0.5 * min(wide, after[2] - after[0])
    return same_row or same_column
