"""The words of a file, for searching in it and for finding what must be covered.

`extract_text` is the door; everything else runs in a cell (`cells.py`).
"""

import re
from email import policy as mail_policy
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path
from typing import BinaryIO

from indgang.foundation.letters import cells, kinds, office
from indgang.foundation.letters.errors import FileDamaged
from indgang.foundation.letters.pages import Extracted
from indgang.foundation.letters.words import plain

MOST_LETTERS = 2_000_000  # of one file; 700 full pages
SECONDS = 120.0
_MOST_READ = 32 * 1024 * 1024  # of a text or a mail


def extract_text(content: BinaryIO | Path, *, name: str, media_type: str, most: int = MOST_LETTERS) -> Extracted:
    """The words, page by page; a picture has none. FileDamaged, FileEncrypted when it cannot be read."""
    with cells.on_disk(content) as path:
        found, words = cells.run(
            "extract", name=name, path=str(path), media_type=media_type, most=most, seconds=SECONDS
        )
    pages = words.decode().split("\f") if words else []
    return Extracted(pages=tuple(pages), clipped=bool(found["clipped"]))


def in_cell(*, name: str, path: str, media_type: str, most: int) -> tuple[dict[str, object], bytes]:
    """Pages parted by form feeds."""
    pages: list[str] = []
    left = most
    clipped = False
    for page in _pages(Path(path), media_type, name, most):
        clean = plain(page).replace("\f", "\n").strip()
        clipped = clipped or len(clean) > left
        pages.append(clean[:left])
        left -= len(pages[-1])
        if left <= 0:
            clipped = True
            break
    return {"clipped": clipped}, "\f".join(pages).encode("utf-8", "replace")


def _pages(path: Path, media_type: str, name: str, most: int):  # type: ignore[no-untyped-def]
    match kinds.BY_MEDIA_TYPE.get(media_type):
        case kinds.PDF:
            yield from _pdf_pages(path, name)
        case kinds.TEXT:
            yield decoded(_start_of(path))
        case kinds.MAIL:
            yield _mail(path)
        case kinds.DOCX | kinds.ODT | kinds.XLSX | kinds.ODS as kind:
            yield office.text_of(path, kind, name=name, most=most)
        case _:
            return


def _pdf_pages(path: Path, name: str):  # type: ignore[no-untyped-def]
    import pypdfium2 as pdfium

    from indgang.foundation.letters.opening import opened_pdf, page_of

    with opened_pdf(path, name=name) as document:
        document.init_forms()
        for number in range(1, len(document) + 1):
            try:
                page = page_of(document, number, name=name)
                textpage = page.get_textpage()
            except (FileDamaged, pdfium.PdfiumError):
                yield ""  # the other pages can still be searched
                continue
            yield textpage.get_text_range()
            textpage.close()
            page.close()


def decoded(content: bytes) -> str:
    """Text in the coding it has: UTF-8 or UTF-16 with its mark, else that of Western Windows."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.start >= len(content) - 3 and len(content) == _MOST_READ
        return content.decode("utf-8-sig", "ignore") if cut else content.decode("cp1252", "replace")


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_READ)


def _mail(path: Path) -> str:
    message = BytesParser(policy=mail_policy.default).parsebytes(_start_of(path))
    parts = [f"{head}: {message[head]}" for head in ("From", "To", "Cc", "Date", "Subject") if message[head]]
    for part in message.walk():
        if part.get_content_maintype() != "text" or part.is_multipart():
            if part.get_filename():
                parts.append(f"[{part.get_filename()}]")
            continue
        text = decoded(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        parts.append(_bare(text) if part.get_content_subtype() == "html" else text)
    return "\n".join(parts)


class _Bare(HTMLParser):
    """The text between the tags, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in {"script", "style"}
        self.found.append("\n" if tag in {"br", "p", "div", "tr", "li"} else "")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in {"script", "style"}))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _bare(html: str) -> str:
    parser = _Bare()
    parser.feed(html)
    parser.close()
    return re.sub(r"[ \t]+", " ", "".join(parser.found))
