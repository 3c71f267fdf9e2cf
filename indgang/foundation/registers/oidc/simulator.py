"""The simulated provider behind HTTP, on loopback; steered by GET and PUT /behaviour {"mode","seconds","two_steps"}."""

import base64
import html
import json
import threading
import time
from binascii import Error as NotBase64
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from indgang.foundation.registers.oidc.provider import Behaviour, Provider

_PAGE = """<!doctype html><html lang="da"><meta charset="utf-8"><title>Fælles login (simuleret)</title>
<h1>Fælles login (simuleret)</h1><form method="post"><label>Brugernavn <input name="username" autofocus></label>
<input type="hidden" name="asked" value="{asked}"><button>Log ind</button></form></html>"""


class OidcSimulator(ThreadingHTTPServer):
    """The provider and its door."""

    daemon_threads = True

    def __init__(self, port: int, *, client: str, secret: str) -> None:
        super().__init__(("127.0.0.1", port), _Request)
        self.provider = Provider(f"http://127.0.0.1:{self.server_address[1]}", client, secret)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        """Open when it returns."""
        self._thread.start()

    def stop(self) -> None:
        """Closed when it returns."""
        self.shutdown()
        self.server_close()


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: OidcSimulator

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/behaviour":
            return self.answer(200, self.server.provider.state())
        if self._misbehaves():
            return None
        if path == "/.well-known/openid-configuration":
            return self.answer(200, self.server.provider.description())
        if path == "/jwks":
            return self.answer(200, self.server.provider.keys())
        if path == "/authorize":
            asked = dict(parse_qsl(query))
            if "login_hint" in asked:
                return self._send_back(asked["login_hint"], asked)
            return self.answer(200, _PAGE.format(asked=html.escape(query)).encode(), "text/html; charset=utf-8")
        return self.answer(404, {"error": "not there"})

    def do_POST(self) -> None:
        told = dict(parse_qsl(self._body()))
        if self._misbehaves():
            return None
        path = urlsplit(self.path).path
        if path == "/authorize":
            return self._send_back(told.get("username", ""), dict(parse_qsl(told.get("asked", ""))))
        if path != "/token":
            return self.answer(404, {"error": "not there"})
        try:
            return self.answer(200, self.server.provider.token(told, *self._client()))
        except ValueError as refused:
            return self.answer(400, {"error": str(refused)})

    def do_PUT(self) -> None:
        body = self._body()
        if self.path != "/behaviour":
            return self.answer(404, {"error": "only /behaviour can be set"})
        try:
            self.server.provider.behaviour = Behaviour.of(json.loads(body))
        except (ValueError, TypeError, KeyError) as error:
            return self.answer(422, {"error": str(error)})
        return self.answer(200, self.server.provider.state())

    def _send_back(self, username: str, asked: dict[str, str]) -> None:
        back = asked.get("redirect_uri", "")
        try:
            told = {"code": self.server.provider.code(username, asked), "state": asked.get("state", "")}
        except ValueError as refused:
            return self.answer(400, {"error": str(refused)})
        self.send_response(302)
        self.send_header("Location", f"{back}?{urlencode(told)}")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _misbehaves(self) -> bool:
        behaviour = self.server.provider.behaviour
        if behaviour.mode == "slow":
            time.sleep(behaviour.seconds)
        if behaviour.mode == "down":
            self.close_connection = True
            return True
        return False

    def _client(self) -> tuple[str, str]:
        try:
            plain = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        except (NotBase64, UnicodeDecodeError):
            return "", ""
        name, _, secret = plain.partition(":")
        return unquote(name), unquote(secret)

    def _body(self) -> str:
        size = min(int(self.headers.get("Content-Length") or 0), 10_000)
        return self.rfile.read(size).decode(errors="replace")

    def answer(self, status: int, body: object, media_type: str = "application/json") -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: they carry codes."""
