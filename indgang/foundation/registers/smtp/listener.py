"""Runs an SMTP server in a thread of its own, so that a process (or a test) can start and stop it."""

import asyncio
import threading
from collections.abc import Callable

from aiosmtpd.smtp import SMTP

_START_SECONDS = 10


class Listener:
    """One listening port; `make` builds the dialogue for each connection, inside the running loop."""

    def __init__(self, make: Callable[[], SMTP], *, host: str, port: int) -> None:
        self._make = make
        self._address = (host, port)
        self._loop = asyncio.new_event_loop()
        self._listening = threading.Event()
        self._failure: OSError | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.port = port

    def start(self) -> None:
        """Connections are accepted when it returns; raises OSError when the port is taken."""
        self._thread.start()
        self._listening.wait(_START_SECONDS)
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """No connection is left; a mail without its answer will be sent again by its sender."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            server = self._loop.run_until_complete(self._loop.create_server(self._make, *self._address, backlog=500))
        except OSError as error:
            self._failure = error
            self._listening.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._loop.call_soon(self._listening.set)
        self._loop.run_forever()
        server.close()
        self._end_dialogues()
        self._loop.close()

    def _end_dialogues(self) -> None:
        dialogues = asyncio.all_tasks(self._loop)
        for dialogue in dialogues:
            dialogue.cancel()
        self._loop.run_until_complete(asyncio.gather(*dialogues, return_exceptions=True))
