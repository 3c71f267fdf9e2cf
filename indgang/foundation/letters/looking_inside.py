"""Opens a file that is to be taken in and says what is inside; only inside a cell."""

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from indgang.foundation.letters import kinds, office
from indgang.foundation.letters.errors import FileDamaged
from indgang.foundation.letters.opening import frame_of, opened_pdf, opened_picture

_PAGES_TRIED = 50  # opened one by one; a page further on shows its damage when it is read
_END = b"%%EOF"
_END_WITHIN = 4096


def look(path: Path, media_type: str, *, name: str) -> dict[str, object]:
    """The facts of `FileFacts` that need the file open."""
    kind = kinds.BY_MEDIA_TYPE[media_type]
    if kind is kinds.PDF:
        return _pdf(path, name)
    if kind in kinds.IMAGES:
        return _picture(path, name)
    if kind in (kinds.DOCX, kinds.XLSX, kinds.ODT, kinds.ODS):
        actual, warnings = office.kind_of(path, name=name)
        text = office.text_of(path, actual, name=name, most=1000)
        return {"media_type": actual.media_type, "warnings": warnings, "text_found": bool(text)}
    return {"text_found": True}


def _pdf(path: Path, name: str) -> dict[str, object]:
    with opened_pdf(path, name=name) as document:
        text_found, broken = _try_pages(document, name)
        protected = raw.FPDF_GetSecurityHandlerRevision(document) != -1
        warnings = _pdf_warnings(document)
        pages = len(document)
    damaged = ", ".join(f"page {number}" for number in broken) or _cut_off(path)
    if not text_found:
        warnings.append("no_text")
    return {
        "pages": pages,
        "encrypted": protected,
        "damaged": damaged,
        "text_found": text_found,
        "warnings": warnings,
    }


def _try_pages(document: pdfium.PdfDocument, name: str) -> tuple[bool, list[int]]:
    text_found, broken = False, []
    tried = min(len(document), _PAGES_TRIED)
    for index in range(tried):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            broken.append(index + 1)
            continue
        if not text_found:
            textpage = page.get_textpage()
            text_found = bool(textpage.get_text_range().strip())
            textpage.close()
        page.close()
    if len(broken) == tried:
        raise FileDamaged(name=name)
    return text_found, broken


def _pdf_warnings(document: pdfium.PdfDocument) -> list[str]:
    found = []
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        found.append("javascript")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        found.append("attachments")
    if document.get_formtype() != raw.FORMTYPE_NONE:
        found.append("form")
    return found


def _cut_off(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_WITHIN))
        return "" if _END in file.read() else "end"


def _picture(path: Path, name: str) -> dict[str, object]:
    with opened_picture(path, name=name) as picture:
        frames: int = getattr(picture, "n_frames", 1)
        frame: Image.Image = frame_of(picture, 1, name=name)
        frame.close()
    return {"pages": frames, "warnings": ["no_text"]}
