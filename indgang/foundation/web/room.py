"""How many requests a process works on and lets wait; who comes beyond that is told so at once.

Without a limit everybody waits longer and longer, gives up and asks again: a house asked for more than it can do would
answer nobody in time.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from threading import BoundedSemaphore, Lock

PATIENCE = 8.0  # seconds anybody waits for a desk
_leave: ContextVar[ExitStack | None] = ContextVar("leave", default=None)


class NoRoom(Exception):
    """As many wait as may, or this one has waited long enough."""


class Room:
    """At most `at_once` are worked on, about in the order they came; at most `waiting` more wait."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._desks = BoundedSemaphore(at_once)
        self._most = at_once + waiting
        self._lock = Lock()
        self._inside = 0

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Inside there is a desk. NoRoom where as many wait as may, or after PATIENCE."""
        with self._lock:
            if self._inside >= self._most:
                raise NoRoom
            self._inside += 1
        try:
            if not self._desks.acquire(timeout=PATIENCE):
                raise NoRoom
            with ExitStack() as desk:
                desk.callback(self._desks.release)
                token = _leave.set(desk)
                try:
                    yield
                finally:
                    _leave.reset(token)
        finally:
            with self._lock:
                self._inside -= 1


def leave_desk() -> None:
    """Before one waits for somebody outside: another request gets the desk at once.

    Who comes back ends without one. They hold a connection of the database, and behind those who wait for a desk they
    would keep it from those who have one.
    """
    desk = _leave.get()
    if desk is not None:
        desk.close()


def rooms_of(text: str) -> tuple[Room, Room] | None:
    """From "2+60+8": two at once, sixty waiting, and eight files that arrive. "" is no limit. ValueError else."""
    if not text:
        return None
    numbers = text.split("+")
    if len(numbers) != 3 or not all(number.isdecimal() for number in numbers) or "0" in (numbers[0], numbers[2]):
        raise ValueError("INDGANG_WEB_ROOM is three numbers such as 2+60+8: at once, waiting, and files that arrive")
    at_once, waiting, files = map(int, numbers)
    return Room(at_once, waiting), Room(files, 0)
