"""Live events: who may subscribe to what, and how an event enters the stream."""

import json
import re
from collections.abc import Callable

from indgang.foundation.runtime.services import notify

CHANNEL = "indgang_live"
SESSION_TOPIC = "session"  # only for the stream itself: ends the streams of a session that has ended
_TOPIC = re.compile(r"[a-z][a-z_-]{0,29}(:[A-Za-z0-9-]{1,64})?\Z")
Guard = Callable[[int, str], bool]
_guards: dict[str, Guard] = {}


def register_topic_guard(prefix: str, guard: Guard) -> None:
    """Say who may follow `prefix` and `prefix:<id>`: guard(account id, whole topic)."""
    prefix = prefix.removesuffix(":")
    if prefix in _guards:
        raise ValueError(f"The topic {prefix} has two guards.")
    _guards[prefix] = guard


def may_follow(account: int, topic: str) -> bool:
    """Whether that account may follow this topic now; a topic without a guard is nobody's."""
    if not _TOPIC.match(topic):
        return False
    guard = _guards.get(topic.partition(":")[0])
    return guard is not None and guard(account, topic)


def guarded() -> set[str]:
    """The prefixes that have a guard."""
    return set(_guards)


def publish(topic: str, event: str, id: str = "") -> None:
    """Tell the browsers that follow the topic, when this transaction commits. Ids and words of our own only."""
    if not _TOPIC.match(topic):
        raise ValueError(f"{topic!r} is no topic.")
    notify(CHANNEL, json.dumps({"topic": topic, "event": event, "id": str(id)}))
