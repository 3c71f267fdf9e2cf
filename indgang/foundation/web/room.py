"""How many requests a process works on and lets wait; who comes beyond that is told so at once.

Without a limit everybody waits longer and longer, gives up and asks again: a house asked for more than it can do would
answer nobody in time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock


class NoRoom(Exception):
    """As many wait as may."""


class Room:
    """At most `at_once` are worked on, in the order they came; at most `waiting` more wait."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._desks = BoundedSemaphore(at_once)
        self._most = at_once + waiting
        self._lock = Lock()
        self._inside = 0

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Inside there is a desk. NoRoom instead of waiting where as many wait as may."""
        with self._lock:
            if self._inside >= self._most:
                raise NoRoom
            self._inside += 1
        try:
            with self._desks:
                yield
        finally:
            with self._lock:
                self._inside -= 1


def room_of(text: str) -> Room | None:
    """From "4+60", four at once and sixty waiting; "" is no limit. ValueError for anything else."""
    if not text:
        return None
    at_once, plus, waiting = text.partition("+")
    if not plus or int(at_once) < 1 or int(waiting) < 0:
        raise ValueError("INDGANG_WEB_ROOM is two numbers such as 4+60: how many at once, and how many may wait")
    return Room(int(at_once), int(waiting))
