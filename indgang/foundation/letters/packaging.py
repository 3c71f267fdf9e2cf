"""Packages of files: one PDF with a list of contents, and a zip.

`bundle` and `zipped` are the doors. A package holds the pages only: no metadata, notes or attachments of its files.
"""

import os
import shutil
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, override

from indgang.foundation.letters import cells, kinds
from indgang.foundation.letters.pages import Enclosed, Package

SECONDS = 1800.0
_LONGEST_NAME = 120
_FORBIDDEN = '<>:"/\\|?*'
_COPIED_AT_ONCE = 1024 * 1024


def bundle(
    files: Sequence[Enclosed], *, title: str, cover_lines: Sequence[str], target: Path, language: str = "da"
) -> Package:
    """Writes one PDF to `target`: a list of contents (title, date, page), then the pages of each file.

    Office files have no pages: they stand in the list and lie apart (`zipped`). Typed errors as for `inspect`.
    """
    with override(language):
        labels = {
            "number": gettext("Nr."),
            "title": gettext("Dokument"),
            "date": gettext("Dato"),
            "page": gettext("Side"),
            "apart": gettext("særskilt fil"),
        }
    with cells.whole_or_gone(target):
        found, _ = cells.run(
            "bundle",
            name=title,
            files=[_facts(file) for file in files],
            title=title,
            lines=list(cover_lines),
            labels=labels,
            language=language,
            fonts=str(settings.LETTER_FONTS),
            target=str(target),
            seconds=SECONDS,
        )
    starts = found["starts"]
    return Package(
        pages=int(str(found["pages"])),
        starts=tuple(starts) if isinstance(starts, list) else (),
        size=int(str(found["size"])),
        sha256=str(found["sha256"]),
    )


def zipped(files: Sequence[Enclosed], *, target: Path, at: datetime) -> list[str]:
    """Writes a zip of the files as they are, under safe names in their order; says the names."""
    names: list[str] = []
    with cells.whole_or_gone(target):
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            for number, file in enumerate(files, 1):
                names.append(_safe_name(number, file))
                entry = zipfile.ZipInfo(names[-1], date_time=at.astimezone(UTC).timetuple()[:6])
                entry.external_attr = 0o600 << 16
                # What is packed already does not get smaller.
                office_or_text = kinds.BY_MEDIA_TYPE.get(file.media_type) in (kinds.TEXT, kinds.MAIL, kinds.TIFF)
                entry.compress_type = zipfile.ZIP_DEFLATED if office_or_text else zipfile.ZIP_STORED
                with file.path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as place:
                    shutil.copyfileobj(source, place, _COPIED_AT_ONCE)
        with target.open("rb") as made:
            os.fsync(made.fileno())
    return names


def _facts(file: Enclosed) -> dict[str, str]:
    return {
        "path": str(file.path),
        "name": file.name,
        "media_type": file.media_type,
        "title": file.title,
        "date": file.date,
        "note": file.note,
    }


def _safe_name(number: int, file: Enclosed) -> str:
    """ "01 Afgørelse.pdf": a name every system can unpack, in the order of the list."""
    kind = kinds.BY_MEDIA_TYPE.get(file.media_type)
    suffix = kind.suffixes[0] if kind else kinds.suffix_of(file.name)
    plain = unicodedata.normalize("NFC", file.title)
    plain = "".join(" " if c in _FORBIDDEN or unicodedata.category(c)[0] == "C" else c for c in plain)
    short = " ".join(plain.split())[:_LONGEST_NAME].strip(". ")
    return f"{number:02d} {short or '-'}.{suffix}" if suffix else f"{number:02d} {short or '-'}"
