"""The folder the installation keeps its files in, as a Django storage: what it has saved is on the disk."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage

from indgang.foundation.runtime.errors import DiskFull, is_disk_full

KEPT_FREE = 16 * 1024 * 1024  # what the database needs to say that the disk is full
CHUNK = 1024 * 1024
INCOMING = ".incoming"  # what is on its way in; on the same disk, so that it is moved and not copied
_WRITING = ".writing-"
_GOING = ".going-"


class SyncedStorage(Storage):
    """Files under `settings.FILES_ROOT`, written whole and synced before anybody is told, or not there at all."""

    @property
    def root(self) -> Path:
        """The folder; read each time, for tests have one of their own."""
        return Path(settings.FILES_ROOT)

    def path(self, name: str) -> str:
        return str(self._place(name))

    def exists(self, name: str) -> bool:
        return self._place(name).exists()

    def size(self, name: str) -> int:
        return self._place(name).stat().st_size

    def delete(self, name: str) -> None:
        self._place(name).unlink(missing_ok=True)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: it is made of the content, so the same name is the same content."""
        return name

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(self._place(name).stat().st_mtime, tz=UTC)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        folders: list[str] = []
        files: list[str] = []
        with suppress(FileNotFoundError), os.scandir(self._place(path)) as entries:
            for entry in entries:
                (folders if entry.is_dir() else files).append(entry.name)
        return sorted(folders), sorted(files)

    def touch(self, name: str) -> bool:
        """Make the file as young as if it was just saved; whether it is there."""
        try:
            os.utime(self._place(name))
        except FileNotFoundError:
            return False
        return True

    def discard(self, name: str, before: datetime) -> bool:
        """Delete a file that is older than that moment, also when somebody saves the same content right now."""
        place = self._place(name)
        going = place.with_name(_GOING + place.name)
        try:
            os.replace(place, going)
        except FileNotFoundError:
            return False
        if going.stat().st_mtime >= before.timestamp():  # touched since we looked: somebody relies on it
            os.replace(going, place)
            return False
        going.unlink()
        return True

    def finish_discarding(self) -> None:
        """Put back what was on its way out when the program ended; the sweep judges it anew."""
        for going in self.root.glob(f"*/{_GOING}*"):
            place = going.with_name(going.name.removeprefix(_GOING))
            if place.exists():
                going.unlink(missing_ok=True)
            else:
                os.replace(going, place)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return File(self._place(name).open("rb"), name=name)

    def _save(self, name: str, content: "File[bytes]") -> str:
        place = self._place(name)
        make_folders(place.parent)
        given = getattr(content, "temporary_file_path", None)
        if given is None or not _moved(Path(given()), place):
            _written(content, place)
        sync_folder(place.parent)
        return name

    def _place(self, name: str) -> Path:
        if name.startswith("/") or ".." in name.split("/"):
            raise FileNotFoundError(errno.ENOENT, "outside the folder")
        return self.root / name if name else self.root


def incoming_folder() -> Path:
    """Where files that arrive are written first."""
    folder = Path(settings.FILES_ROOT) / INCOMING
    make_folders(folder)
    return folder


def check_room(folder: Path, size: int) -> None:
    """Raise DiskFull when so much more does not fit on the disk."""
    if shutil.disk_usage(folder).free < size + KEPT_FREE:
        raise DiskFull


def make_folders(folder: Path) -> None:
    """The folder and the one above it, for nobody but us, on disk."""
    if folder.exists():
        return
    root = folder.parent
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    sync_folder(root)


def chunks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The rest of a stream, a piece at a time."""
    while piece := stream.read(CHUNK):
        yield piece


def sync_folder(folder: Path) -> None:
    """The names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _moved(source: Path, place: Path) -> bool:
    """Whether the file could be put there without copying it: on the same disk."""
    handle = os.open(source, os.O_RDWR)
    try:
        os.fsync(handle)
        os.fchmod(handle, 0o600)
    finally:
        os.close(handle)
    try:
        os.replace(source, place)
    except OSError as error:
        if error.errno == errno.EXDEV:
            return False
        raise
    return True


def _written(content: "File[bytes]", place: Path) -> None:
    check_room(place.parent, content.size)
    handle, name = tempfile.mkstemp(prefix=_WRITING, dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as f:
            for piece in content.chunks(CHUNK):
                f.write(piece)
            f.flush()
            os.fsync(f.fileno())
        os.replace(name, place)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull from error
        raise
    finally:
        Path(name).unlink(missing_ok=True)  # still there only when something failed
