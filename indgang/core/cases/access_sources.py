"""The pages of an item: those it has, or its words set as pages."""

from datetime import datetime

from indgang.core.cases.document_errors import FileMissing
from indgang.core.cases.document_presenting import UNSHOWABLE, why_damaged
from indgang.core.cases.letter_making import sender_of
from indgang.core.cases.models import AccessItem, Case, DocumentVersion
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.values import Letter, Paragraph
from indgang.foundation.runtime import clock
from indgang.foundation.runtime import services as runtime

PDF, TEXT = "application/pdf", "text/plain"
PAGED = frozenset({PDF, "image/png", "image/jpeg", "image/tiff"})
TYPESET = frozenset({TEXT, "message/rfc822"})  # a package sets their words as pages by itself
_HIDDEN_CODES = UNSHOWABLE
_LONGEST_BLOCK = 50_000
_SHOWN_ON_TOP = "Udskrift til aktindsigt"


def is_paged(item: AccessItem) -> bool:
    """Whether boxes can be drawn on it."""
    return item.media_type in PAGED and not item.unreadable


def is_office(item: AccessItem) -> bool:
    """Whether it is a file of another program, given as it is or as its words."""
    return bool(item.source) and item.media_type not in PAGED | TYPESET and not item.unreadable


def why_unreadable(version: DocumentVersion, *, infected: bool) -> str:
    """A code when nobody can look into the file here: it is named in the answer and handled by hand."""
    if infected:
        return "dangerous"
    if version.damaged in _HIDDEN_CODES:
        return version.damaged
    try:
        with runtime.open_file(version.digest):
            return ""
    except FileNotFoundError:
        return "unread"


def unreadable_words(code: str) -> str:
    """The sentence for such a code."""
    return why_damaged(code)


def kept_text(text: str, title: str) -> dict[str, object]:
    """Words kept as a file, and the facts of the item they belong to."""
    digest = runtime.store_file(text.encode())
    name = "".join(sign if sign.isalnum() or sign in " -" else " " for sign in title).strip()[:80] or "notat"
    return {"source": digest, "media_type": TEXT, "name": f"{name}.txt"}


def make_pages(item: AccessItem, own: Case, at: datetime) -> None:
    """Set the words of an item without pages as a PDF, and let that be its source; what letters refuse is raised."""
    try:
        with runtime.file_on_disk(item.source) as path:
            words = letters.extract_text(path, name=item.name, media_type=item.media_type).text
    except FileNotFoundError:
        raise FileMissing(name=item.name) from None
    blocks = tuple(Paragraph(part) for part in _parts(words)) or (Paragraph("–"),)
    letter = Letter(
        "da", item.title, sender_of(own), (_SHOWN_ON_TOP,), clock.local(item.dated or at).date(), own.number, blocks
    )
    item.source, item.media_type = runtime.store_file(letters.typeset(letter)), PDF
    item.name, item.as_text, item.pages = f"{item.name.rpartition('.')[0] or item.name}.pdf"[:200], True, None


def text_of_item(item: AccessItem) -> str:
    """The words of an item without pages, to be read on the screen."""
    if not item.source or item.unreadable or item.media_type in PAGED:
        return ""
    try:
        with runtime.file_on_disk(item.source) as path:
            return letters.extract_text(path, name=item.name, media_type=item.media_type, most=100_000).text
    except FileNotFoundError:
        return ""


def _parts(words: str) -> list[str]:
    found = []
    for part in words.split("\n\n"):
        whole = part.strip()
        found += [whole[start : start + _LONGEST_BLOCK] for start in range(0, len(whole), _LONGEST_BLOCK)]
    return [part for part in found if part.strip()]
