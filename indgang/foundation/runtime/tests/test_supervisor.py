"""Every process may be killed at any time and comes back; none outlives the supervisor."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from indgang.foundation.runtime.lock import AlreadyRunning, data_folder_lock
from indgang.foundation.runtime.supervisor import Program, Supervisor
from tests.plugin import ROOT

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
]
SUPERVISING = """
import json, subprocess, sys
from indgang.foundation.runtime.supervisor import Program, Supervisor
supervisor = Supervisor()
supervisor.listen_to_signals()
def launch(**options):
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], **options)
for name in ("one", "two"):
    supervisor.add(Program(name, launch))
print(json.dumps(supervisor.pids()), flush=True)
supervisor.run()
supervisor.stop(["two", "one"])
"""


def _program(name, command=SLEEP):
    return Program(name, lambda **options: subprocess.Popen(command, stdout=subprocess.PIPE, **options))


def _alive(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _gone(numbers, seconds=10):
    until = time.monotonic() + seconds
    while any(_alive(number) for number in numbers):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def supervisor():
    made = Supervisor()
    yield made
    made.stop([])


def test_a_killed_process_comes_back_by_itself(supervisor):
    supervisor.add(_program("web"))
    first = supervisor.pids()["web"]
    for _ in range(2):
        killed = supervisor.pids()["web"]
        os.kill(killed, signal.SIGKILL)
        assert supervisor.wait_until(lambda killed=killed: supervisor.pids().get("web") not in {None, killed}, 10)
    assert first != supervisor.pids()["web"]


def test_a_process_that_cannot_live_is_tried_less_and_less_often(supervisor, tmp_path):
    trace = tmp_path / "starts"
    command = [sys.executable, "-c", f"open({str(trace)!r}, 'a').write('x')"]
    supervisor.add(_program("broken", command))
    supervisor.wait_until(lambda: False, 3)
    assert 2 <= len(trace.read_text()) <= 5


def test_workers_a_killed_process_left_behind_are_ended(supervisor, tmp_path):
    note = tmp_path / "worker"
    leaving = f"p = subprocess.Popen({SLEEP!r}); open({str(note)!r}, 'w').write(str(p.pid))"
    command = [sys.executable, "-c", f"import subprocess, time; {leaving}; time.sleep(600)"]
    supervisor.add(_program("web", command))
    assert supervisor.wait_until(lambda: note.exists() and note.read_text(), 10)
    worker = int(note.read_text())
    killed = supervisor.pids()["web"]
    os.kill(killed, signal.SIGKILL)
    assert supervisor.wait_until(lambda: supervisor.pids().get("web") not in {None, killed}, 10)
    assert _gone([worker])


def test_processes_stop_in_order(supervisor, capsys):
    for name in ("database", "worker", "web"):
        supervisor.add(_program(name))
    pids = supervisor.pids()
    supervisor.stop(["web", "worker", "database"])
    assert _gone(pids.values(), 0.5)
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["process"] for line in said if line["event"] == "stopped"] == ["web", "worker", "database"]


def test_a_process_that_will_not_stop_is_killed_after_its_grace(supervisor, monkeypatch):
    monkeypatch.setattr("indgang.foundation.runtime.supervisor.GRACE_SECONDS", 0.3)
    supervisor.add(_program("deaf", STUBBORN))
    child = supervisor._children["deaf"].process
    assert child.stdout.readline() == b"deaf\n"
    supervisor.stop([])
    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_supervisor(how):
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISING],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as running:
        pids = json.loads(running.stdout.readline())
        assert all(_alive(number) for number in pids.values())
        running.send_signal(how)
        assert running.wait(15) == (-how if how == signal.SIGKILL else 0)
    assert _gone(pids.values())


def test_the_database_is_a_child_that_comes_back_too(supervisor, cluster):
    supervisor.add(
        Program("database", cluster.launch, prepare=cluster.prepare, stop_signal=signal.SIGINT, longest_pause=1.0)
    )
    assert supervisor.wait_until(cluster.answers, 30)
    cluster.make_roles()
    for _ in range(2):
        os.kill(supervisor.pids()["database"], signal.SIGKILL)
        assert supervisor.wait_until(lambda: not cluster.answers(), 10)
        assert supervisor.wait_until(cluster.answers, 30)
    with psycopg.connect(cluster.url("app")):
        pass


def test_a_second_program_on_the_data_folder_is_told_who_is_there(tmp_path):
    with (
        data_folder_lock(tmp_path, what="indgang up", address="http://127.0.0.1:8000"),
        pytest.raises(AlreadyRunning, match=f"http://127.0.0.1:8000.*{os.getpid()}"),
        data_folder_lock(tmp_path, what="indgang up"),
    ):
        pass
    with data_folder_lock(tmp_path, what="indgang up"):
        pass


def test_the_lock_of_a_killed_program_is_free(tmp_path):
    script = (
        "import sys, time; from pathlib import Path\n"
        "from indgang.foundation.runtime.lock import data_folder_lock\n"
        "with data_folder_lock(Path(sys.argv[1]), what='indgang up'):\n    print('held', flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        holder.kill()
    with data_folder_lock(tmp_path, what="indgang up"):
        pass
