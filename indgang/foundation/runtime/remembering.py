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
    """Inside, what is `remembered` is read once; keep the block as short as others may wait for a change to be seen."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(ask: Callable[P, T]) -> Callable[P, T]:
    """For questions about settings, hours and tasks: hashable facts in, an answer nobody changes out."""

    @wraps(ask)
    def answer(*facts: P.args, **named: P.kwargs) -> T:
        kept = _kept.get()
        if kept is None:
            return ask(*facts, **named)
        key = (ask, facts, tuple(sorted(named.items())))
        if key not in kept:
            kept[key] = ask(*facts, **named)
        found: T = kept[key]
        return found

    return answer
