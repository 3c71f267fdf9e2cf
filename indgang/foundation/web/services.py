"""First doors; the owner of this module completes them."""

import json
from collections.abc import Callable
from datetime import datetime

from django.db import connection

_guards: dict[str, Callable[[int, str], bool]] = {}


def publish(topic: str, event: str, id: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('live', %s)", [json.dumps({"t": topic, "e": event, "id": id})])


def register_topic_guard(prefix: str, guard: Callable[[int, str], bool]) -> None:
    _guards[prefix] = guard


def rate_limit(key: str, limit: int, seconds: int, at: datetime) -> None:
    return None


def spoken_code() -> str:
    return "000"
