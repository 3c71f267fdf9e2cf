"""Puts files together in one PDF with a list of contents; only inside a cell. `packaging.py` is the door.

Every page goes the way of redacted files: copied clean or made again, so nothing that came with a file leaves with it.
"""

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import typst

from indgang.foundation.letters import kinds, reading
from indgang.foundation.letters.masking import Plan, source_of, write_head, write_pages
from indgang.foundation.letters.pdf_parts import Name, Part, Reference, Writer, text_string
from indgang.foundation.letters.printable import printable
from indgang.foundation.letters.text_layer import Alphabet

_PLATE = Path(__file__).parent / "typst"
_MOST_TEXT = 400_000
_TRIES = 5  # the list of contents may grow by a page when the numbers in it do
_TYPESET = (kinds.TEXT, kinds.MAIL)


@dataclass(frozen=True)
class _Row:
    """One file: where it lies, what is said of it, how many pages it brings (0: only its line in the list)."""

    path: Path
    name: str
    media_type: str
    title: str
    date: str
    note: str
    pages: int = 0


def in_cell(
    *,
    name: str,
    files: list[dict[str, str]],
    title: str,
    lines: list[str],
    labels: dict[str, str],
    language: str,
    fonts: str,
    target: str,
) -> tuple[dict[str, object], bytes]:
    """Writes the package to `target`."""
    folder = Path(target).parent
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        press = _Press(Path(aside), fonts, labels, language)
        rows = [_prepared(one, press, number) for number, one in enumerate(files)]
        contents, starts = _contents(rows, press, title=title, lines=lines)
        pages = _write(Path(target), contents, rows, starts, title=title, language=language, aside=Path(aside))
    with Path(target).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"pages": pages, "starts": starts, "size": Path(target).stat().st_size, "sha256": digest}, b""


@dataclass(frozen=True)
class _Press:
    """Typesets what has no pages of its own."""

    folder: Path
    fonts: str
    labels: Mapping[str, str]
    language: str

    def set(self, file: str, *, title: str, lines: Sequence[str], rows: Sequence[Mapping[str, str]], text: str) -> Path:
        given = {
            "title": printable(title),
            "lines": [printable(line) for line in lines],
            "rows": [{key: printable(value) for key, value in row.items()} for row in rows],
            "text": printable(text),
            "labels": dict(self.labels),
            "language": self.language,
        }
        out = self.folder / file
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,
            font_paths=[self.fonts] if Path(self.fonts).is_dir() else [],
        )
        typst.compile(
            str(_PLATE / "package.typ"),
            output=str(out),
            root=str(_PLATE),
            font_paths=fonts,
            sys_inputs={"package": json.dumps(given)},
        )
        return out


def _prepared(file: Mapping[str, str], press: _Press, number: int) -> _Row:
    path, name, media_type = Path(file["path"]), file["name"], file["media_type"]
    if kinds.BY_MEDIA_TYPE.get(media_type) in _TYPESET:
        _, words = reading.in_cell(name=name, path=str(path), media_type=media_type, most=_MOST_TEXT)
        path = press.set(f"text{number}.pdf", title=file["title"], lines=(), rows=(), text=words.decode())
        media_type = kinds.PDF.media_type
    pages = 0
    if kinds.BY_MEDIA_TYPE.get(media_type) in kinds.PAGED:
        with source_of(path, media_type, name=name) as source:
            pages = source.count
    return _Row(path, name, media_type, file["title"], file["date"], file["note"], pages)


def _contents(rows: Sequence[_Row], press: _Press, *, title: str, lines: Sequence[str]) -> tuple[Path, list[int]]:
    """The list of contents, set until the page numbers in it are those of the package."""
    length = 1
    for _ in range(_TRIES):
        starts = _starts(rows, length)
        listed = [
            {
                "number": str(number),
                "title": row.title,
                "date": row.date,
                "note": row.note,
                "page": str(start) if start else press.labels["apart"],
            }
            for number, (row, start) in enumerate(zip(rows, starts, strict=True), 1)
        ]
        contents = press.set("contents.pdf", title=title, lines=lines, rows=listed, text="")
        with source_of(contents, kinds.PDF.media_type, name=title) as source:
            if source.count == length:
                break
            length = source.count
    return contents, starts


def _starts(rows: Sequence[_Row], length: int) -> list[int]:
    starts, at = [], length + 1
    for row in rows:
        starts.append(at if row.pages else 0)
        at += row.pages
    return starts


def _write(
    target: Path,
    contents: Path,
    rows: Sequence[_Row],
    starts: Sequence[int],
    *,
    title: str,
    language: str,
    aside: Path,
) -> int:
    with target.open("wb") as file:
        writer = Writer(file)
        pages, alphabet = writer.reserve(), Alphabet(writer)
        written: list[Reference] = []
        first = _Row(contents, title, kinds.PDF.media_type, title, "", "", 1)
        for row in (first, *(row for row in rows if row.pages)):
            with ExitStack() as stack:
                source = stack.enter_context(source_of(row.path, row.media_type, name=row.name))
                written += write_pages(source, Plan(), writer, alphabet, pages, aside / "kept.pdf")
        alphabet.write()
        marks = [(row.title, written[start - 1]) for row, start in zip(rows, starts, strict=True) if start]
        write_head(
            writer, pages, written, title=title, language=language, outlines=_outlines(writer, marks) if marks else None
        )
    return len(written)


def _outlines(writer: Writer, marks: Sequence[tuple[str, Reference]]) -> Reference:
    """The bookmarks: one per file."""
    root = writer.reserve()
    places = [writer.reserve() for _ in marks]
    for index, (title, page) in enumerate(marks):
        entry: dict[str, Part] = {"Title": text_string(title), "Parent": root, "Dest": [page, Name("Fit")]}
        if index:
            entry["Prev"] = places[index - 1]
        if index + 1 < len(places):
            entry["Next"] = places[index + 1]
        writer.add(entry, places[index])
    return writer.add({"First": places[0], "Last": places[-1], "Count": len(places)}, root)
