"""What a file is by its content, before it is taken in.

`inspect` is the door: it reads the file piece by piece whatever its size, knows it by its first bytes, and has a cell
(`cells.py`) open it.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from indgang.foundation.letters import cells, kinds
from indgang.foundation.letters.errors import (
    FileDangerous,
    FileEmpty,
    FileEncrypted,
    FileNameMisleads,
    FileTooLarge,
    FileTypeRefused,
)
from indgang.foundation.letters.kinds import Kind
from indgang.foundation.letters.pages import FileFacts

SECONDS = 60.0
_MB = 1024 * 1024
_HEAD = 4096
_PDF_WITHIN = 1024  # some programs write a mark or blank lines first
_TAIL = 66_000  # the longest comment of a zip and the record before it
_ZIP_END = b"PK\x05\x06"
_TEXT_LOOKED_AT = 1024 * 1024


def inspect(content: BinaryIO | Path, *, name: str, claimed_type: str = "", most: int | None = None) -> FileFacts:
    """What the file is. Raises a typed error for what may not be taken in; `claimed_type` is never believed."""
    with cells.on_disk(content) as path:
        size = path.stat().st_size
        limit = settings.FILES_LARGEST if most is None else most
        if size == 0:
            raise FileEmpty(name=name)
        if size > limit:
            raise FileTooLarge(name=name, size=-(-size // _MB), most=limit // _MB)
        digest = _digest(path)
        kind = _kind(path, name)
        found, _ = cells.run("check", name=name, path=str(path), media_type=kind.media_type, seconds=SECONDS)
    return _facts(found, name=name, kind=kind, size=size, digest=digest, claimed_type=claimed_type)


def in_cell(*, name: str, path: str, media_type: str) -> tuple[dict[str, object], bytes]:
    """Opens the file and says what is inside."""
    from indgang.foundation.letters import looking_inside

    return looking_inside.look(Path(path), media_type, name=name), b""


def _facts(found: dict[str, object], *, name: str, kind: Kind, size: int, digest: str, claimed_type: str) -> FileFacts:
    media_type = str(found.get("media_type") or kind.media_type)
    actual = kinds.BY_MEDIA_TYPE[media_type]
    named = kinds.BY_SUFFIX.get(kinds.suffix_of(name))
    if named is not actual:
        raise FileNameMisleads(name=name, found=actual.said)
    warnings = found.get("warnings")
    codes = [str(code) for code in warnings] if isinstance(warnings, list) else []
    if claimed_type and claimed_type not in {media_type, "application/octet-stream"} and actual is not kinds.TEXT:
        codes.append("claimed")
    pages = found.get("pages")
    return FileFacts(
        name=name,
        media_type=media_type,
        size=size,
        sha256=digest,
        pages=pages if isinstance(pages, int) else None,
        encrypted=bool(found.get("encrypted")),
        damaged=str(found.get("damaged") or ""),
        text_found=bool(found.get("text_found")),
        warnings=tuple(codes),
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kind(path: Path, name: str) -> Kind:
    """The kind by the first and last bytes; for a zip the one its name says, until its inside has been read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    suffix = kinds.suffix_of(name)
    if suffix in kinds.SCRIPTS:
        raise FileDangerous(name=name, found=suffix.upper())
    _refuse_known(head, name)
    if head.startswith(kinds.ZIP):
        return kinds.BY_SUFFIX.get(suffix, kinds.DOCX)
    kind = kinds.known_start(head) or _late_pdf(head)
    if kind is None:
        return _text_kind(path, suffix, name)
    if _ZIP_END in tail[-22:] or _two_in_one(tail) or kinds.ACTIVE.search(head[:64]):
        raise FileDangerous(name=name, found=f"{kind.said} + ?")
    return kind


def _refuse_known(head: bytes, name: str) -> None:
    for start, said in kinds.RUNS:
        if head.startswith(start):
            raise FileDangerous(name=name, found=said)
    if head.startswith(kinds.OLE) and "EncryptedPackage".encode("utf-16-le") in head:
        raise FileEncrypted(name=name)
    for start, said in kinds.REFUSED:
        if head.startswith(start):
            raise FileTypeRefused(name=name, found=said)
    if head[4:8] == b"ftyp":
        raise FileTypeRefused(name=name, found=head[8:12].decode("ascii", "replace").strip().upper())


def _late_pdf(head: bytes) -> Kind | None:
    before, mark, _ = head[:_PDF_WITHIN].partition(b"%PDF-")
    return kinds.PDF if mark and not before.strip(b"\xef\xbb\xbf\x00 \t\r\n") else None


def _two_in_one(tail: bytes) -> bool:
    """Whether a zip ends here as well: its last record says how long its comment is, and that is the end."""
    at = tail.rfind(_ZIP_END)
    return at >= 0 and len(tail) - at - 22 == int.from_bytes(tail[at + 20 : at + 22], "little")


def _text_kind(path: Path, suffix: str, name: str) -> Kind:
    """Text or a mail, when it is one and its name says so."""
    with path.open("rb") as file:
        start = file.read(_TEXT_LOOKED_AT)
    wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    if (b"\x00" in start and not wide) or b"%PDF-" in start[:_HEAD]:
        raise FileTypeRefused(name=name, found=suffix.upper() or "?")
    if kinds.MAIL_HEAD.match(start) and kinds.MAIL_NEEDS.search(start[:_HEAD]) and suffix == "eml":
        return kinds.MAIL
    if kinds.ACTIVE.match(start.lstrip(b"\xef\xbb\xbf \t\r\n")):
        raise FileDangerous(name=name, found="HTML")
    named = kinds.BY_SUFFIX.get(suffix)
    if named is not None and named is not kinds.TEXT:
        raise FileNameMisleads(name=name, found="tekst")
    if named is None:
        raise FileTypeRefused(name=name, found=suffix.upper() or "?")
    return kinds.TEXT
