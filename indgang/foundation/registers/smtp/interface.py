"""The HTTP interface through which the simulated mail server is read and steered; loopback only."""

import json
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from indgang.foundation.registers.behaving import Behaviour
from indgang.foundation.registers.smtp.mail_store import MODES, MailStore


class HttpInterface(ThreadingHTTPServer):
    """GET /mail · GET /mail/<id> · DELETE /mail · GET and PUT /mail/behaviour."""

    daemon_threads = True

    def __init__(self, store: MailStore, port: int) -> None:
        self.store = store
        super().__init__(("127.0.0.1", port), _Request)


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HttpInterface

    def do_GET(self) -> None:
        path = self.path.split("?")[0].rstrip("/")
        if path == "/mail":
            return self.answer(200, self.server.store.all())
        if path == "/mail/behaviour":
            return self.answer(200, asdict(self.server.store.behaving.now))
        raw = self.server.store.raw(path.removeprefix("/mail/"))
        if raw is None:
            return self.answer(404, {"error": "no such mail"})
        return self.answer(200, raw, "message/rfc822")

    def do_DELETE(self) -> None:
        if self.path.rstrip("/") != "/mail":
            return self.answer(404, {"error": "only /mail can be emptied"})
        self.server.store.clear()
        return self.answer(200, [])

    def do_PUT(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 10_000))
        if self.path.rstrip("/") != "/mail/behaviour":
            return self.answer(404, {"error": "only /mail/behaviour can be set"})
        try:
            self.server.store.behaving.set(Behaviour.of(json.loads(body), MODES))
        except (ValueError, TypeError) as error:
            return self.answer(422, {"error": str(error)})
        return self.answer(200, asdict(self.server.store.behaving.now))

    def answer(self, status: int, body: object, media_type: str = "application/json") -> None:
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: the mails themselves are the record."""
