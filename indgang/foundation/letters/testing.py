"""Letters for tests, and what a PDF says of itself."""

import io
import re
import zipfile
from datetime import date

import pypdfium2

from indgang.foundation.letters.values import Block, Letter, Sender

SENDER = Sender("Prøvekommunen", "Ydelser", "Prøvegade 1\n0000 Prøveby", "00 00 00 01", "post@kommune.example", "9-15")


def make_letter(*blocks: Block, language: str = "da", title: str = "Du får boligstøtte") -> Letter:
    """A letter to an invented citizen."""
    receiver = ("Anna Prøve", "Eksempelvej 1, 2. tv.", "0000 Prøveby")
    return Letter(language, title, SENDER, receiver, date(2026, 3, 2), "2026-000123", blocks)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page in reading order, with plain line ends."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_text(page) for page in document]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """The text of all pages on one line."""
    return " ".join(" ".join(pages_of(pdf)).split())


def tags_of(pdf: bytes) -> list[str]:
    """The kinds of the structure elements, as they lie in the file."""
    return [found.decode() for found in re.findall(rb"/StructElem/S/(\w+)", pdf)]


def _text(page: pypdfium2.PdfPage) -> str:
    found: str = page.get_textpage().get_text_range()
    return found.replace("\r\n", "\n").replace("\u200b", "").replace("\ufffe", "-")  # PDFium's hyphen at a line's end


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, more: dict[str, bytes] | None = None, head: str = "") -> bytes:
    """A text document as Word writes it, with these paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(), **(more or {})})
