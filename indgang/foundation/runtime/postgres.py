"""The embedded PostgreSQL: PyPI's binaries under our own small manager (scram on loopback TCP, two roles)."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from indgang.foundation.runtime.cluster_home import (
    ClusterError,
    bundled_binaries,
    ensure_system_user,
    hand_over,
    home_for_root,
    make_passable,
)
from indgang.foundation.runtime.settings_env import secret

__all__ = ["APP", "DATABASE", "OWNER", "Cluster", "ClusterError", "bundled_binaries"]

DATABASE = "indgang"
OWNER, APP = "indgang_owner", "indgang_app"
_TRIES = 40  # orphans of a killed server hold its memory for a second or two
_PATIENCE_SECONDS = 60  # replay of a long journal after a crash
_REASONS = (
    ("No space left on device", "The disk is full; free some space."),
    ("could not bind", "Its port is taken by another program; set INDGANG_PORT to another base port."),
    ("wrong ownership", "Its files belong to another user; give them back with chown or start as that user."),
    ("invalid permissions", "Its folder may be read by others; set its mode to 0700."),
    ("Permission denied", "Its user may not read the folder or the binaries; see its owner and the folders above."),
    (
        "incompatible with server",
        "It was made by another version of PostgreSQL; restore a backup into a new data folder.",
    ),
)


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
        """The cluster that belongs to this data folder (nothing is started)."""
        data = data.resolve()
        port = port or int(os.environ.get("INDGANG_PORT", "8000")) + 32
        chosen = binaries or bundled_binaries()
        extra = tuple(sorted(settings.items()))
        if os.geteuid() != 0:
            return cls(data, port, chosen, data / "postgres", None, extra)
        folder, user, chosen = home_for_root(data, chosen)
        return cls(data, port, chosen, folder, user, extra)

    def url(self, role: str) -> str:
        """postgresql://… of the role "owner" or "app"."""
        name = OWNER if role == "owner" else APP
        return f"postgresql://{name}:{self._password(role)}@127.0.0.1:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """Make the cluster's files if they are missing, and take away what a killed server or a cut-off start left."""
        if self.user:
            ensure_system_user(self.user)
        if self.folder.exists():
            self._check_owner()
        self.check_port()
        if (self.folder / "PG_VERSION").exists():
            return
        if self.folder.exists() and any(self.folder.iterdir()):
            raise ClusterError(f"{self.folder} holds something else than a database; move it away or restore a backup.")
        make_passable(self.folder.parent)
        making = self.folder.with_name(self.folder.name + ".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        self._initialise(making)
        making.rename(self.folder)

    def start(self, **options: Any) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers; retries while leftovers of a killed one still hold its memory."""
        self.prepare()
        for _ in range(_TRIES):
            process = self.launch(**options)
            until = time.monotonic() + _PATIENCE_SECONDS
            while process.poll() is None and time.monotonic() < until:
                if self.answers():
                    self.make_roles()
                    return process
                time.sleep(0.05)
            self.stop(process)
            if not self._may_pass_by_itself():
                break
            time.sleep(0.25)
        raise ClusterError(f"PostgreSQL does not start. {self.reason()}")

    def launch(self, **options: Any) -> subprocess.Popen[bytes]:
        """The server as a child process; what it says while it starts goes to its own file."""
        with self.start_log.open("wb") as said:
            return subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=said, stderr=said, **self._as_user(), **options
            )

    @property
    def start_log(self) -> Path:
        return self.data / "postgres-start.log"

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
            "log_filename": "postgresql-%a.log",
            "log_truncate_on_rotation": "on",
            "log_statement": "none",
            "log_min_error_statement": "panic",  # statements may hold what citizens wrote
            "log_error_verbosity": "terse",
            "timezone": "UTC",
            "idle_in_transaction_session_timeout": "60s",
            **dict(self.settings),
        }
        arguments = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        return [str(self.binaries / "postgres"), "-D", str(self.folder), *arguments]

    def answers(self) -> bool:
        """Whether the server accepts a login of the superuser; ClusterError when it knows another password."""
        try:
            with self.superuser():
                return True
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise ClusterError(
                    f"The database at port {self.port} does not know the password in {self.data}/secrets: another "
                    "program's database has the port (set INDGANG_PORT), or the secrets belong to another data folder."
                ) from None
            return False

    def check_port(self) -> None:
        """ClusterError when something else already listens where the server will."""
        if self._running():
            return  # our own, on its way down; the next start waits for it
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", self.port))
            except OSError:
                raise ClusterError(
                    f"Port {self.port}, where the database would listen, is taken by another program. "
                    "Set INDGANG_PORT to another base port (the database takes INDGANG_PORT + 32)."
                ) from None

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A connection for making roles and databases; the service itself never uses it."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=self._password("superuser"),
            dbname=database,
            autocommit=True,
            connect_timeout=3,
            sslmode="disable",
        )

    def make_roles(self) -> None:
        """The owner (migrates), the app (runs, owns nothing) and the database, if missing."""
        with self.superuser() as connection:
            for name, role in ((OWNER, "owner"), (APP, "app")):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
                    connection.execute(
                        sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                            sql.Identifier(name), sql.Literal(self._password(role))
                        )
                    )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                self.make_database(connection, DATABASE)

    def make_database(self, connection: psycopg.Connection, name: str) -> None:
        """An empty database that belongs to the owner."""
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(OWNER)
            )
        )

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

    def reason(self) -> str:
        """Why the last start failed, in a sentence with the remedy where it is known."""
        said = self._said()
        known = next((sentence for sign, sentence in _REASONS if sign in said), "")
        fatal = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
        last = re.sub(r"^.*?(FATAL|PANIC):\s*", "", fatal[-1]) if fatal else f"Read {self.folder}/log for the reason."
        return f"{known} ({last})" if known else last

    def _said(self) -> str:
        logs = sorted((self.folder / "log").glob("*.log"), key=lambda p: p.stat().st_mtime)
        files = [path for path in [*logs[-1:], self.start_log] if path.exists()]
        return "\n".join(path.read_text(errors="replace")[-4000:] for path in files)

    def _may_pass_by_itself(self) -> bool:
        """Leftovers of a killed server go away in seconds; a full disk or a wrong owner does not."""
        said = self.start_log.read_text(errors="replace")
        return "FATAL" not in said or "still in use" in said or "lock file" in said

    def _initialise(self, folder: Path) -> None:
        password_file = folder.with_name(folder.name + ".password")
        password_file.unlink(missing_ok=True)
        with os.fdopen(os.open(password_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as f:
            f.write(self._password("superuser"))
        if self.user:
            shutil.chown(folder, self.user, self.user)
            shutil.chown(password_file, self.user, self.user)
        place = ["-D", str(folder), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(password_file)]
        hurry = ["--no-sync"] if dict(self.settings).get("fsync") == "off" else []
        try:
            self._run("initdb", *place, "-E", "UTF8", "--locale=C.UTF-8", *hurry)
        finally:
            password_file.unlink(missing_ok=True)

    def _check_owner(self) -> None:
        owner = self.folder.stat().st_uid
        if self.user and owner == 0:
            hand_over(self.folder, self.user)
        elif not self.user and owner != os.geteuid():
            raise ClusterError(
                f"{self.folder} belongs to the user {_name(owner)}, not to {_name(os.geteuid())}. "
                f"Start as root or as {_name(owner)}, or give the whole data folder away with chown -R."
            )

    def _running(self) -> bool:
        """Whether a server of this folder still runs; a pid file with the number of another program is removed."""
        path = self.folder / "postmaster.pid"
        try:
            number = int(path.read_text().split("\n", 1)[0])
            program = Path(f"/proc/{number}/cmdline").read_bytes()
        except (OSError, ValueError):
            return False  # no such file or process: PostgreSQL itself sees that
        if os.fsencode(self.folder) in program:
            return True
        if program:  # after a crash or a restart of the machine; PostgreSQL would take it for a server
            path.unlink(missing_ok=True)
        return False

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.binaries / program), *arguments], capture_output=True, text=True, check=False, **self._as_user()
        )
        if done.returncode:
            known = next((sentence for sign, sentence in _REASONS if sign in done.stderr), "")
            raise ClusterError(f"{program} failed. {known} {done.stderr.strip()}".replace("  ", " "))

    def _as_user(self) -> dict[str, Any]:
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": "/"}
        if not self.user:
            return {"cwd": "/", "env": environment}
        entry = pwd.getpwnam(self.user)
        return {
            "user": entry.pw_uid,
            "group": entry.pw_gid,
            "extra_groups": [],
            "cwd": "/",
            "env": environment,
        }

    def _password(self, role: str) -> str:
        path = self.data / "secrets" / f"postgres-{role}"
        try:
            return secret(path)
        except PermissionError:
            raise ClusterError(
                f"{path.parent} may not be read by {_name(os.geteuid())}: it was started as another user before. "
                "Start it as that user (or root), or set INDGANG_DATA to a folder of your own."
            ) from None


def _name(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
