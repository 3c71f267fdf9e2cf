"""One question to an outside system over HTTP: JSON there and back, never longer than the time it is given."""

import json
import threading
import time
from typing import Any

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError

_LONGEST = 2_000_000  # bytes
_PIECE = 65_536
_CONNECT_SECONDS = 3.0
_REFUSED = frozenset({401, 403})


class Failure(Exception):
    """The system gave no answer that can be used; `fault` is a code without personal data."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        super().__init__(fault)


class NotConnected(Failure):
    """No address is set for the system."""

    def __init__(self) -> None:
        super().__init__("not_connected")


class Refused(Failure):
    """The system will not take this, however often it is sent."""


class UnknownPerson(Exception):
    """The system answers that it does not know the number."""


_idle: dict[str, list[requests.Session]] = {}
_lock = threading.Lock()


def is_connected(system: str) -> bool:
    """Whether an address is set."""
    return bool(settings.REGISTERS.get(system, {}).get("url"))


def call(system: str, path: str, body: dict[str, Any] | None = None, *, seconds: float, key: str = "") -> Any:
    """POST the body (GET without one) and give the JSON of the answer. Raises Failure, Refused, UnknownPerson.

    `key` makes a repeat known as one (Idempotency-Key). Numbers of persons stand in bodies, never in addresses.
    """
    until = time.monotonic() + seconds
    where = settings.REGISTERS.get(system, {})
    if not where.get("url"):
        raise NotConnected
    session, rested = _take(system)
    try:
        try:
            status, content = _asked(session, where["url"] + path, body, until, key)
        except requests.ConnectionError as gone:
            if not rested or isinstance(gone, requests.Timeout | requests.exceptions.SSLError):
                raise
            # The other side hung up while the connection rested. A repeat does nothing twice: reports carry a key.
            session = _new(system)
            status, content = _asked(session, where["url"] + path, body, until, key)
    except requests.Timeout:
        raise Failure("timeout") from None
    except requests.exceptions.SSLError:
        raise Failure("certificate") from None
    except (requests.RequestException, HTTPError, OSError):
        raise Failure("unreachable") from None
    _give_back(system, session)
    return _read(status, content)


def _asked(
    session: requests.Session, url: str, body: dict[str, Any] | None, until: float, key: str
) -> tuple[int, bytes]:
    left = max(until - time.monotonic(), 0.05)
    headers = {"Idempotency-Key": key} if key else {}
    with session.request(
        "GET" if body is None else "POST",
        url,
        json=body,
        headers=headers,
        timeout=(min(left, _CONNECT_SECONDS), left),
        stream=True,
        allow_redirects=False,
    ) as response:
        content = bytearray()
        while piece := response.raw.read1(_PIECE, decode_content=True):
            content += piece
            if len(content) > _LONGEST:
                raise Failure("too_long")
            if time.monotonic() > until:  # one byte now and then keeps a socket's own patience alive for ever
                raise Failure("timeout")
        return response.status_code, bytes(content)


def _read(status: int, content: bytes) -> Any:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise Failure("malformed" if status < 400 else f"status_{status}") from None
    if status < 300:
        return answer
    code = answer.get("fejlkode") if isinstance(answer, dict) else None
    if status == 404 and code == "PNR_UKENDT":
        raise UnknownPerson
    if status in _REFUSED:
        raise Failure("refused")
    if status == 422:
        raise Refused("not_taken")
    raise Failure(f"status_{status}")


def _take(system: str) -> tuple[requests.Session, bool]:
    """A connection nobody uses now, and whether it was used before; a session is one thread's at a time."""
    with _lock:
        waiting = _idle.get(_place(system))
        if waiting:
            return waiting.pop(), True
    return _new(system), False


def _new(system: str) -> requests.Session:
    """A connection with the system's key and certificates."""
    where, session = settings.REGISTERS[system], requests.Session()
    session.trust_env = False  # neither proxies nor passwords of whoever started the process
    session.headers["Accept"] = "application/json"
    if where.get("key"):
        session.headers["Authorization"] = f"Bearer {where['key']}"
    session.verify = where.get("ca") or True
    if where.get("cert"):
        session.cert = where["cert"]
    return session


def _give_back(system: str, session: requests.Session) -> None:
    with _lock:
        _idle.setdefault(_place(system), []).append(session)


def _place(system: str) -> str:
    """Connections belong to an address and its key."""
    return "|".join([system, *(str(value) for _, value in sorted(settings.REGISTERS[system].items()))])
