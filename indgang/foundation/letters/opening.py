"""Opens PDF files and pictures; only inside a cell."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageOps, UnidentifiedImageError

from indgang.foundation.letters.errors import FileDamaged, FileEncrypted, FileUnfolds, TooManyPages, UnknownPage

MOST_PAGES = 5000
MOST_PIXELS = 120_000_000  # of one picture; a drawing of A0 at 200 dots per inch has 62 million
_SAVED_DOTS = 200  # per inch, of a picture that does not say
# What Pillow raises for a broken picture, by its own list of readers.
BROKEN_PICTURE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError)


@contextlib.contextmanager
def opened_pdf(path: Path, *, name: str) -> Iterator[pdfium.PdfDocument]:
    """The document; FileEncrypted when it needs a password, FileDamaged when it has no page that can be read."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise FileEncrypted(name=name) from error
        raise FileDamaged(name=name) from error
    try:
        if len(document) == 0:
            raise FileDamaged(name=name)
        if len(document) > MOST_PAGES:
            raise TooManyPages(name=name, pages=len(document), most=MOST_PAGES)
        yield document
    finally:
        document.close()


def page_of(document: pdfium.PdfDocument, number: int, *, name: str) -> pdfium.PdfPage:
    """The page with this number, the first is 1; its annotations and form fields are part of the drawing."""
    if not 1 <= number <= len(document):
        raise UnknownPage(name=name, page=number, pages=len(document))
    try:
        page = document[number - 1]
        if raw.FPDFPage_GetAnnotCount(page):
            # Closing and opening makes the drawing and the text see what was just drawn into the page.
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
    except pdfium.PdfiumError as error:
        raise FileDamaged(name=name) from error
    return page


@contextlib.contextmanager
def opened_picture(path: Path, *, name: str) -> Iterator[Image.Image]:
    """The picture with its frames; FileUnfolds when it has too many points."""
    Image.MAX_IMAGE_PIXELS = None  # judged below, before a point is unpacked
    try:
        picture = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
    except BROKEN_PICTURE as error:
        raise FileDamaged(name=name) from error
    with picture:
        frames = getattr(picture, "n_frames", 1)
        if frames > MOST_PAGES:
            raise TooManyPages(name=name, pages=frames, most=MOST_PAGES)
        yield picture


def frame_of(picture: Image.Image, number: int, *, name: str) -> Image.Image:
    """One frame, turned as the camera was held, on white, in grey or colours; nothing else of the file is left."""
    frames = getattr(picture, "n_frames", 1)
    if not 1 <= number <= frames:
        raise UnknownPage(name=name, page=number, pages=frames)
    try:
        if frames > 1:
            picture.seek(number - 1)
        if picture.width * picture.height > MOST_PIXELS:
            raise FileUnfolds(name=name)
        picture.load()
        turned = ImageOps.exif_transpose(picture) or picture
        return _on_white(turned)
    except BROKEN_PICTURE as error:
        raise FileDamaged(name=name) from error


def dots_of(picture: Image.Image) -> float:
    """Dots per inch; 200 when the file says nothing that can be true."""
    said = picture.info.get("dpi") or (_SAVED_DOTS, _SAVED_DOTS)
    try:
        dots = float(said[0])
    except (TypeError, ValueError, ZeroDivisionError):
        return _SAVED_DOTS
    return dots if 50 <= dots <= 1200 else _SAVED_DOTS


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"1", "L"}:
        plain = picture.convert("L")
    elif picture.mode.startswith("I") or picture.mode == "F":
        low, high = picture.getextrema()
        span = max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
        plain = picture.point(lambda v: (v - low) * (255.0 / span)).convert("L")
    elif "A" in picture.mode or "a" in picture.mode or "transparency" in picture.info:
        over = picture.convert("RGBA")
        plain = Image.new("RGB", picture.size, "white")
        plain.paste(over, mask=over.getchannel("A"))
    else:
        plain = picture.convert("RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare
