"""Taking a file in: known by its content, kept before any row names it, never held in memory as a whole."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from indgang.core.cases.document_errors import DocumentTooLarge
from indgang.core.cases.document_values import LARGEST_DOCUMENT, MB
from indgang.core.cases.writing import line
from indgang.foundation.letters import errors
from indgang.foundation.letters import services as letters
from indgang.foundation.runtime import services as runtime
from indgang.foundation.runtime.errors import DomainError

UNKNOWN_TYPE = "application/octet-stream"
_LONGEST_NAME = 200
# An authority may not throw away what somebody sent: a file nobody can read is kept and marked.
_KEPT: tuple[tuple[type[DomainError], str], ...] = (
    (errors.FileEncrypted, "encrypted"),
    (errors.FileDamaged, "damaged"),
    (errors.FileUnfolds, "damaged"),
    (errors.TooManyPages, "large"),
)
# What an employee puts on a case by hand can be asked for again; what came in cannot, and is kept too.
_REFUSED_BY_HAND: tuple[tuple[type[DomainError], str], ...] = (
    (errors.FileTypeRefused, "type"),
    (errors.FileNameMisleads, "misleads"),
    (errors.FileDangerous, "dangerous"),
    (errors.FileEmpty, "empty"),
    (errors.FileTooLarge, "large"),
)


@dataclass(frozen=True)
class Known:
    """What a file is by its content."""

    media_type: str
    pages: int | None
    damaged: str = ""  # a code of `document_values.WHY_DAMAGED`


@dataclass(frozen=True)
class TakenIn:
    """A file that is kept, and what it is."""

    digest: str
    size: int
    name: str
    known: Known | None  # None: a job looks at it


def take_in_path(path: Path, *, name: str, claimed_type: str) -> TakenIn:
    """A file an employee puts on a case; it is moved from there. Raises what letters refuse, DiskFull."""
    size = path.stat().st_size
    check_size(name, size)
    known = looked_at(path, name=file_name(name), claimed_type=claimed_type, by_hand=True)
    stored = runtime.store_path(path)
    return TakenIn(stored.digest, stored.size, file_name(name), known)


def take_in_bytes(content: bytes, *, name: str, claimed_type: str) -> TakenIn:
    """The same for a file that is in memory."""
    check_size(name, len(content))
    digest = runtime.store_file(content)
    with runtime.file_on_disk(digest) as path:
        known = looked_at(path, name=file_name(name), claimed_type=claimed_type, by_hand=True)
    return TakenIn(digest, len(content), file_name(name), known)


def take_in_own(content: bytes, *, name: str, media_type: str, pages: int | None) -> TakenIn:
    """A file made here, such as a letter."""
    return TakenIn(runtime.store_file(content), len(content), file_name(name), Known(media_type, pages))


def check_size(name: str, size: int) -> None:
    """Raise DocumentTooLarge."""
    if size > LARGEST_DOCUMENT:
        raise DocumentTooLarge(name=line(name, 80), most=LARGEST_DOCUMENT // MB)


def looked_at(path: Path, *, name: str, claimed_type: str, by_hand: bool) -> Known:
    """What the file is. What cannot be read is marked; `by_hand`: what may not be taken in is refused."""
    try:
        facts = letters.inspect(path, name=name, claimed_type=claimed_type)
    except tuple(kind for kind, _ in (_KEPT if by_hand else _KEPT + _REFUSED_BY_HAND)) as refused:
        code = next(code for kind, code in _KEPT + _REFUSED_BY_HAND if isinstance(refused, kind))
        return Known(guessed_type(name), None, code)
    return Known(facts.media_type, facts.pages, "partly" if facts.damaged else "")


def guessed_type(name: str) -> str:
    """The type its name says."""
    return mimetypes.guess_type(name)[0] or UNKNOWN_TYPE


def file_name(name: str) -> str:
    """A name a computer can keep the file under; its ending stays when it is cut."""
    whole = line(name.replace("/", "-").replace("\\", "-"), 1000) or "fil"
    if len(whole) <= _LONGEST_NAME:
        return whole
    stem, dot, suffix = whole.rpartition(".")
    if not dot or len(suffix) > 20:
        return whole[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"
