"""Makes the new file: pages with boxes as pictures, the others as they are without what came with them.

Runs in a cell; `redaction.py` is the door. The result is proved (`proving.py`) before anybody is told of it.
"""

import hashlib
import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pypdfium2 as pdfium
from PIL import Image

from indgang.foundation.letters import finding, kinds, proving
from indgang.foundation.letters.errors import FileDamaged, NothingToCover, UnknownPage
from indgang.foundation.letters.opening import (
    MOST_PIXELS,
    dots_of,
    frame_of,
    opened_pdf,
    opened_picture,
    page_of,
)
from indgang.foundation.letters.pages import Area, Hit
from indgang.foundation.letters.patterns import without
from indgang.foundation.letters.pdf_parts import Name, Part, Parts, Reference, Unclear, Writer, text_string
from indgang.foundation.letters.remaking import Sheet, grown, has_unseen, is_covered, remake
from indgang.foundation.letters.scrubbing import Scrubber
from indgang.foundation.letters.text_layer import Alphabet
from indgang.foundation.letters.words import Letter, letters_of, words_of

DOTS = 200.0
_DOTS_TO_LOOK = 100.0  # enough to see whether there is ink where a word should be
_MOST_REMEMBERED = 100  # pages; one of them takes a megabyte
_AROUND = ".,;:()\"'!?"
_MOST_ELSEWHERE = 200
_TELLING = 3  # letters a word needs to be told of


class Source(Protocol):
    """A file as pages."""

    count: int

    def letters(self, number: int) -> list[Letter]: ...

    def sheet(self, number: int, letters: Sequence[Letter]) -> Sheet: ...

    def hides(self, number: int, letters: Sequence[Letter]) -> bool:
        """Whether the page has words that nobody sees on it."""

    def kept(self, numbers: Sequence[int], into: Path) -> bool:
        """Writes these pages as a PDF of pdfium's; says whether it could."""


@dataclass
class Plan:
    """What is done with each page, and what is learnt on the way."""

    boxes: dict[int, list[Area]] = field(default_factory=dict)
    remade: set[int] = field(default_factory=set)
    blind: list[int] = field(default_factory=list)  # pages without text
    covered: set[str] = field(default_factory=set)  # the words in the boxes
    elsewhere: list[Hit] = field(default_factory=list)

    def note_open(self, number: int, letters: Sequence[Letter]) -> None:
        """Names and numbers that are covered in one place and stand open in another."""
        for word in words_of(letters) if self.covered and len(self.elsewhere) < _MOST_ELSEWHERE else ():
            text = word.text.strip(_AROUND)
            known = text in self.covered or text.removesuffix("s") in self.covered
            if known and _is_telling(text) and not is_covered(word, self.boxes.get(number, ()), number):
                left, top, right, bottom = word.tight
                self.elsewhere.append(Hit("word", text, (Area(number, left, top, right, bottom),)))


def in_cell(
    *,
    name: str,
    path: str,
    media_type: str,
    boxes: list[list[object]],
    words: list[str],
    target: str,
    title: str,
    language: str,
) -> tuple[dict[str, object], bytes]:
    """Writes the covered file to `target`; raises StillReadable rather than leave a doubtful one."""
    with source_of(Path(path), media_type, name=name) as source:
        plan = _plan(source, [Area(*box) for box in boxes], words, name)  # type: ignore[arg-type]
        told = without(title, [*words, *filter(_is_telling, plan.covered)])  # the title of a file is read, too
        _write(source, plan, Path(target), title=told, language=language)
        pages = source.count
    wanted = [word for word in words if word.strip()]
    proving.prove(Path(target), plan.boxes, pages=pages, covered=plan.covered, words=wanted, name=name)
    with Path(target).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "pages": pages,
        "remade": sorted(plan.remade),
        "blind": plan.blind,
        "elsewhere": [finding.packed(hit) for hit in plan.elsewhere],
        "size": Path(target).stat().st_size,
        "sha256": digest,
    }, b""


@contextmanager
def source_of(path: Path, media_type: str, *, name: str) -> Iterator[Source]:
    with ExitStack() as stack:
        if kinds.BY_MEDIA_TYPE[media_type] is kinds.PDF:
            document = stack.enter_context(opened_pdf(path, name=name))
            document.init_forms()
            yield _PdfSource(document, name)
        else:
            yield _PictureSource(stack.enter_context(opened_picture(path, name=name)), name)


def write_head(
    writer: Writer,
    pages: Reference,
    rows: Sequence[Reference],
    *,
    title: str,
    language: str,
    outlines: Reference | None = None,
) -> None:
    """The catalogue and the end of the file; nothing in it comes from the source."""
    kids: list[Part] = list(rows)
    writer.add({"Type": Name("Pages"), "Count": len(rows), "Kids": kids}, pages)
    root: dict[str, Part] = {"Type": Name("Catalog"), "Pages": pages, "Lang": text_string(language)}
    if title:
        root["ViewerPreferences"] = {"DisplayDocTitle": True}
    if outlines is not None:
        root |= {"Outlines": outlines, "PageMode": Name("UseOutlines")}
    info = writer.add({"Title": text_string(title)}) if title else None
    writer.end(writer.add(root), info)


def _plan(source: Source, boxes: Sequence[Area], words: Sequence[str], name: str) -> Plan:
    """Letters are read again when the page is written: those of a thousand pages would fill the memory."""
    plan = Plan()
    for box in boxes:
        if box.page > source.count:
            raise UnknownPage(name=name, page=box.page, pages=source.count)
        plan.boxes.setdefault(box.page, []).append(box)
    for number in range(1, source.count + 1):
        letters = source.letters(number)
        if all(letter.blank for letter in letters):
            plan.blind.append(number)
        for hit in finding.hits_on(number, letters, words=words, patterns=()):
            plan.boxes.setdefault(number, []).extend(hit.boxes)
        if number in plan.boxes:
            of_page = plan.boxes[number]
            of_page += grown(number, letters, of_page)
            met = (word for word in words_of(letters) if is_covered(word, of_page, number))
            plan.covered |= {word.text.strip(_AROUND) for word in met}
    if not plan.boxes:
        raise NothingToCover
    plan.remade = set(plan.boxes)
    return plan


def _is_telling(word: str) -> bool:
    return len(word) >= _TELLING and (word[0].isupper() or any(c.isdigit() for c in word) or "@" in word)


def _write(source: Source, plan: Plan, target: Path, *, title: str, language: str) -> None:
    with target.open("wb") as file:
        writer = Writer(file)
        pages, alphabet = writer.reserve(), Alphabet(writer)
        with tempfile.TemporaryDirectory(dir=target.parent) as aside:
            rows = write_pages(source, plan, writer, alphabet, pages, Path(aside) / "kept.pdf")
        alphabet.write()
        write_head(writer, pages, rows, title=title, language=language)


def write_pages(
    source: Source, plan: Plan, writer: Writer, alphabet: Alphabet, pages: Reference, aside: Path
) -> list[Reference]:
    """All pages of the source, each copied clean or made again; adds the latter to `plan.remade`."""
    kept = [n for n in range(1, source.count + 1) if n not in plan.remade]
    with ExitStack() as stack:
        clean: dict[int, dict[str, Part]] = {}
        scrubber = None
        if kept and source.kept(kept, aside):
            parts = stack.enter_context(Parts(aside))
            scrubber = Scrubber(parts, writer)
            clean = _clean_pages(parts, kept)
        rows = []
        for number in range(1, source.count + 1):
            letters = source.letters(number)
            plan.note_open(number, letters)
            if scrubber is not None and number in clean and not source.hides(number, letters):
                rows.append(scrubber.copy(clean[number], pages))
                continue
            plan.remade.add(number)
            rows.append(remake(source.sheet(number, letters), plan.boxes.get(number, ()), writer, alphabet, pages))
    return rows


def _clean_pages(parts: Parts, kept: Sequence[int]) -> dict[int, dict[str, Part]]:
    """The pages that can be copied safely: each is tried first, into nothing."""
    clean: dict[int, dict[str, Part]] = {}
    try:
        found = parts.pages()
    except Unclear:
        return clean
    if len(found) != len(kept):
        return clean
    trial = _trial(parts)
    for number, page in zip(kept, found, strict=True):
        try:
            trial.check(page)
            trial.copy(page, Reference(1))
        except Unclear:
            trial = _trial(parts)  # it may believe to have copied what it could not
            continue
        clean[number] = page
    return clean


def _trial(parts: Parts) -> Scrubber:
    return Scrubber(parts, Writer(_Nowhere()))


class _Nowhere(io.BytesIO):
    """Takes what is written and forgets it."""

    def write(self, content: object, /) -> int:
        return 0


class _PdfSource:
    """A PDF, opened by pdfium; form fields and notes that can be seen are part of the drawing."""

    def __init__(self, document: pdfium.PdfDocument, name: str) -> None:
        self.count = len(document)
        self._document = document
        self._name = name
        self._read: dict[int, list[Letter]] = {}

    def letters(self, number: int) -> list[Letter]:
        if number in self._read:
            return self._read[number]
        page = page_of(self._document, number, name=self._name)
        try:
            letters = letters_of(page)
        finally:
            page.close()
        if len(self._read) < _MOST_REMEMBERED:
            self._read[number] = letters
        return letters

    def hides(self, number: int, letters: Sequence[Letter]) -> bool:
        sheet = self.sheet(number, letters, _DOTS_TO_LOOK)
        return has_unseen(sheet)

    def sheet(self, number: int, letters: Sequence[Letter], dots: float = DOTS) -> Sheet:
        page = page_of(self._document, number, name=self._name)
        width, height = page.get_size()
        scale = min(dots / 72, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
        return Sheet(number, (width, height), picture, letters, scale * 72)

    def kept(self, numbers: Sequence[int], into: Path) -> bool:
        new = pdfium.PdfDocument.new()
        try:
            new.import_pages(self._document, [number - 1 for number in numbers])
            new.save(into)
        except pdfium.PdfiumError:
            return False
        finally:
            new.close()
        return True


class _PictureSource:
    """A picture with its frames; every frame becomes a page."""

    def __init__(self, picture: Image.Image, name: str) -> None:
        self.count = getattr(picture, "n_frames", 1)
        self._picture = picture
        self._name = name

    def letters(self, number: int) -> list[Letter]:
        return []

    def hides(self, number: int, letters: Sequence[Letter]) -> bool:
        return False

    def sheet(self, number: int, letters: Sequence[Letter]) -> Sheet:
        frame = frame_of(self._picture, number, name=self._name)
        dots = dots_of(self._picture)
        size = (frame.width * 72 / dots, frame.height * 72 / dots)
        if dots > DOTS:
            smaller = (max(1, round(frame.width * DOTS / dots)), max(1, round(frame.height * DOTS / dots)))
            frame = frame.resize(smaller, Image.Resampling.LANCZOS)
        if min(frame.size) < 1:
            raise FileDamaged(name=self._name)
        return Sheet(number, size, frame, letters, min(dots, DOTS))

    def kept(self, numbers: Sequence[int], into: Path) -> bool:
        return False
