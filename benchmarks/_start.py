"""How benchmarks start what they measure: a throw-away database of their own, or a whole Indgang."""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
INDGANG = ROOT / ".venv" / "bin" / "indgang"
_OFFSETS = (0, 1, 2, 3, 4, 5, 6, 25, 26, 32)
_FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL", "EMAIL_URL", "INDGANG_LIVE_URL", "INDGANG_CLOCK", "INDGANG_DB_ROLE")
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from indgang.foundation.runtime.postgres import Cluster  # noqa: E402  (found through the path above)


@dataclass
class Database:
    """A durable database with all tables, as in operation; Django is set up on it."""

    cluster: Cluster
    server: "subprocess.Popen[bytes]"

    def owner(self, name: str = "indgang") -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection past the service."""
        return psycopg.connect(self.url("owner", name), autocommit=True)

    def url(self, role: str = "app", name: str = "indgang") -> str:
        return self.cluster.url(role).rsplit("/", 1)[0] + f"/{name}"


@contextmanager
def database(*, profile: bool = False) -> Iterator[Database]:
    """A migrated database of this run, with the municipality of the profile when asked for."""
    folder = new_folder()
    os.environ |= {"INDGANG_DATA": str(folder), "INDGANG_PORT": str(free_base_port()), "INDGANG_DEMO": "1"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
    for name in _FOREIGN:
        os.environ.pop(name, None)
    cluster = Cluster.of(folder)
    server = cluster.start()
    try:
        owner = {**os.environ, "INDGANG_DB_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=owner, check=True)
        import django

        django.setup()
        if profile:
            from indgang.assembly import profiles
            from indgang.foundation.runtime import clock

            profiles.load("copenhagen", at=clock.now())
        yield Database(cluster, server)
    finally:
        _close_connections()
        cluster.stop(server)
        shutil.rmtree(cluster.folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class System:
    """One running Indgang with its demo town."""

    process: "subprocess.Popen[bytes]"
    data: Path
    port: int
    demo: dict[str, Any]
    seconds: float  # from the command to healthy

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def owner(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection of the role that owns the tables, past the service."""
        return psycopg.connect(Cluster.of(self.data, port=self.port + 32).url("owner"), autocommit=True)

    def app_url(self) -> str:
        return Cluster.of(self.data, port=self.port + 32).url("app")


@contextmanager
def system(data: Path | None = None, *, keep: bool = False) -> Iterator[System]:
    """`indgang up` on a new (or the given) data folder, until the end of the block."""
    folder = data or new_folder()
    try:
        started = _start(folder, free_base_port())
        try:
            yield started
        finally:
            started.process.send_signal(signal.SIGTERM)
            try:
                started.process.wait(60)
            except subprocess.TimeoutExpired:
                started.process.kill()
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def logged_in(running: System, login: dict[str, Any]) -> tuple[str, int]:
    """The session cookie and the number of an employee who logs in as a person does."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{running.url}/log-ind").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    facts = {"csrfmiddlewaretoken": token[1], "username": login["username"], "password": login["password"]}
    page = browser.open(f"{running.url}/log-ind", urllib.parse.urlencode(facts).encode()).read().decode()
    employee = re.search(r"agent:(\d+)", page)
    assert employee is not None, f"{login['username']} has no desk"
    return next(cookie.value or "" for cookie in jar if cookie.name == "indgang_staff"), int(employee[1])


def free_base_port() -> int:
    """A base port below the range of outgoing connections whose offsets are free now."""
    for _ in range(200):
        base = random.randrange(18_000, 31_000, 89)
        if all(_is_free(base + offset) for offset in _OFFSETS):
            return base
    raise RuntimeError("no free ports")


def _start(folder: Path, port: int) -> System:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "USER") if name in os.environ}
    environment = {**kept, "INDGANG_DATA": str(folder), "INDGANG_PORT": str(port), "INDGANG_DEMO": "1"}
    ready = folder / "demo.json"
    begun = time.monotonic()
    with (folder / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [str(INDGANG), "up"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while not ready.exists():
        if process.poll() is not None or time.monotonic() - begun > 240:
            process.kill()
            raise RuntimeError(f"indgang up did not start:\n{(folder / 'up.log').read_text(errors='replace')[-4000:]}")
        time.sleep(0.02)
    return System(process, folder, port, json.loads(ready.read_text()), time.monotonic() - begun)


def new_folder() -> Path:
    """A data folder for one run."""
    folder = Path(tempfile.mkdtemp(prefix="indgang-bench-"))
    folder.chmod(0o755)
    return folder


def _is_free(port: int) -> bool:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _close_connections() -> None:
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        return
    connections.close_all()
    for alias in connections:
        pool = getattr(connections[alias], "close_pool", None)
        if pool is not None:
            pool()
