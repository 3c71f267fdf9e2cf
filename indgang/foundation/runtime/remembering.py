"""Answers about the house that are asked again and again during one run of work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, what is `remembered` is read once; keep the block as short as others may wait for a change to be seen.

    A block inside another one is part of it.
    """
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def kept_now() -> dict[Any, Any] | None:
    """What this run has kept so far; None outside of one."""
    return _kept.get()


def remembered(ask: Callable[P, T]) -> Callable[P, T]:
    """For questions about settings, hours, tasks and rights: an answer nobody changes comes out.

    Facts that cannot be hashed, such as the viewer, are the same when they are the same object.
    """

    @wraps(ask)
    def answer(*facts: P.args, **named: P.kwargs) -> T:
        kept = _kept.get()
        if kept is None:
            return ask(*facts, **named)
        key = (ask, *map(_as_key, facts), *((name, _as_key(fact)) for name, fact in sorted(named.items())))
        if key not in kept:
            kept[key] = ask(*facts, **named)
        found: T = kept[key]
        return found

    return answer


class _Same:
    """An object as itself; it is held, so that no other one gets its identity meanwhile."""

    def __init__(self, fact: object) -> None:
        self.fact = fact

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.fact is self.fact

    def __hash__(self) -> int:
        return id(self.fact)


def _as_key(fact: object) -> object:
    try:
        hash(fact)
    except TypeError:
        return _Same(fact)
    return fact
