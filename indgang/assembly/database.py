"""A database for a command: the one that runs, or the embedded one for as long as the command takes."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from indgang.assembly.processes import ROOT, command, environment
from indgang.foundation.runtime.lock import data_folder_lock
from indgang.foundation.runtime.postgres import Cluster
from indgang.foundation.runtime.supervisor import dying_with

OLDEST_SERVER = 150000


class CommandRefused(Exception):
    """The command cannot do what was asked; the message says why and what to do."""


def is_outside() -> bool:
    """Whether DATABASE_URL names a server instead of the embedded one."""
    return bool(os.environ.get("DATABASE_URL"))


@contextmanager
def running_database(data: Path, what: str) -> Iterator[None]:
    """A database answers inside this block."""
    if is_outside():
        check_outside(5)
        yield
        return
    cluster = Cluster.of(data)
    if cluster.answers():
        yield
        return
    with data_folder_lock(data, what=what, patience=15):
        process = cluster.start(preexec_fn=dying_with(os.getpid(), signal.SIGINT))
        try:
            yield
        finally:
            cluster.stop(process)


def check_outside(seconds: float) -> None:
    """The server of DATABASE_URL answers and is new enough, and the owner's address is given too."""
    if not os.environ.get("DATABASE_OWNER_URL"):
        raise CommandRefused("DATABASE_URL is set; set DATABASE_OWNER_URL too: the owner migrates, the app only runs.")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        version, _ = _version_and_role(name, seconds)
        if version < OLDEST_SERVER:
            raise CommandRefused(
                f"{name} leads to PostgreSQL {version // 10000}; use version {OLDEST_SERVER // 10000} or newer."
            )


def migrate() -> None:
    """Migrate as the owner, in a process of its own: this one keeps the app role.

    One role for both would take its own rights away when the app's are set, and could never migrate again.
    """
    if is_outside():
        (_, role), (_, owner) = (_version_and_role(name, 5) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
        if role == owner:
            raise CommandRefused(
                f"DATABASE_URL and DATABASE_OWNER_URL log in as the same role, {role}. Make a second role for "
                "DATABASE_URL: the owner migrates, the app only runs and owns nothing."
            )
    done = subprocess.run(
        command("migrate"),
        cwd=ROOT,
        env=environment(INDGANG_DB_ROLE="owner"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandRefused(f"The migrations failed: {(done.stderr or done.stdout).strip()[-2000:]}")


def _version_and_role(name: str, seconds: float) -> tuple[int, str]:
    until = time.monotonic() + seconds
    while True:
        try:
            with psycopg.connect(os.environ[name], connect_timeout=3) as connection:
                return connection.info.server_version, connection.info.user
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                reason = str(error).strip().splitlines()[-1]
                raise CommandRefused(f"The database of {name} does not answer: {reason}") from None
            time.sleep(0.5)
