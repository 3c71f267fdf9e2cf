"""The process that receives mails: nothing is acknowledged before it is stored, nothing makes the process end."""

import asyncio
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from procrastinate.exceptions import ConnectorException

from indgang.entrances.mail.filing import our_domain
from indgang.entrances.mail.headers import storable
from indgang.entrances.mail.storing import store_mail
from indgang.foundation.registers.services import Listener
from indgang.foundation.runtime import clock

SIZE_LIMIT = 30 * 1024 * 1024
WRITERS = 6  # mails written to the database at the same time
FRESH_SECONDS = 2
DIALOGUES = 400  # connections at the same time; more are asked to come back
LATER = "451 4.3.0 The mail cannot be stored now, try again later"

log = structlog.get_logger(__name__)


class Mailroom:
    """Listens for mails on one address until stopped."""

    def __init__(self, host: str, port: int) -> None:
        self._writers = ThreadPoolExecutor(WRITERS, thread_name_prefix="mailroom")
        self._listener = Listener(self._dialogue, host=host, port=port)
        self._open: set[_Dialogue] = set()
        self._stopping = threading.Event()
        self._care = threading.Thread(target=self._keep_connections_fresh, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._listener.port

    def start(self) -> None:
        """Mails are accepted when it returns; raises OSError when the port is taken."""
        self._listener.start()
        self._care.start()

    def stop(self) -> None:
        """What is being stored is finished first."""
        self._stopping.set()
        self._listener.stop()
        self._writers.shutdown()

    def _keep_connections_fresh(self) -> None:
        """The pool tries its dead connections one by one with growing pauses: after a restart of the database the first
        mails would be turned away. Looking at all of them now and then keeps it able."""
        while not self._stopping.wait(FRESH_SECONDS):
            _drop_dead_connections()

    def _dialogue(self) -> SMTP:
        return _Dialogue(self._writers, self._open)


class _Dialogue(SMTP):
    """One connection. Very long lines are taken: broken senders write them, and refusing would lose their mail."""

    line_length_limit = SIZE_LIMIT

    def __init__(self, writers: ThreadPoolExecutor, others: "set[_Dialogue]") -> None:
        super().__init__(
            _Reception(writers),
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            hostname=our_domain(),
            ident="Indgang",
            loop=asyncio.get_running_loop(),
        )
        self._others = others

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if len(self._others) >= DIALOGUES and isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 Too many connections, try again later\r\n")
            transport.close()
            return
        self._others.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self._others:
            self._others.discard(self)
            super().connection_lost(error)


class _Reception:
    """What the dialogue answers."""

    def __init__(self, writers: ThreadPoolExecutor) -> None:
        self._writers = writers

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Only our own addresses; this is no relay."""
        if address.lower().rpartition("@")[2] != our_domain():
            return "550 5.7.1 No such recipient here"
        if len(envelope.rcpt_tos) >= 100:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """250 only after the commit."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        recipients = [storable(address) for address in envelope.rcpt_tos]
        sender = "" if envelope.mail_from == "<>" else storable(envelope.mail_from or "")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writers, _store, sender, recipients, content)

    async def handle_exception(self, error: Exception) -> str:
        """A fault of ours never costs a mail."""
        log.error("mailroom.fault", exception=type(error).__name__)
        return LATER


def run_mailroom() -> None:
    """Receive mails until asked to stop."""
    host = os.environ.get("INDGANG_MAIL_BIND", "127.0.0.1")
    mailroom = Mailroom(host, settings.INDGANG_PORT + 25)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    mailroom.start()
    log.info("mailroom.open", port=mailroom.port)
    stop.wait()
    mailroom.stop()


def _store(sender: str, recipients: list[str], content: bytes) -> str:
    try:
        store_mail(sender=sender, recipients=recipients, content=content, at=clock.now())
    except (DatabaseError, InterfaceError, ConnectorException, OSError) as error:
        log.warning("mailroom.not_stored", exception=type(error).__name__)
        return LATER
    finally:
        connections.close_all()  # back to the pool
    return "250 2.0.0 Stored"


def _drop_dead_connections() -> None:
    pool = getattr(connections["default"], "pool", None)
    if pool is not None and not pool.closed:
        pool.check()
