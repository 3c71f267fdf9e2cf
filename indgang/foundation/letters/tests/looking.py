"""Looks into a file from outside: its words, its picture, and every stream in it unpacked."""

import io
import re
import zlib
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from indgang.foundation.letters import redaction
from indgang.foundation.letters.pages import Area, Redacted

PDF = "application/pdf"
TOP = (0.0, 0.0, 1.0, 0.2)


def redact(folder: Path, content: bytes, *boxes: Area, media_type: str = PDF, **more: object) -> tuple[bytes, Redacted]:
    target = folder / "ud.pdf"
    done = redaction.redact(
        io.BytesIO(content), name="fil.pdf", media_type=media_type, boxes=boxes, target=target, **more
    )
    return target.read_bytes(), done


def text_of(content: bytes, page: int | None = None) -> str:
    with pdfium.PdfDocument(content) as document:
        wanted = range(len(document)) if page is None else [page - 1]
        return "\n".join(document[n].get_textpage().get_text_range() for n in wanted)


def shown(content: bytes, page: int, *, scale: float = 2) -> Image.Image:
    with pdfium.PdfDocument(content) as document:
        return document[page - 1].render(scale=scale, grayscale=True).to_pil().convert("L")


def everything(content: bytes) -> bytes:
    """The file, and every stream in it that can be unpacked."""
    found = [content]
    for start in re.finditer(rb"stream\r?\n", content):
        try:
            found.append(zlib.decompressobj().decompress(content[start.end() :]))
        except zlib.error:
            continue
    return b"\n".join(found)


def stands_in(word: str, content: bytes) -> bool:
    whole = everything(content).lower()
    codings = [word.encode("utf-8"), word.encode("cp1252", "replace"), word.encode("utf-16-be")]
    codings += [word.encode("utf-16-le")] + [coding.hex().encode() for coding in codings]
    return any(coding.lower() in whole for coding in codings)


def is_black(page: Image.Image, box: Area) -> bool:
    inner = (box.left * page.width, box.top * page.height, box.right * page.width, box.bottom * page.height)
    edges = [round(edge) + (2 if index < 2 else -2) for index, edge in enumerate(inner)]
    return page.crop(tuple(edges)).getextrema()[1] < 70
