"""Outside systems inside a test, on free ports, read back through their own HTTP interfaces."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import UUID

from django.db import connections
from django.test import override_settings

from indgang.foundation.registers.demo_town import fill
from indgang.foundation.registers.models import Condition
from indgang.foundation.registers.print.simulator import PrintSimulator
from indgang.foundation.registers.smtp.simulator import Simulator
from indgang.foundation.registers.town_store import TownStore as TownStore
from indgang.foundation.registers.values import TownPerson
from indgang.foundation.registers.virus.simulator import SIGNATURE as SIGNATURE
from indgang.foundation.registers.virus.simulator import ScannerSimulator

_ROOT = Path(__file__).resolve().parents[3]
_KEY = "noegle-til-proeven"
_SYSTEMS = ("cpr", "income")


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


BENTE, ELMER, ALMA = "0202901111", "0101801112", "0505151113"  # a parent, the spouse, their child; nobody's numbers
TOWN = (
    TownPerson(
        BENTE, "Bente Birkelund", date(1990, 2, 2), "Lanternens Allé", "4, 2. th", "2500", "Valby", "0101",
        spouse=ELMER, children=(ALMA,),
    ),
    TownPerson(
        ELMER, "Elmer Birkelund", date(1980, 1, 2), "Lanternens Allé", "4, 2. th", "2500", "Valby", "0101",
        spouse=BENTE, children=(ALMA,),
    ),
    TownPerson(
        ALMA, "Alma Birkelund", date(2015, 5, 5), "Lanternens Allé", "4, 2. th", "2500", "Valby", "0101",
        custodians=(BENTE, ELMER),
    ),
    TownPerson(
        "0303701114", "Hemmelig Hyben", date(1970, 3, 3), "Skjulestedets Vej", "13", "9998", "Skjult By", "0101",
        protected_until=date(2099, 1, 1), guards=(ELMER,),
    ),
)  # fmt: skip
HIDDEN = TOWN[3].cpr


class RegisterProcess:
    """A simulated register in a process of its own, steered and read back through its own interface."""

    def __init__(self, system: str, folder: Path, port: int, key: str) -> None:
        self._arguments = [
            sys.executable, "-m", f"indgang.foundation.registers.{system}.simulator",
            "--port", str(port), "--folder", str(folder), "--key", key,
        ]  # fmt: skip
        self.url = f"http://127.0.0.1:{port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Answers when it returns."""
        self._process = subprocess.Popen(self._arguments, cwd=_ROOT)
        for _ in range(400):
            try:
                self.call("GET", "/behaviour")
            except (URLError, OSError):
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"the register at {self.url} does not start")

    def kill(self) -> None:
        """As by a power cut."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def behave(self, mode: str, **more: float) -> None:
        """From now on."""
        self.call("PUT", "/behaviour", {"mode": mode, **more})

    def happen(self, **facts: object) -> None:
        """Something happens to somebody."""
        self.call("POST", "/happenings", facts)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Its own interface."""
        content = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.url + path, data=content, method=method), timeout=10) as response:  # noqa: S310
            return json.loads(response.read())


@contextmanager
def registers(folder: Path, people: Iterable[TownPerson] = TOWN) -> Iterator[dict[str, RegisterProcess]]:
    """The simulated registers with these people, each in its own process; ours are asked there while the block runs."""
    with override_settings(DATA=folder):
        fill(people)
    running = {
        system: RegisterProcess(system, folder / "simulators" / system, free_port(), _KEY)
        for system in ("cpr", "income")
    }
    places = {system: connected_to(process.url) for system, process in running.items()}
    try:
        for process in running.values():
            process.start()
        with override_settings(REGISTERS=places):
            yield running
    finally:
        for process in running.values():
            process.kill()


def connected_to(url: str, **more: str) -> dict[str, str]:
    """One entry of settings.REGISTERS."""
    return {"url": url, "key": _KEY, "ca": "", "cert": "", **more}


def end_pause(source: str) -> None:
    """As if the time a failing register is left alone were over."""
    Condition.objects.filter(source=source).update(paused_until="2000-01-01T00:00Z")


def look_sources(citizen: UUID) -> list[tuple[str, str, str]]:
    """Source, kind and outcome of every look at the citizen, oldest first."""
    with connections["accesslog"].cursor() as cursor:
        cursor.execute("SELECT source, kind, outcome FROM access_lookup WHERE citizen = %s ORDER BY id", [citizen])
        return [(str(source), str(kind), str(outcome)) for source, kind, outcome in cursor.fetchall()]


class Scanner:
    """What a test may ask and tell the simulated scanner."""

    def __init__(self, port: int) -> None:
        self._port = port

    def scanned(self) -> list[dict[str, Any]]:
        """What it has looked through."""
        return [json.loads(line) for line in self._say("SCANNED").splitlines()]

    def behave(self, mode: str, **more: float) -> None:
        """From now on."""
        assert self._say("BEHAVE " + json.dumps({"mode": mode, **more})) == "OK"

    def _say(self, command: str) -> str:
        with socket.create_connection(("127.0.0.1", self._port), timeout=10) as line:
            line.sendall(b"z" + command.encode() + b"\0")
            heard = b""
            while piece := line.recv(65_536):
                heard += piece
        return heard.rstrip(b"\0").decode()


@contextmanager
def simulated_scanner(folder: Path) -> Iterator[Scanner]:
    """Files are looked through by it while the block runs."""
    simulator = ScannerSimulator(folder, port=0)
    simulator.start()
    try:
        with override_settings(SCANNER_URL=f"clamd://127.0.0.1:{simulator.port}"):
            yield Scanner(simulator.port)
    finally:
        simulator.stop()
