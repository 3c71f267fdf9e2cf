"""Time-ordered identifiers (RFC 9562, version 7)."""

import os
import secrets
import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_TAIL_BITS = 74
_HELD_MILLISECONDS = 1000
_lock = threading.Lock()
_last = (-1, 0)  # milliseconds, tail


def uuid7(at: datetime) -> UUID:
    """An identifier that sorts by `at`; within this process each one is greater than the one before.

    A step back of up to a second (threads that overtake each other) keeps the last time; a clock set further back
    is followed.
    """
    global _last
    asked = (at - _EPOCH) // _MILLISECOND
    with _lock:
        milliseconds, tail = _last
        if milliseconds - _HELD_MILLISECONDS <= asked <= milliseconds:
            tail += 1 + secrets.randbits(32)
            if tail >> _TAIL_BITS:
                milliseconds, tail = milliseconds + 1, _fresh_tail()
        else:
            milliseconds, tail = asked, _fresh_tail()
        _last = (milliseconds, tail)
    return _assembled(milliseconds, tail)


def _fresh_tail() -> int:
    return secrets.randbits(_TAIL_BITS - 1)  # the top bit stays free for counting up


def _assembled(milliseconds: int, tail: int) -> UUID:
    head, rest = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 7 << 76 | head << 64 | 2 << 62 | rest)


def _forget() -> None:
    global _last, _lock
    _last, _lock = (-1, 0), threading.Lock()


os.register_at_fork(after_in_child=_forget)  # two processes must not count on from the same tail
