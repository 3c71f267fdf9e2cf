"""What changes seldom and is asked for all the time: read from the database at most once a second in each process.

A change therefore reaches every process within a second, and costs giving out work no statement.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")
KEEP_SECONDS = 1.0
_all: list["Kept[object]"] = []


class Kept(Generic[T]):
    """A value and when it was read."""

    def __init__(self, read: Callable[[datetime], T]) -> None:
        self._read = read
        self._value: T | None = None
        self._read_at = 0.0
        _all.append(self)  # type: ignore[arg-type]

    def at(self, at: datetime) -> T:
        """The value; read anew when it is older than a second."""
        if self._value is None or time.monotonic() - self._read_at >= KEEP_SECONDS:
            self._value = self._read(at)
            self._read_at = time.monotonic()
        return self._value

    def forget(self) -> None:
        """Read at the next question."""
        self._value = None


def forget() -> None:
    """Something was changed in this process: read everything anew."""
    for kept in _all:
        kept.forget()
