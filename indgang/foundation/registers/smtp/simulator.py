"""A mail server of the outside world in its own process: takes our mails, keeps them on disk, misbehaves when told to.

It is read and steered through its own HTTP interface, never through our client:
GET /mail · GET /mail/<id> · DELETE /mail · GET and PUT /mail/behaviour {"mode","seconds","count"}.
"""

import asyncio
import re
import signal
import threading
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from indgang.foundation.registers.oidc.simulator import OidcSimulator
from indgang.foundation.registers.print.simulator import PrintSimulator
from indgang.foundation.registers.smtp.interface import HttpInterface
from indgang.foundation.registers.smtp.listener import Listener
from indgang.foundation.registers.smtp.mail_store import MailStore
from indgang.foundation.registers.virus.simulator import ScannerSimulator

SIZE_LIMIT = 30 * 1024 * 1024
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_NOBODY = re.compile(r"^(ukendt|unknown|nobody)@|\.invalid$", re.IGNORECASE)


class _Handler:
    """The dialogue of the simulated server."""

    def __init__(self, store: MailStore) -> None:
        self.store = store

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.store.behaving.now.mode == "refuse":
            self.store.behaving.next()
            return "550 5.7.1 Refused"
        if not _ADDRESS.fullmatch(address) or _NOBODY.search(address):
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        behaviour = self.store.behaving.next()
        if behaviour.mode == "tempfail":
            return "451 4.3.0 Try again later"
        if behaviour.mode == "slow":
            await asyncio.sleep(behaviour.seconds)
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        name = self.store.keep(envelope.mail_from or "", list(envelope.rcpt_tos), raw)
        if behaviour.mode == "drop_after_data" and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return f"250 2.0.0 Taken as {name}"


class _Server(SMTP):
    """Hangs up on everybody while the behaviour is "down"."""

    def connection_made(self, transport: Any) -> None:
        handler = self.event_handler
        if isinstance(handler, _Handler) and handler.store.behaving.now.mode == "down":
            handler.store.behaving.next()
            transport.abort()
            return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self.transport is not None:
            super().connection_lost(error)


class Simulator:
    """SMTP sink and HTTP interface over one folder, on loopback."""

    def __init__(self, folder: Path, *, smtp_port: int, http_port: int) -> None:
        self.store = MailStore(folder)
        self.sink = Listener(self._server, host="127.0.0.1", port=smtp_port)
        self.http = HttpInterface(self.store, http_port)
        self._thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        """Both doors open when it returns."""
        self.sink.start()
        self._thread.start()

    def stop(self) -> None:
        """Both doors closed; the mails stay."""
        self.sink.stop()
        self.http.shutdown()
        self.http.server_close()

    def _server(self) -> SMTP:
        return _Server(
            _Handler(self.store),
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            hostname="mx.udenfor.example",
            ident="Udenfor",
            loop=asyncio.get_running_loop(),
        )


def run_simulators() -> None:
    """Every outside system we simulate, until asked to stop."""
    folder = Path(settings.DATA) / "simulators" / "mail"
    simulator = Simulator(folder, smtp_port=settings.INDGANG_PORT + 26, http_port=settings.INDGANG_PORT + 2)
    printer = PrintSimulator(Path(settings.DATA) / "simulators" / "print", port=settings.INDGANG_PORT + 4)
    secret = settings.INDGANG_OIDC_SECRET
    scanner = ScannerSimulator(Path(settings.DATA) / "simulators" / "scanner", port=settings.INDGANG_PORT + 7)
    login = OidcSimulator(settings.INDGANG_PORT + 3, client=settings.INDGANG_OIDC_CLIENT, secret=secret)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    simulator.start()
    printer.start()
    scanner.start()
    login.start()
    stop.wait()
    login.stop()
    scanner.stop()
    printer.stop()
    simulator.stop()
