"""What every module may use of the runtime."""

import secrets
import threading
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

_lock = threading.Lock()
_last = 0
_probes: dict[str, Callable[[], str]] = {}


def uuid7(at: datetime) -> UUID:
    """A time-ordered id (RFC 9562); later calls in this process are greater."""
    global _last
    value = (int(at.timestamp() * 1000) << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62)
    with _lock:
        _last = value
    return UUID(int=value)


def register_health_probe(name: str, probe: Callable[[], str]) -> None:
    """A probe answers with an empty string when all is well, else with a sentence."""
    _probes[name] = probe
