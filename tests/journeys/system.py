"""A started Indgang on a new data folder and free ports, touched only from outside: browser, SMTP, HTTP, commands."""

import json
import os
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import HTTPError
from uuid import uuid4

from tests.plugin import ROOT, free_base_port

T = TypeVar("T")
PATIENCE = 60_000  # milliseconds a page may take on a slow machine with other work; what is there is found at once
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TMPDIR", "USER")


_running: list["System"] = []


@dataclass
class System:
    """One running installation."""

    process: subprocess.Popen[bytes]
    data: Path
    port: int
    demo: dict[str, Any]

    @property
    def url(self) -> str:
        return str(self.demo["base_url"])

    def login(self, username: str) -> dict[str, Any]:
        """Login and key of an employee of the demo town."""
        return next(login for login in self.demo["logins"] if login["username"] == username)

    def api(self, method: str, path: str, body: Any = None, *, key: str | None = None) -> tuple[int, Any]:
        """A call of the JSON API: status and body."""
        request = urllib.request.Request(f"{self.url}/api/v1{path}", method=method)
        request.add_header("Authorization", f"Bearer {key or self.demo['api_key']}")
        request.add_header("Content-Type", "application/json")
        if method == "POST":
            request.add_header("Idempotency-Key", uuid4().hex)
        try:
            with urllib.request.urlopen(request, json.dumps(body).encode() if body is not None else None) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except HTTPError as refused:
            text = refused.read()
            return refused.code, json.loads(text) if text else None

    def send_mail(self, message: EmailMessage) -> None:
        """A citizen's mail through the mail entrance."""
        with smtplib.SMTP("127.0.0.1", self.port + 25, timeout=30) as smtp:
            smtp.send_message(message)

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """What arrived at the outside mail server for this address, read through its own interface."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port + 2}/mail") as answer:
            rows = json.loads(answer.read())
        rows = rows["items"] if isinstance(rows, dict) else rows
        return [row for row in rows if address in json.dumps(row["to"])]

    def raw_mail(self, mail_id: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port + 2}/mail/{mail_id}") as answer:
            return answer.read().decode("utf-8", "replace")

    def text_of(self, mail_id: str) -> str:
        """A received mail's text as its reader sees it."""
        body = message_from_string(self.raw_mail(mail_id), policy=default).get_body(("plain",))
        return body.get_content() if body else ""

    def kill_web(self) -> None:
        """kill -9 of the web server and its workers; whoever keeps it starts it again."""
        for pid in _processes(f"--port {self.port} "):
            os.kill(pid, signal.SIGKILL)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """One of Indgang's own commands on this installation."""
        arguments = [str(ROOT / ".venv" / "bin" / "indgang"), *command]
        environment = environment_of(self.data, self.port)
        return subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def _processes(sign: str) -> list[int]:
    """Those whose command line holds this."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it ended meanwhile
            continue
        if sign in line:
            found.append(int(folder.name))
    return found


def environment_of(data: Path, port: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "INDGANG_DATA": str(data), "INDGANG_PORT": str(port), "INDGANG_DEMO": "1"}


def start(data: Path | None = None, *, seconds: float = 600, **more: str) -> System:
    """Start it and wait until demo.json says that it is healthy."""
    if data is None:
        data = Path(tempfile.mkdtemp(prefix="indgang-journey-"))
        data.chmod(0o755)
    port = free_base_port()
    log = (data / "up.log").open("wb")
    process = subprocess.Popen(
        [str(ROOT / ".venv" / "bin" / "indgang"), "up"],
        cwd=ROOT,
        env={**environment_of(data, port), **more},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    ready = data / "demo.json"
    until = time.monotonic() + seconds
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise RuntimeError(f"indgang up did not start:\n{(data / 'up.log').read_text()[-4000:]}")
        time.sleep(0.2)
    return System(process, data, port, json.loads(ready.read_text()))


@contextmanager
def shared() -> Iterator[System]:
    """The one system of this run: who needs it first starts it, and stops it at the end."""
    if _running:
        yield _running[0]
        return
    _running.append(start())
    try:
        yield _running[0]
    finally:
        stop(_running.pop())


def stop(system: System) -> None:
    system.process.send_signal(signal.SIGTERM)
    try:
        system.process.wait(90)
    except subprocess.TimeoutExpired:
        system.process.kill()
    shutil.rmtree(system.data, ignore_errors=True)


def wait_for(ask: Callable[[], T], seconds: float = 150, what: str = "it") -> T:
    """The first answer that is true."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {seconds} s")
