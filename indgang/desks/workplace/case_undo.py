"""What was done with several cases a moment ago, and can still be undone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from indgang.foundation.access.errors import NotFound

KEPT = timedelta(minutes=10)
KEY = "sager-fortryd"


def keep(request: HttpRequest, kind: str, before: list[Any], at: datetime, *, left: Sequence[str] = ()) -> None:
    """Remember how it was, and what was left as it was and why."""
    request.session[KEY] = {"kind": kind, "before": before, "at": at.timestamp(), "left": list(left)}


def left(request: HttpRequest) -> list[str]:
    """What was left as it was, each with its reason."""
    return list(request.session.get(KEY, {}).get("left", []))


def offered(request: HttpRequest, at: datetime) -> bool:
    """Whether there is something to undo."""
    kept = request.session.get(KEY)
    return kept is not None and at.timestamp() - kept["at"] < KEPT.total_seconds()


def taken(request: HttpRequest, at: datetime) -> tuple[str, list[tuple[str, Any]]]:
    """How it was, once; NotFound when it is too late."""
    if not offered(request, at):
        raise NotFound
    kept = request.session.pop(KEY)
    return kept["kind"], [(key, value) for key, value in kept["before"]]
