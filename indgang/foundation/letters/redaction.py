"""Covers what may not be read in a file, so that it is not there any more.

Doors: `find` proposes what to cover, `redact` makes the new file. How and why: docs/algorithms/redaction.md.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from indgang.foundation.letters import cells, kinds
from indgang.foundation.letters.errors import NoPages, NothingToCover, UnknownPage, WrongBox
from indgang.foundation.letters.pages import Area, Hit, Redacted

FIND_SECONDS = 120.0
SECONDS = 900.0
PATTERNS = ("cpr", "phone", "mail", "account")
MOST_BOXES = 5000
LONGEST_LABEL = 60


def find(
    content: BinaryIO | Path,
    *,
    name: str,
    media_type: str,
    words: Iterable[str] = (),
    patterns: Sequence[str] = PATTERNS,
) -> list[Hit]:
    """Proposes boxes: numbers and mail addresses by pattern, names and addresses given as words."""
    _must_have_pages(name, media_type)
    with cells.on_disk(content) as path:
        found, _ = cells.run(
            "find",
            name=name,
            path=str(path),
            media_type=media_type,
            words=list(words),
            patterns=list(patterns),
            seconds=FIND_SECONDS,
        )
    return _hits(found["hits"])


def redact(
    content: BinaryIO | Path,
    *,
    name: str,
    media_type: str,
    boxes: Sequence[Area],
    words: Sequence[str] = (),
    target: Path,
    title: str = "",
    language: str = "da",
) -> Redacted:
    """Writes a new PDF to `target` without what the boxes meet and without the words, and proves it.

    Raises StillReadable, and leaves no file, when anything covered could still be read.
    """
    _must_have_pages(name, media_type)
    _check(boxes, words, name)
    with cells.whole_or_gone(target), cells.on_disk(content) as path:
        found, _ = cells.run(
            "redact",
            name=name,
            path=str(path),
            media_type=media_type,
            boxes=[[b.page, b.left, b.top, b.right, b.bottom, b.label] for b in boxes],
            words=list(words),
            target=str(target),
            title=title,
            language=language,
            seconds=SECONDS,
        )
    return Redacted(
        pages=_number(found["pages"]),
        remade=_numbers(found["remade"]),
        blind=_numbers(found["blind"]),
        elsewhere=tuple(_hits(found["elsewhere"])),
        size=_number(found["size"]),
        sha256=str(found["sha256"]),
    )


def _must_have_pages(name: str, media_type: str) -> None:
    if kinds.BY_MEDIA_TYPE.get(media_type) not in kinds.PAGED:
        raise NoPages(name=name)


def _check(boxes: Sequence[Area], words: Sequence[str], name: str) -> None:
    if not boxes and not any(word.strip() for word in words):
        raise NothingToCover
    if len(boxes) > MOST_BOXES:
        raise WrongBox(page=boxes[MOST_BOXES].page)
    for box in boxes:
        if box.page < 1:
            raise UnknownPage(name=name, page=box.page, pages="?")
        inside = 0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1
        if not inside or len(box.label) > LONGEST_LABEL:  # also what is no number
            raise WrongBox(page=box.page)


def _hits(found: object) -> list[Hit]:
    rows = found if isinstance(found, list) else []
    return [Hit(kind, text, tuple(Area(*box) for box in boxes)) for kind, text, boxes in rows]


def _numbers(found: object) -> tuple[int, ...]:
    return tuple(_number(one) for one in found) if isinstance(found, list) else ()


def _number(found: object) -> int:
    return found if isinstance(found, int) else 0
