"""A printer of the outside world: takes orders over HTTP, keeps them on disk, misbehaves when told to; loopback only.

POST and GET /orders · DELETE /orders · GET and PUT /behaviour {"mode","seconds","count"}.
"""

import json
import threading
import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from indgang.foundation.registers.behaving import Behaviour
from indgang.foundation.registers.print.order_store import MODES, OrderStore

_LONGEST = 40_000_000


class PrintSimulator:
    """The printer over one folder."""

    def __init__(self, folder: Path, *, port: int) -> None:
        self.store = OrderStore(folder)
        self._server = _Server(self.store, port)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        """The door is open when it returns."""
        self._thread.start()

    def stop(self) -> None:
        """The door is closed; the orders stay."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, store: OrderStore, port: int) -> None:
        self.store = store
        super().__init__(("127.0.0.1", port), _Request)


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        if self.path == "/orders":
            return self.answer(200, self.server.store.all())
        if self.path == "/behaviour":
            return self.answer(200, asdict(self.server.store.behaving.now))
        return self.answer(404, {"error": "only /orders and /behaviour"})

    def do_DELETE(self) -> None:
        if self.path != "/orders":
            return self.answer(404, {"error": "only /orders can be emptied"})
        self.server.store.clear()
        return self.answer(200, [])

    def do_PUT(self) -> None:
        body = self.body()
        if self.path != "/behaviour":
            return self.answer(404, {"error": "only /behaviour can be set"})
        try:
            self.server.store.behaving.set(Behaviour.of(json.loads(body), MODES))
        except (ValueError, TypeError) as error:
            return self.answer(422, {"error": str(error)})
        return self.answer(200, asdict(self.server.store.behaving.now))

    def do_POST(self) -> None:
        body = self.body()
        if self.path != "/orders":
            return self.answer(404, {"error": "only /orders takes orders"})
        behaviour = self.server.store.behaving.next()
        if behaviour.mode == "down":
            return self.hang_up()
        if behaviour.mode in ("refuse", "fail"):
            return self.answer(422 if behaviour.mode == "refuse" else 503, {"error": behaviour.mode})
        if behaviour.mode == "slow":
            time.sleep(behaviour.seconds)
        try:
            kept = self.server.store.keep(self.headers.get("Idempotency-Key", ""), json.loads(body))
        except ValueError as error:
            return self.answer(422, {"error": str(error)})
        if behaviour.mode == "drop_after_order":
            return self.hang_up()
        if behaviour.mode == "garbage":
            return self.answer(200, b"<html>tak</html>")
        key = "another-order" if behaviour.mode == "wrong" else kept["key"]
        return self.answer(202, {"order": kept["order"], "key": key})

    def body(self) -> bytes:
        return self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LONGEST))

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def answer(self, status: int, body: object) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: the orders themselves are the record."""
