"""Real processes for the kernel tests: dispatchers and agents on the test's own database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[4]
DISPATCHER = "import django; django.setup(); from indgang.core.routing.services import run_dispatcher; run_dispatcher()"
PATIENCE_SECONDS = 240
CREW = "crew"  # how the database knows their connections


class Crew:
    """The processes of one test; `stop` kills what is left."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[str]] = []

    def dispatcher(self) -> "subprocess.Popen[str]":
        return self._start("-c", DISPATCHER)

    def agent(self, employee: int, *options: str) -> "subprocess.Popen[str]":
        return self._start("-m", "indgang.core.routing.tests.agent_process", str(employee), *options)

    def agents(self, employees: list[int], *options: str) -> list["subprocess.Popen[str]"]:
        """All of them, ready for work."""
        started = [self.agent(employee, *options) for employee in employees]
        for process in started:
            assert heard(process) == "ready"
        return started

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.communicate()

    def _start(self, *arguments: str) -> "subprocess.Popen[str]":
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings",
            "INDGANG_DB_POOL": "2",
            "PGAPPNAME": CREW,
        }
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        self.processes.append(process)
        return process


@contextmanager
def crew() -> Iterator[Crew]:
    """Processes that are gone when the test ends, however it ends."""
    one = Crew()
    try:
        yield one
    finally:
        one.stop()


def heard(process: "subprocess.Popen[str]") -> str:
    """The next line a process says (logs are not said)."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() in {"ready", "offered"} or line.startswith("refused"):
            return line.strip()
    return f"ended with {process.wait()}"


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for something that must happen."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"never: {what}")
        time.sleep(0.05)


def leader() -> int | None:
    """The process id of the dispatcher that leads."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
            "WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'dispatcher %' "
            "AND a.datname = current_database()"
        ).fetchone()
    return int(row[0].split()[1]) if row else None


def dispatchers() -> int:
    """How many dispatchers are at work or stand by."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE application_name LIKE 'dispatcher %' AND datname = current_database()"
        ).fetchone()
    return int(row[0]) if row else 0
