"""The embedded database: starts for every kind of user, survives every kill, and says in one sentence what is wrong."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys

import psycopg
import pytest

from indgang.foundation.runtime.postgres import Cluster, ClusterError
from indgang.foundation.runtime.tests.conftest import BINARIES
from tests.plugin import ROOT, free_base_port

pytestmark = pytest.mark.kernel
NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user has one kind of user only: itself")


@pytest.fixture
def running(cluster):
    servers = [cluster.start()]
    yield servers
    cluster.stop(servers[-1])


def _committed(cluster, number):
    with psycopg.connect(cluster.url("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def _kept(cluster):
    with psycopg.connect(cluster.url("owner")) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM kept ORDER BY number")]


def test_a_killed_server_comes_back_with_everything_it_acknowledged(cluster, running):
    for number in range(3):
        _committed(cluster, number)
        os.kill(running[-1].pid, signal.SIGKILL)
        running[-1].wait()
        running.append(cluster.start())
    assert _kept(cluster) == [0, 1, 2]


def test_a_server_killed_with_all_its_processes_comes_back(cluster, running):
    _committed(cluster, 1)
    family = subprocess.run(["ps", "-o", "pid=", "--ppid", str(running[-1].pid)], capture_output=True, text=True)
    for number in [running[-1].pid, *map(int, family.stdout.split())]:
        with contextlib.suppress(ProcessLookupError):  # a child may have ended with its server already
            os.kill(number, signal.SIGKILL)
    running[-1].wait()
    running.append(cluster.start())
    assert _kept(cluster) == [1]


def test_a_pid_file_with_the_number_of_another_program_does_not_stop_the_start(cluster, running):
    cluster.stop(running[-1])
    stale = cluster.folder / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{cluster.folder}\n1\n{cluster.port}\n\n127.0.0.1\n\n")
    if cluster.user:
        shutil.chown(stale, cluster.user, cluster.user)
    running.append(cluster.start())
    assert cluster.answers()


def test_a_cut_off_first_start_is_begun_again(cluster):
    making = cluster.folder.with_name("postgres.making")
    (making / "base").mkdir(parents=True)
    making.with_name("postgres.making.password").write_text("half")
    process = cluster.start()
    cluster.stop(process)
    assert not making.exists()
    assert not making.with_name("postgres.making.password").exists()


def test_a_folder_with_other_things_in_it_is_left_alone(cluster):
    cluster.folder.mkdir(parents=True)
    (cluster.folder / "brev.txt").write_text("mit")
    with pytest.raises(ClusterError, match="something else than a database"):
        cluster.start()
    assert (cluster.folder / "brev.txt").read_text() == "mit"


def test_a_taken_port_is_named_with_the_remedy(cluster):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", cluster.port))
        other.listen()
        with pytest.raises(ClusterError, match=f"Port {cluster.port}.*INDGANG_PORT"):
            cluster.start()


def test_secrets_of_another_data_folder_are_recognised(cluster, running):
    (cluster.data / "secrets" / "postgres-superuser").write_text("forkert")
    with pytest.raises(ClusterError, match="does not know the password"):
        cluster.answers()
    with psycopg.connect(cluster.url("app")):
        pass  # the app's own password is untouched


def test_the_app_role_may_not_make_tables_or_roles(cluster, running):
    with psycopg.connect(cluster.url("app"), autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE ROLE friend SUPERUSER")


def test_what_is_committed_waits_for_the_disk_unless_a_test_says_otherwise(place):
    cluster = Cluster.of(place / "data", port=1, binaries=BINARIES)
    assert not any("fsync" in argument or "synchronous" in argument for argument in cluster.command())


@as_root
def test_under_a_folder_only_root_may_enter_the_cluster_stands_elsewhere(place):
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    cluster = Cluster.of(closed / "clone" / "var", port=free_base_port(), binaries=BINARIES, fsync="off")
    assert not cluster.folder.is_relative_to(place)
    try:
        cluster.stop(cluster.start())
        assert (
            Cluster.of(closed / "clone" / "var", port=cluster.port, binaries=BINARIES, fsync="off").folder
            == cluster.folder
        )
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(cluster.folder)


@as_root
def test_a_narrow_umask_does_not_lock_the_database_out(place):
    before = os.umask(0o077)
    try:
        cluster = Cluster.of(place / "data", port=free_base_port(), binaries=BINARIES, fsync="off")
        cluster.stop(cluster.start())
        assert cluster.folder.is_relative_to(place)
    finally:
        os.umask(before)


@as_root
def test_an_ordinary_user_runs_its_own_and_root_can_carry_on(place, cluster):
    home = place / "home"
    home.mkdir(mode=0o700)
    shutil.chown(home, NOBODY, NOBODY)
    assert _as_nobody(cluster, home / "data") == f"started as {NOBODY}"
    assert (home / "data" / "postgres").stat().st_uid == NOBODY
    cluster = Cluster.of(home / "data", port=cluster.port, binaries=BINARIES, fsync="off")
    cluster.stop(cluster.start())
    assert cluster.folder.stat().st_uid == NOBODY


@as_root
def test_an_ordinary_user_is_told_that_the_data_belongs_to_root(cluster):
    cluster.stop(cluster.start())
    assert "Start" in _as_nobody(cluster, cluster.data)


# The interpreter may stand where only root can read it: it becomes nobody after everything is imported.
BECOME_NOBODY = """
import os, sys
from pathlib import Path
from indgang.foundation.runtime.postgres import Cluster, ClusterError
data, port, binaries, user = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
os.setgroups([])
os.setgid(user)
os.setuid(user)
try:
    cluster = Cluster.of(data, port=port, binaries=binaries, fsync="off")
    cluster.stop(cluster.start())
    print("started as", os.geteuid())
except ClusterError as error:
    print(error)
"""


def _as_nobody(cluster, data):
    """Start and stop a cluster as an ordinary user; what it said."""
    command = [sys.executable, "-c", BECOME_NOBODY, str(data), str(cluster.port), str(cluster.binaries), str(NOBODY)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    return (done.stdout or done.stderr).strip()
