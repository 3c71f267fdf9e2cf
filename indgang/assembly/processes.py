"""The processes of an installation, in the order they start, and the order they stop."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from indgang.assembly import settings
from indgang.foundation.runtime.postgres import Cluster
from indgang.foundation.runtime.supervisor import Program

ROOT = Path(__file__).resolve().parents[2]
STOP_ORDER = ["web", "live", "mailroom", "dispatcher", "worker", "simulators", "cpr", "income", "database"]
REGISTERS = {"cpr": 5, "income": 6}  # simulated in a demo, each a process of its own: name and offset of its port
WEB_WORKERS, WEB_AT_ONCE, WEB_WAITING = 2, 2, 60  # processes; requests in each; the next is told that it is too many
WEB_FILES = 8  # that arrive meanwhile, as slow as their senders are
WEB_PATIENCE, MAIL_PATIENCE = "6", "10"  # seconds a person or a mail server waits for a database that hangs


def environment(**more: str) -> dict[str, str]:
    """What a child process of ours needs to find the code."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


def command(*arguments: str) -> list[str]:
    """Our own command line as a child process."""
    return [sys.executable, "-m", "indgang.assembly.commands", *arguments]


def database(cluster: Cluster) -> Program:
    """The embedded PostgreSQL; fast shutdown, and the same when the supervisor is killed."""
    return Program(
        "database",
        launch=cluster.launch,
        prepare=cluster.prepare,
        stop_signal=signal.SIGINT,
        orphan_signal=signal.SIGINT,
        longest_pause=1.0,
    )


def services(*, port: int, static: Path, demo: bool) -> list[Program]:
    """Everything that works on the database."""
    own = [Program(name, launch=_child(command(name))) for name in ("worker", "dispatcher")]
    own.append(Program("mailroom", launch=_child(command("mailroom"), INDGANG_DB_PATIENCE=MAIL_PATIENCE)))
    simulators = [Program("simulators", launch=_child(command("simulators")))] if demo else []
    simulators += [_register(name, port + offset) for name, offset in REGISTERS.items()] if demo else []
    return [*simulators, *own, _live(port + 1), _web(port, static)]


def _register(name: str, port: int) -> Program:
    """A simulated register; it needs neither our database nor Django."""
    folder = settings.DATA / "simulators" / name
    module = f"indgang.foundation.registers.{name}.simulator"
    key = settings.REGISTERS[name]["key"]
    place = ["--port", str(port), "--folder", str(folder), *(["--key", key] if key else [])]
    return Program(name, launch=_child([sys.executable, "-m", module, *place]), orphan_signal=signal.SIGTERM)


def _web(port: int, static: Path) -> Program:
    served = ["--static-path-route", "/static", "--static-path-mount", str(static), "--static-path-expires", "600"]
    size = ["--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_AT_ONCE + WEB_WAITING + WEB_FILES)]
    arguments = _granian("wsgi", port, "indgang.assembly.wsgi:application")
    room = os.environ.get("INDGANG_WEB_ROOM") or f"{WEB_AT_ONCE}+{WEB_WAITING}+{WEB_FILES}"
    launch = _child([*arguments, *size, *served], INDGANG_DB_PATIENCE=WEB_PATIENCE, INDGANG_WEB_ROOM=room)
    return Program("web", launch=launch, orphan_signal=signal.SIGTERM)


def _live(port: int) -> Program:
    arguments = _granian("asgi", port, "indgang.assembly.live:application")
    return Program("live", launch=_child([*arguments, "--workers", "1"]), orphan_signal=signal.SIGTERM)


def _granian(interface: str, port: int, application: str) -> list[str]:
    host = os.environ.get("INDGANG_BIND", "127.0.0.1")
    place = ["--interface", interface, "--host", host, "--port", str(port), "--no-ws"]
    care = ["--respawn-failed-workers", "--workers-kill-timeout", "8", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *place, *care, application]


def _child(arguments: list[str], **more: str) -> Any:
    def launch(**options: Any) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(arguments, stdin=subprocess.DEVNULL, cwd=ROOT, env=environment(**more), **options)

    return launch
