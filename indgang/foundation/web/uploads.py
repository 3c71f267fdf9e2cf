"""Files on their way in: written to the disk the installation keeps its files on, never into memory.

A disk that fills up while a file arrives ends that file, not the request: the rest of the form is read, and whoever
reads the file gets DiskFull. So the page can say it and give back what was typed.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, TypeVar

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from indgang.foundation.runtime.errors import DiskFull, is_disk_full
from indgang.foundation.runtime.services import incoming_folder
from indgang.foundation.web.errors import TooManyUploads

KEPT_FREE = 32 * 1024 * 1024
LONGEST_REQUEST = 60 * 1024 * 1024  # twice what a form may send, so that a little too much gets its own sentence
FILE = 64 * 1024  # what is longer is no typed form
AT_ONCE = 2  # large requests a process receives at the same time; its other threads answer pages
_LENGTH_DIGITS = 12
_receiving = threading.BoundedSemaphore(AT_ONCE)
View = TypeVar("View", bound=Callable[..., Any])


def takes_large_files(longest: int) -> Callable[[View], View]:
    """This page takes requests of so many bytes, from employees who are logged in."""

    def mark(view: View) -> View:
        view.longest_request = longest  # type: ignore[attr-defined]
        return view

    return mark


def length_of(request: HttpRequest) -> int:
    """How long the request says it is."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if len(length) > _LENGTH_DIGITS:
        return int("9" * _LENGTH_DIGITS)
    return int(length) if length.isdecimal() else 0


def is_large(request: HttpRequest) -> bool:
    """Whether it is longer than most pages take."""
    return length_of(request) > LONGEST_REQUEST


def is_too_long(request: HttpRequest) -> bool:
    """Whether it is longer than this address takes; files are written to the disk before a view can count them."""
    return is_large(request) and length_of(request) > _longest(request)


def _longest(request: HttpRequest) -> int:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return LONGEST_REQUEST
    known = getattr(getattr(request, "user", None), "is_authenticated", False)
    return getattr(view, "longest_request", LONGEST_REQUEST) if known else LONGEST_REQUEST


@contextmanager
def receiving(request: HttpRequest) -> Iterator[None]:
    """Hold one of the few places for a large request while it is received. Raises TooManyUploads."""
    if not is_large(request):
        yield
        return
    if not _receiving.acquire(blocking=False):
        raise TooManyUploads
    try:
        yield
    finally:
        _receiving.release()


class Arrived(TemporaryUploadedFile):
    """A file that has arrived, in the folder where it can be moved into place."""

    def __init__(self, name: str, content_type: str, charset: str | None, extra: dict[str, Any] | None) -> None:
        file = tempfile.NamedTemporaryFile(dir=incoming_folder())  # noqa: SIM115 (open until the request has ended)
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


class NoRoom(UploadedFile):  # type: ignore[type-arg]
    """A file there was no room for; reading it says so."""

    def __init__(self, name: str, content_type: str) -> None:
        super().__init__(None, name, content_type, 0)

    def read(self, *_: object) -> bytes:
        raise DiskFull

    def open(self, mode: str | None = None, *_: Any, **__: Any) -> "NoRoom":
        raise DiskFull

    def chunks(self, chunk_size: int | None = None) -> Any:
        raise DiskFull

    def temporary_file_path(self) -> str:
        raise DiskFull

    def close(self) -> None:
        """There is nothing to close."""


class ToOurDisk(FileUploadHandler):
    """Django's upload handler that writes each file beside where it will lie."""

    file: Arrived | None = None
    _expected = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self._expected = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = None
        try:
            if shutil.disk_usage(incoming_folder()).free >= self._expected + KEPT_FREE:
                self.file = Arrived(
                    self.file_name or "", self.content_type or "", self.charset, self.content_type_extra
                )
        except OSError as error:
            self._give_up(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.file is None:
            return
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._give_up(error)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        if self.file is not None:
            try:
                self.file.flush()
                self.file.seek(0)
            except OSError as error:
                self._give_up(error)
        if self.file is None:
            return NoRoom(self.file_name or "", self.content_type or "")
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if self.file is not None:
            self._drop()

    def _give_up(self, error: OSError) -> None:
        if not is_disk_full(error):
            raise error
        self._drop()

    def _drop(self) -> None:
        if self.file is None:
            return
        place, self.file = self.file.temporary_file_path(), None
        with suppress(FileNotFoundError):
            os.unlink(place)
