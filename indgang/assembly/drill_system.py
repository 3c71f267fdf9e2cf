"""A started Indgang on a new data folder and free ports, for drills: driven, counted and killed from outside."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from indgang.foundation.runtime.postgres import Cluster
from indgang.foundation.runtime.supervisor import dying_with

ROOT = Path(__file__).resolve().parents[2]
INDGANG = ROOT / ".venv" / "bin" / "indgang"
PROCESSES = ("web", "live", "worker", "mailroom", "dispatcher", "database")
_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TMPDIR", "USER")
_OFFSETS = (0, 1, 2, 3, 4, 5, 6, 7, 25, 26, 32)
_SIGNS = {
    "web": "indgang.assembly.wsgi:application",
    "live": "indgang.assembly.live:application",
    "worker": "indgang.assembly.commands worker",
    "mailroom": "indgang.assembly.commands mailroom",
    "dispatcher": "indgang.assembly.commands dispatcher",
    "simulators": "indgang.assembly.commands simulators",
    "cpr": "indgang.foundation.registers.cpr.simulator",
    "income": "indgang.foundation.registers.income.simulator",
    "database": "bin/postgres ",
}
T = TypeVar("T")
Row = tuple[Any, ...]


class NotStarted(Exception):
    """`indgang up` did not become healthy; the message holds the end of its log."""


@dataclass
class System:
    """One running installation."""

    process: "subprocess.Popen[bytes]"
    data: Path
    port: int
    demo: dict[str, Any]
    _owner: str = field(default="", repr=False)

    def login(self, username: str) -> dict[str, Any]:
        """Login and personal key of an employee of the demo town."""
        return next(login for login in self.demo["logins"] if login["username"] == username)

    def run(self, *command: str, program: list[str] | None = None) -> "subprocess.CompletedProcess[str]":
        """One of Indgang's own commands on this installation."""
        return subprocess.run(
            [*(program or [str(INDGANG)]), *command],
            cwd=ROOT,
            env=environment_of(self.data, self.port),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def owner(self) -> "psycopg.Connection[Row]":
        """A connection of the role that owns the tables, past the service."""
        self._owner = self._owner or Cluster.of(self.data, port=self.port + 32).url("owner")
        return psycopg.connect(self._owner, autocommit=True, connect_timeout=30)

    def rows(self, query: str, *values: object) -> list[Row]:
        """What stands in the database."""
        with self.owner() as connection:
            return connection.execute(query, values).fetchall()

    def number(self, query: str, *values: object) -> int:
        """The one number a query gives."""
        return int(self.rows(query, *values)[0][0] or 0)

    def simulator(self, method: str, path: str, body: object = None) -> Any:
        """The outside mail server's own HTTP interface."""
        connection = HTTPConnection("127.0.0.1", self.port + 2, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, json.dumps(body) if body is not None else None)
            return json.loads(connection.getresponse().read())

    def children(self) -> dict[str, int]:
        """The processes the supervisor keeps now, by name."""
        return {name: pid for pid, parent, name in _known_processes() if parent == self.process.pid and name}

    def family(self, name: str) -> list[int]:
        """This child and its own children: PostgreSQL's backends, the web server's workers."""
        leader = self.children().get(name)
        if leader is None:
            return []
        return [leader, *(number for number, parent, _ in _known_processes() if parent == leader)]

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> int | None:
        """Send a signal to one child of our supervisor; its pid, or None when it is down."""
        pid = self.children().get(name)
        if pid is None:
            return None
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return None
        return pid

    def move_clock(self, to: str) -> None:
        """Move the demo's clock; every process follows within a second."""
        done = self.run("move-clock", to)
        if done.returncode:
            raise RuntimeError(done.stderr or done.stdout)
        time.sleep(1.1)


def environment_of(data: Path, port: int) -> dict[str, str]:
    """Nothing of ours but what a program needs; no setting of the caller's shell."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "INDGANG_DATA": str(data), "INDGANG_PORT": str(port), "INDGANG_DEMO": "1"}


def start(*, seconds: float = 600) -> System:
    """Start it on a new data folder and wait until demo.json says that it is healthy."""
    data = Path(tempfile.mkdtemp(prefix="indgang-drill-"))
    data.chmod(0o755)
    port = free_base_port()
    with (data / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [str(INDGANG), "up"],
            cwd=ROOT,
            env=environment_of(data, port),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dying_with(os.getpid(), signal.SIGTERM),  # a drill that is killed leaves nothing running
        )
    ready = data / "demo.json"
    until = time.monotonic() + seconds
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > until:
            _end(process)
            raise NotStarted(f"indgang up did not start:\n{(data / 'up.log').read_text(errors='replace')[-4000:]}")
        time.sleep(0.2)
    return System(process, data, port, json.loads(ready.read_text()))


def stop(system: System, *, keep: bool = False) -> None:
    """Stop it cleanly; its folder goes too unless it is kept for reading."""
    _end(system.process)
    if not keep:
        shutil.rmtree(system.data, ignore_errors=True)


@contextlib.contextmanager
def started() -> Iterator[System]:
    """A system for the length of a block."""
    system = start()
    try:
        yield system
    finally:
        stop(system)


def wait_for(ask: Callable[[], T], seconds: float, pause: float = 0.2) -> T | None:
    """The first answer that is true, asked until the time is up; None after that. A lost connection is no answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError, OSError):
            answer = ask()
            if answer:
                return answer
        time.sleep(pause)
    return None


def free_base_port() -> int:
    """A base port below the range of outgoing connections whose offsets are free now."""
    for _ in range(200):
        base = random.randrange(18_000, 31_000, 97)  # noqa: S311 (two drills at a time shall not meet)
        if all(_is_free(base + offset) for offset in _OFFSETS):
            return base
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _numbers() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _known_processes() -> Iterator[tuple[int, int, str]]:
    for number in _numbers():
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            line = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, ValueError):
            continue
        if fields[0] != "Z":
            yield number, int(fields[1]), next((name for name, sign in _SIGNS.items() if sign in line), "")
