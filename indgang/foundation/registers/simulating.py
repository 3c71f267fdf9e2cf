"""What the simulated registers have in common: a process of their own, JSON over HTTP, and misbehaving when told to.

GET and PUT /behaviour {"mode","seconds","count"} steer it. It needs neither Django nor our database, listens on
loopback only and asks for a bearer key when it has one. `python -m indgang.foundation.registers.cpr.simulator --help`
"""

import argparse
import json
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from indgang.foundation.registers.behaving import Behaving, Behaviour
from indgang.foundation.registers.town_store import TownStore

MODES = ("ok", "slow", "hang", "down", "fail", "garbage", "error_body", "wrong_person", "truncated", "unknown_person")
HANG_SECONDS = 60.0
UNKNOWN = 404, {"fejlkode": "PNR_UKENDT"}
_LONGEST = 100_000
_ELSE = "3112999999"  # nobody's number

Body = dict[str, Any]
Reply = tuple[int, object]
Route = Callable[[TownStore, Body, str], Reply]  # store, body or query, idempotency key


class Refuse(Exception):
    """The register does not take this; the sentence says why."""


class RegisterSimulator(ThreadingHTTPServer):
    """One register over one folder."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder: Path, port: int, key: str, routes: dict[str, Route], own: dict[str, Route]) -> None:
        self.store = TownStore(folder)
        self.behaving = Behaving(folder / "behaviour.json")
        self.key, self.routes, self.own = key, routes, own
        super().__init__(("127.0.0.1", port), _Request)


class _Request(BaseHTTPRequestHandler):
    """`routes` are what the register offers, `own` how a demo or a test makes things happen and looks at them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two pieces; the second must not wait for the first one's receipt
    server: RegisterSimulator

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        self._route(place.path, {name: values[0] for name, values in parse_qs(place.query).items()})

    def do_POST(self) -> None:
        body = self._body()
        self._route(self.path, body)

    def do_PUT(self) -> None:
        body = self._body()
        if self.path != "/behaviour":
            return self.answer(404, {"fejlkode": "UKENDT_STI"})
        try:
            self.server.behaving.set(Behaviour.of(body, MODES))
        except (ValueError, TypeError) as error:
            return self.answer(422, {"fejlkode": "FORKERT", "tekst": str(error)})
        return self.answer(200, asdict(self.server.behaving.now))

    def _route(self, path: str, body: Body) -> None:
        if path == "/behaviour":
            return self.answer(200, asdict(self.server.behaving.now))
        if path in self.server.own:
            return self.answer(*self._reply(self.server.own[path], body))
        if path not in self.server.routes:
            return self.answer(404, {"fejlkode": "UKENDT_STI"})
        if self.server.key and self.headers.get("Authorization") != f"Bearer {self.server.key}":
            return self.answer(401, {"fejlkode": "INGEN_ADGANG"})
        behaviour = self.server.behaving.next()
        if behaviour.mode in ("slow", "hang"):
            time.sleep(HANG_SECONDS if behaviour.mode == "hang" else behaviour.seconds)
        if behaviour.mode in ("down", "hang"):
            return self._hang_up()
        return self._misanswer(behaviour.mode, self.server.routes[path], body)

    def _misanswer(self, mode: str, route: Route, body: Body) -> None:
        if mode == "fail":
            return self.answer(500, {"fejlkode": "INTERN_FEJL"})
        if mode == "garbage":
            return self.answer(200, b"<html>Driftsforstyrrelse</html>")
        if mode == "error_body":
            return self.answer(200, {"fejlkode": "INTERN_FEJL", "tekst": "Tjenesten er midlertidigt lukket"})
        if mode == "unknown_person" and "personnummer" in body:
            return self.answer(*UNKNOWN)
        status, reply = self._reply(route, body)
        content = json.dumps(reply, ensure_ascii=False).encode()
        if mode == "wrong_person":
            content = content.replace(str(body.get("personnummer", _ELSE)).encode(), _ELSE.encode())
        return self.answer(status, content, cut=mode == "truncated")

    def _reply(self, route: Route, body: Body) -> Reply:
        try:
            return route(self.server.store, body, self.headers.get("Idempotency-Key", ""))
        except Refuse as refused:
            return 422, {"fejlkode": "FORKERT", "tekst": str(refused)}
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            return 400, {"fejlkode": "FORKERT_FORM", "tekst": type(error).__name__}

    def _body(self) -> Body:
        """The JSON object sent; anything else is an empty one."""
        text = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LONGEST))
        try:
            found = json.loads(text)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def answer(self, status: int, reply: object, *, cut: bool = False) -> None:
        content = reply if isinstance(reply, bytes) else json.dumps(reply, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if cut else content)
        self.close_connection |= cut

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: they carry numbers of persons."""


def serve(about: str | None, routes: dict[str, Route], own: dict[str, Route]) -> int:
    """The process: listen until asked to stop."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--key", default="")
    given = parser.parse_args()
    server = RegisterSimulator(given.folder, given.port, given.key, routes, own)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown, daemon=True).start())
    server.serve_forever(0.05)
    server.server_close()
    return 0
