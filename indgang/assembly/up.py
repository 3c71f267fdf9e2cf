"""`indgang up`: start everything, wait until it is healthy, say where it is, and keep it running."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from indgang.assembly import demo_json, processes, settings
from indgang.assembly.database import CommandRefused, check_outside, is_outside
from indgang.foundation.runtime.lock import data_folder_lock
from indgang.foundation.runtime.postgres import Cluster
from indgang.foundation.runtime.settings_env import clock_offset
from indgang.foundation.runtime.sizing import sized
from indgang.foundation.runtime.supervisor import Stopped, Supervisor, dying_with

_HEALTHY_SECONDS = 120
_STEP_SECONDS = 1800
_PORTS = {
    0: "the web pages",
    1: "live events",
    2: "the simulators",
    3: "the simulated common login",
    4: "the print simulator",
    5: "the simulated person register",
    6: "the simulated income register",
    7: "the simulated scanner",
    25: "incoming mail",
    26: "the mail simulator",
}


def up() -> int:
    """Run until stopped; 0 after a clean stop."""
    base_url = f"http://127.0.0.1:{settings.INDGANG_PORT}"
    clock_offset(settings.INDGANG_DEMO)
    with data_folder_lock(settings.DATA, what="indgang up", address=base_url, patience=2):
        if is_outside():
            check_outside(20)
        _check_ports()
        demo_json.remove(settings.DATA)
        metrics = _fresh_folder(settings.DATA / "metrics")
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
        supervisor = Supervisor()
        supervisor.listen_to_signals()
        try:
            _start(supervisor, base_url)
            supervisor.run()
        except Stopped:
            pass
        finally:
            demo_json.remove(settings.DATA)
            supervisor.stop(processes.STOP_ORDER)
    return 0


def _start(supervisor: Supervisor, base_url: str) -> None:
    if not is_outside():
        _start_database(supervisor)
    _step(supervisor, "migrate", INDGANG_DB_ROLE="owner")
    _step(supervisor, "prepare")
    for program in processes.services(
        port=settings.INDGANG_PORT, static=Path(settings.STATIC_ROOT), demo=settings.INDGANG_DEMO
    ):
        supervisor.add(program)
    healthy = supervisor.wait_until(_is_healthy, _HEALTHY_SECONDS)
    if not healthy:
        _say(f"Indgang runs but is not healthy after {_HEALTHY_SECONDS} s; see {base_url}/readyz.")
        return
    _announce(base_url)


def _start_database(supervisor: Supervisor) -> None:
    cluster = Cluster.of(settings.DATA, port=None, binaries=None, **sized())
    cluster.prepare()
    supervisor.add(processes.database(cluster))
    if not supervisor.wait_until(cluster.answers, 60):
        raise CommandRefused(f"PostgreSQL does not start. {cluster.reason()}")
    cluster.make_roles()


def _step(supervisor: Supervisor, name: str, **more: str) -> None:
    """One of our own commands, while the supervisor goes on watching the database."""
    with subprocess.Popen(
        processes.command(name),
        cwd=processes.ROOT,
        env=processes.environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=dying_with(os.getpid(), signal.SIGKILL),
    ) as process:
        try:
            finished = supervisor.wait_until(lambda: process.poll() is not None, _STEP_SECONDS)
        finally:
            process.kill()
        said = process.stdout.read().decode(errors="replace") if process.stdout else ""
    if not finished or process.returncode:
        raise CommandRefused(f"`indgang {name}` failed: {said.strip()[-3000:]}")


def _is_healthy() -> bool:
    return _asks_ready() and _listens(settings.INDGANG_PORT + 1) and _listens(settings.INDGANG_PORT + 25)


def _asks_ready() -> bool:
    host = next((h for h in settings.ALLOWED_HOSTS if not h.startswith((".", "*"))), "127.0.0.1")
    connection = http.client.HTTPConnection("127.0.0.1", settings.INDGANG_PORT, timeout=3)
    try:
        connection.request("GET", "/readyz", headers={"Host": host})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _listens(port: int) -> bool:
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(("127.0.0.1", port)) == 0


def _check_ports() -> None:
    needed = {offset: use for offset, use in _PORTS.items() if settings.INDGANG_DEMO or offset not in {2, 5, 6, 26}}
    for offset, use in needed.items():
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", settings.INDGANG_PORT + offset))
            except OSError:
                raise CommandRefused(
                    f"Port {settings.INDGANG_PORT + offset}, needed for {use}, is taken by another program. "
                    f"Set INDGANG_PORT to another base port (now {settings.INDGANG_PORT})."
                ) from None


def _fresh_folder(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _announce(base_url: str) -> None:
    lines = [f"Indgang is ready: {base_url}"]
    smtp = f"127.0.0.1:{settings.INDGANG_PORT + 25}"
    lines.append(f"Mail in (SMTP): {smtp}   Health: {base_url}/readyz   Data: {settings.DATA}")
    if settings.INDGANG_DEMO:
        content = demo_json.write(settings.DATA, base_url=base_url, smtp=smtp)
        one_of_each = {login.get("role", ""): login for login in reversed(content["logins"])}
        lines += [_login(one_of_each[role]) for role in sorted(one_of_each)]
        lines.append(f"All logins and keys: {settings.DATA / 'demo.json'}. Invented people only. Stop with Ctrl-C.")
    _say("\n".join(lines))


def _login(login: dict[str, Any]) -> str:
    return f"  {login.get('role', ''):<18} {login.get('username', ''):<18} {login.get('password', '')}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
