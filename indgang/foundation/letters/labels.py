"""White words on the black boxes, drawn with the letters pdfium brings along: no font file is needed."""

import ctypes
import functools

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageOps

_LARGEST = 11.0  # points
_SMALLEST = 4.0
_OF_THE_BOX = 0.7


def on_box(label: str, *, width: int, height: int, dots: float) -> Image.Image | None:
    """White on black, at most as large as the box in points of the picture; None when it cannot be read that small."""
    high = min(height * _OF_THE_BOX, _LARGEST * dots / 72)
    strip = _strip(label, max(1, round(high)))
    if strip.width > width * 0.95:
        high = high * width * 0.95 / strip.width
        strip = _strip(label, max(1, round(high)))
    readable = high >= _SMALLEST * dots / 72 and strip.width <= width and strip.height <= height
    return strip if readable else None


@functools.lru_cache(maxsize=64)
def _strip(label: str, high: int) -> Image.Image:
    document = pdfium.PdfDocument.new()
    page = document.new_page(high * len(label) + high, high * 1.4)
    font = raw.FPDFText_LoadStandardFont(document, b"Helvetica")
    text = raw.FPDFPageObj_CreateTextObj(document, font, float(high) * 0.9)
    codes = label.encode("utf-16-le") + b"\x00\x00"
    raw.FPDFText_SetText(text, ctypes.cast(ctypes.c_char_p(codes), ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, high * 0.2, high * 0.35)
    raw.FPDFPage_InsertObject(page, text)
    raw.FPDFPage_GenerateContent(page)
    drawn = ImageOps.invert(page.render(scale=1, grayscale=True).to_pil().convert("L"))
    page.close()
    document.close()
    found = drawn.getbbox()
    return drawn.crop((found[0], 0, found[2], drawn.height)) if found else drawn.crop((0, 0, 1, 1))
