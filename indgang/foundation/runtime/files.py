"""Files of the installation, named by the sha256 of their content; kept before anybody is told so.

They are kept by the Django storage "files": a folder of ours (`file_storage.SyncedStorage`) unless another is set up.
No content is ever held in memory as a whole, except where it came as bytes.
"""

import errno
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage, storages

from indgang.foundation.runtime.errors import DiskFull, is_disk_full
from indgang.foundation.runtime.file_storage import SyncedStorage, check_room, chunks_of, incoming_folder

GRACE = timedelta(days=1)  # a file is kept before the row that names it is committed
_ASKED_AT_ONCE = 500
Named = Callable[[Sequence[str]], set[str]]
_named: dict[str, Named] = {}


@dataclass(frozen=True)
class StoredFile:
    """A file that is kept."""

    digest: str  # sha256
    size: int


class _OnDisk(File):  # type: ignore[type-arg]
    """A file of ours the storage may take as it is."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def store_file(content: bytes) -> str:
    """Keep the content and return its sha256; it is on disk when this returns. Raises DiskFull and leaves nothing."""
    digest = hashlib.sha256(content).hexdigest()
    _keep(digest, len(content), File(io.BytesIO(content), name=digest))
    return digest


def store_path(path: Path) -> StoredFile:
    """Keep the file at that place, in constant memory; it is moved where that can be done. Raises DiskFull."""
    with path.open("rb") as f:
        digest, size = hashlib.file_digest(f, "sha256").hexdigest(), f.tell()
        f.seek(0)
        _keep(digest, size, _OnDisk(f, name=str(path)))
    path.unlink(missing_ok=True)
    return StoredFile(digest, size)


def store_stream(stream: IO[bytes]) -> StoredFile:
    """Keep what can be read from the stream, in constant memory. Raises DiskFull and leaves nothing."""
    folder = incoming_folder()
    check_room(folder, 0)
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as f:
            for piece in chunks_of(stream):
                f.write(piece)
        return store_path(Path(name))
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull from error
        raise
    finally:
        Path(name).unlink(missing_ok=True)


def open_file(digest: str) -> IO[bytes]:
    """The content kept under this sha256; FileNotFoundError when there is none."""
    return _storage().open(_name(digest), "rb")


@contextmanager
def file_on_disk(digest: str) -> Iterator[Path]:
    """A place on this machine where a program can read the kept file while the block runs; it must not change it.

    FileNotFoundError when there is none.
    """
    storage = _storage()
    if isinstance(storage, SyncedStorage):
        place = Path(storage.path(_name(digest)))
        place.stat()
        yield place
        return
    with open_file(digest) as source, tempfile.NamedTemporaryFile(dir=incoming_folder()) as copy:
        for piece in chunks_of(source):
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)


def register_stored_files(name: str, named: Named) -> None:
    """`named(digests)` says which of those sha256 a row of that module names; the sweep leaves them."""
    if name in _named:
        raise ValueError(f"The stored files of {name} are registered twice.")
    _named[name] = named


def file_owners() -> frozenset[str]:
    """The modules that name files."""
    return frozenset(_named)


def sweep_files() -> int:
    """Delete files no row names, a day after they were kept, and what cut-off writes left; says how many."""
    before = datetime.now(tz=UTC) - GRACE
    storage, swept = _storage(), 0
    if isinstance(storage, SyncedStorage):
        storage.finish_discarding()
        swept += _sweep_folders(incoming_folder(), before)
    older = _older(storage, before)
    while names := list(islice(older, _ASKED_AT_ONCE)):
        digests = {name.replace("/", "", 1): name for name in names}
        kept = set(chain.from_iterable(ask(list(digests)) for ask in _named.values()))
        for digest, name in digests.items():
            if digest not in kept:
                swept += _discard(storage, name, before)
    return swept


def _sweep_folders(incoming: Path, before: datetime) -> int:
    """What was being made in a folder of its own when its process was killed: pages to cover, packages."""
    swept = 0
    for folder in incoming.iterdir():
        with suppress(FileNotFoundError):  # whoever made it has just finished
            if folder.is_dir() and folder.stat().st_mtime < before.timestamp():
                shutil.rmtree(folder, ignore_errors=True)
                swept += 1
    return swept


def _older(storage: Storage, before: datetime) -> Iterator[str]:
    for folder in storage.listdir("")[0]:
        for file in storage.listdir(folder)[1]:
            name = f"{folder}/{file}"
            try:
                old = storage.get_modified_time(name) < before
            except FileNotFoundError:  # gone since it was listed
                continue
            if old:
                yield name


def _discard(storage: Storage, name: str, before: datetime) -> bool:
    if isinstance(storage, SyncedStorage):
        return storage.discard(name, before)
    storage.delete(name)
    return True


def _keep(digest: str, size: int, content: "File[bytes]") -> None:
    name, storage = _name(digest), _storage()
    try:
        whole = storage.exists(name) and storage.size(name) == size
        if whole and isinstance(storage, SyncedStorage) and storage.touch(name):
            return  # stored again: the sweep gives its new row time
        saved = storage.save(name, content)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull from error
        raise
    if saved != name:
        raise RuntimeError(f"The storage of files keeps {name} under another name: {saved}")


def _name(digest: str) -> str:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise FileNotFoundError(errno.ENOENT, "no sha256")
    return f"{digest[:2]}/{digest[2:]}"


def _storage() -> Storage:
    return storages["files"]
