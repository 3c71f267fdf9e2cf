"""Time-ordered identifiers (RFC 9562, version 7)."""

import os
import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_TAIL_BITS = 74
_HELD_MILLISECONDS = 1000
_DRAWN_AT_ONCE = 1024  # bytes
_lock = threading.Lock()
_last = (-1, 0)  # milliseconds, tail
_drawn = b""


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
            tail += 1 + _random(4)
            if tail >> _TAIL_BITS:
                milliseconds, tail = milliseconds + 1, _fresh_tail()
        else:
            milliseconds, tail = asked, _fresh_tail()
        _last = (milliseconds, tail)
    return _assembled(milliseconds, tail)


def random_name() -> str:
    """32 hexadecimal digits nobody has had before, such as the name of a request; no secret."""
    with _lock:
        return f"{_random(16):032x}"


def _fresh_tail() -> int:
    return _random(10) >> (81 - _TAIL_BITS)  # the top bit stays free for counting up


def _random(size: int) -> int:
    """So many bytes as a number, drawn in advance: each question to the machine lets another thread run first, while
    everybody waits for the lock. Only under the lock."""
    global _drawn
    if len(_drawn) < size:
        _drawn = os.urandom(_DRAWN_AT_ONCE)
    found, _drawn = _drawn[:size], _drawn[size:]
    return int.from_bytes(found)


def _assembled(milliseconds: int, tail: int) -> UUID:
    head, rest = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 7 << 76 | head << 64 | 2 << 62 | rest)


def _forget() -> None:
    global _last, _lock, _drawn
    _last, _lock, _drawn = (-1, 0), threading.Lock(), b""


os.register_at_fork(after_in_child=_forget)  # two processes must not count on from the same tail
