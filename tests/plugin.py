"""Starts one throw-away PostgreSQL for the whole run and gives every worker its own copy of a migrated template.

The suite runs as the app role; only making databases and emptying tables between tests uses the owner.
`INDGANG_TEST_POSTGRES=/usr/lib/postgresql/15/bin` runs it on another server's binaries.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]
KEPT = {"django_migrations", "django_content_type", "auth_permission", "journal_epoch", "organisation_closingday"}
WORKER = os.environ.get("PYTEST_XDIST_WORKER")


def free_base_port() -> int:
    """A base port whose offsets are free, below the ports the system gives to outgoing connections."""
    first = (os.getpid() * 97 + time.time_ns() // 1_000_000) % 20_000
    for step in range(0, 20_000, 97):
        base = 12_000 + (first + step) % 20_000
        if all(_is_free(base + offset) for offset in (0, 1, 2, 3, 4, 5, 6, 7, 25, 26, 32)):
            return base
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as s:
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


if "INDGANG_TEST_DATA" not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="indgang-test-"))
    folder.chmod(0o755)
    os.environ["INDGANG_TEST_DATA"] = str(folder)
    os.environ["INDGANG_DATA"] = str(folder)
    os.environ["INDGANG_PORT"] = str(free_base_port())
    os.environ["INDGANG_DEMO"] = "1"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "EMAIL_URL", "INDGANG_LIVE_URL", "INDGANG_CLOCK"):
        os.environ.pop(name, None)

from indgang.foundation.runtime.postgres import Cluster  # noqa: E402  (the environment above must come first)


def cluster() -> Cluster:
    """The throw-away cluster of this run; it need not survive anything, so it does not wait for the disk."""
    binaries = os.environ.get("INDGANG_TEST_POSTGRES")
    return Cluster.of(
        Path(os.environ["INDGANG_TEST_DATA"]),
        binaries=Path(binaries) if binaries else None,
        fsync="off",
        synchronous_commit="off",
        full_page_writes="off",
    )


def pytest_configure(config: pytest.Config) -> None:
    if WORKER or config.option.help or config.option.collectonly:
        return
    server = cluster()
    config.stash[_SERVER] = server.start()
    environment = {**os.environ, "INDGANG_DB_ROLE": "owner"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if WORKER:
        return
    process = config.stash.get(_SERVER, None)
    if process is not None:
        cluster().stop(process)
        shutil.rmtree(cluster().folder, ignore_errors=True)
    shutil.rmtree(os.environ["INDGANG_TEST_DATA"], ignore_errors=True)


_SERVER = pytest.StashKey["subprocess.Popen[bytes]"]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every database test may use every alias (the access log has its own connection)."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and "databases" not in marker.kwargs:
            marker.kwargs["databases"] = "__all__"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """This worker's own copy of the template, emptied by the owner between transactional tests, and its own files."""
    from django.conf import settings
    from django.db import connections
    from django.db.backends.postgresql.operations import DatabaseOperations

    name = f"indgang_{WORKER or 'main'}"
    with cluster().superuser() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE indgang OWNER indgang_owner")
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
    os.environ["DATABASE_URL"] = cluster().url("app").rsplit("/", 1)[0] + "/" + name
    os.environ["DATABASE_OWNER_URL"] = cluster().url("owner").rsplit("/", 1)[0] + "/" + name
    settings.FILES_ROOT = Path(settings.FILES_ROOT) / name  # another worker's tests take files away
    DatabaseOperations.execute_sql_flush = lambda self, statements: empty_tables()  # type: ignore[method-assign]
    yield
    for alias in connections:
        connections[alias].close()


def empty_tables() -> None:
    """Empty every table but the fixed ones, as the owner: the app role may not touch the journal."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        rows = connection.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        ).fetchall()
        names = ", ".join(f'"{name}"' for (name,) in rows if name not in KEPT)
        connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
