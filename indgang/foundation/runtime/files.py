"""Files of the installation, named by the sha256 of their content; on disk before anybody is told so."""

import errno
import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from indgang.foundation.runtime.errors import DiskFull, is_disk_full

_KEPT_FREE = 16 * 1024 * 1024  # what the database needs to say that the disk is full
_GRACE_SECONDS = 24 * 60 * 60  # a file is written before the row that names it is committed
_WRITING = ".writing-"


def store_file(content: bytes) -> str:
    """Keep the content and return its sha256; it is on disk when this returns. Raises DiskFull and leaves nothing."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    try:
        _make_folders(path.parent)
        if path.exists() and path.stat().st_size == len(content):
            os.utime(path)  # stored again: the sweep must give its new row time
            return digest
        if shutil.disk_usage(path.parent).free < len(content) + _KEPT_FREE:
            raise DiskFull
        _write(path, content)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull from error
        raise
    return digest


def open_file(digest: str) -> BinaryIO:
    """The content kept under this sha256; FileNotFoundError when there is none."""
    return _path(digest).open("rb")


def sweep_files(known: set[str]) -> int:
    """Delete files no row names, a day after they were written, and what cut-off writes left; says how many."""
    root = Path(settings.FILES_ROOT)
    oldest_kept = time.time() - _GRACE_SECONDS
    swept = 0
    for path in root.glob("*/*"):
        named = path.parent.name + path.name in known
        if not named and path.stat().st_mtime < oldest_kept:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _path(digest: str) -> Path:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise FileNotFoundError(errno.ENOENT, "no sha256")
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:]


def _make_folders(folder: Path) -> None:
    if folder.exists():
        return
    root = folder.parent
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync_folder(root)


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=_WRITING, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(content)
            f.flush()
            os.fsync(f.fileno())
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)  # still there only when something failed
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
