"""The simulated mail server inside a test, on free ports, read back through its own HTTP interface."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from django.test import override_settings

from indgang.foundation.registers.print.simulator import PrintSimulator
from indgang.foundation.registers.smtp.simulator import Simulator


class Outside:
    """What a test may ask and tell the simulated mail server."""

    def __init__(self, simulator: Simulator) -> None:
        self._base = f"http://127.0.0.1:{simulator.http.server_address[1]}"
        self.smtp_port = simulator.sink.port
        self.http_port = int(simulator.http.server_address[1])

    def mails(self) -> list[dict[str, Any]]:
        """What it lists."""
        rows: list[dict[str, Any]] = json.loads(self._call("GET", "/mail"))
        return rows

    def raw(self, mail_id: str) -> bytes:
        """One mail."""
        return self._call("GET", f"/mail/{mail_id}")

    def clear(self) -> None:
        """Forget all."""
        self._call("DELETE", "/mail")

    def behave(self, mode: str, **more: float) -> None:
        """From now on."""
        self._call("PUT", "/mail/behaviour", json.dumps({"mode": mode, **more}).encode())

    def _call(self, method: str, path: str, body: bytes | None = None) -> bytes:
        request = Request(self._base + path, data=body, method=method)  # noqa: S310
        with urlopen(request, timeout=10) as response:  # noqa: S310
            content: bytes = response.read()
            return content


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def simulated_mail_server(folder: Path) -> Iterator[Outside]:
    """Our mails go to it while the block runs."""
    simulator = Simulator(folder, smtp_port=0, http_port=0)
    simulator.start()
    outside = Outside(simulator)
    try:
        with override_settings(EMAIL=email_to(outside.smtp_port)):
            yield outside
    finally:
        simulator.stop()


def email_to(port: int, **more: str) -> dict[str, object]:
    """settings.EMAIL for a server on this port."""
    return {"host": "127.0.0.1", "port": port, "username": "", "password": "", "scheme": "smtp", **more}


class Printer:
    """What a test may ask and tell the simulated printer."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"

    def orders(self) -> list[dict[str, Any]]:
        """What it has taken."""
        rows: list[dict[str, Any]] = json.loads(self._call("GET", "/orders"))
        return rows

    def behave(self, mode: str, **more: float) -> None:
        """From now on."""
        self._call("PUT", "/behaviour", json.dumps({"mode": mode, **more}).encode())

    def _call(self, method: str, path: str, body: bytes | None = None) -> bytes:
        request = Request(self._base + path, data=body, method=method)  # noqa: S310
        with urlopen(request, timeout=10) as response:  # noqa: S310
            content: bytes = response.read()
            return content


@contextmanager
def simulated_printer(folder: Path) -> Iterator[Printer]:
    """Our letters go to it while the block runs."""
    simulator = PrintSimulator(folder, port=0)
    simulator.start()
    try:
        with override_settings(PRINT_URL=f"http://127.0.0.1:{simulator.port}"):
            yield Printer(simulator.port)
    finally:
        simulator.stop()
