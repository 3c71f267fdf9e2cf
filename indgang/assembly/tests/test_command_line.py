"""The command line: it examines, backs up, restores, and refuses in one sentence."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import psycopg
import pytest

from indgang.foundation.runtime.lock import data_folder_lock
from indgang.foundation.runtime.postgres import Cluster
from tests.plugin import ROOT, cluster, free_base_port

WRITE_ONE = """
import django; django.setup()
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import store_file
from django.db import transaction
with transaction.atomic():
    journal.record("test.written", at=clock.now(), viewer_name="test", subject="test.row:1")
journal.seal(clock.now())
print(store_file(b"et bilag"))
"""


URLS = {"DATABASE_URL": "app", "DATABASE_OWNER_URL": "owner"}


@pytest.fixture
def place():
    folder = Path(tempfile.mkdtemp(prefix="indgang-commands-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def own(place):
    """The environment of an installation of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("INDGANG_", "DATABASE_"))}
    return {
        **kept,
        "INDGANG_DATA": str(place / "data"),
        "INDGANG_PORT": str(free_base_port()),
        "PYTHONPATH": str(ROOT),
    }


def indgang(environment, *arguments):
    command = [sys.executable, "-m", "indgang.assembly.commands", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def answer(done):
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_python(environment, script):
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings"}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_every_command_explains_itself():
    for name in (
        "up",
        "doctor",
        "load-profile",
        "backup",
        "restore",
        "verify-journal",
        "demo-data",
        "migrate",
        "move-clock",
    ):
        done = indgang(dict(os.environ), name, "--help")
        assert done.returncode == 0
        assert "--json" in done.stdout


@pytest.mark.django_db
def test_doctor_is_content_with_the_app_role():
    done = indgang({**os.environ}, "doctor", "--json")
    findings = {f["name"]: f["state"] for f in answer(done)["findings"]}
    assert findings["app role owns nothing"] == "ok"
    assert findings["journal_event only grows"] == "ok"
    assert findings["access_lookup only grows"] == "ok"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["postgres", "owner"])
def test_doctor_fails_for_a_role_that_may_do_too_much(role):
    url = os.environ["DATABASE_OWNER_URL"]
    if role == "postgres":
        password = (Path(os.environ["INDGANG_TEST_DATA"]) / "secrets" / "postgres-superuser").read_text()
        url = f"postgresql://postgres:{password}@127.0.0.1:{cluster().port}/{url.rsplit('/', 1)[1]}"
    done = indgang({**os.environ, "DATABASE_URL": url}, "doctor")
    assert done.returncode == 1
    assert "FAIL  app role owns nothing" in done.stdout
    assert "FAIL  journal_event only grows" in done.stdout
    assert ("FAIL  app role:" in done.stdout) == (role == "postgres")


def test_a_backup_comes_back_with_database_files_and_secrets(own, place):
    assert indgang(own, "migrate").returncode == 0
    data, file = place / "data", place / "indgang.backup"
    server = Cluster.of(data, port=int(own["INDGANG_PORT"]) + 32)
    process = server.start()
    try:
        digest = run_python(own, WRITE_ONE)
        assert answer(indgang(own, "backup", str(file), "--json"))["seal"]["number"] == 1
        run_python(own, WRITE_ONE)
    finally:
        server.stop(process)
    assert file.stat().st_mode & 0o077 == 0
    secret = (data / "secrets" / "django").read_text()
    shutil.rmtree(data / "files")
    (data / "secrets" / "django").unlink()

    done = indgang(own, "restore", str(file), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (answer(done)["intact"], answer(done)["events"], answer(done)["files"]) == (True, 1, 1)
    assert (data / "files" / digest[:2] / digest[2:]).read_bytes() == b"et bilag"
    assert (data / "secrets" / "django").read_text() == secret
    report = answer(indgang(own, "doctor", "--json"))
    assert not [f for f in report["findings"] if f["state"] == "fail" and f["name"] != "browser assets"]


@pytest.mark.kernel
def test_a_backup_of_the_embedded_database_moves_to_a_server_of_ones_own(own, place):
    assert indgang(own, "migrate").returncode == 0
    assert indgang(own, "backup", str(place / "indgang.backup")).returncode == 0
    name = f"elsewhere_{os.getpid()}"
    with cluster().superuser() as connection:
        cluster().make_database(connection, name)
    try:
        urls = {key: cluster().url(role).rsplit("/", 1)[0] + f"/{name}" for key, role in URLS.items()}
        moved = {**own, **urls, "INDGANG_DATA": str(place / "elsewhere")}
        done = indgang(moved, "restore", str(place / "indgang.backup"), "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        assert indgang(moved, "doctor").returncode == 0
        assert "is not empty" in indgang(moved, "restore", str(place / "indgang.backup")).stderr
    finally:
        with cluster().superuser() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_damaged_backup_changes_nothing(own, place):
    file = place / "indgang.backup"
    (place / "manifest.json").write_text('{"format": 1, "dump_sha256": "0", "files": 0, "seal": {"number": 0}}')
    (place / "database.dump").write_text("no dump")
    with tarfile.open(file, "w") as tar:
        tar.add(place / "manifest.json", "manifest.json")
        tar.add(place / "database.dump", "database.dump")
    done = indgang(own, "restore", str(file))
    assert done.returncode == 1
    assert "damaged" in done.stderr
    with tarfile.open(file, "w") as tar:
        tar.add(place / "manifest.json", "../manifest.json")
    assert "no backup of Indgang" in indgang(own, "restore", str(file)).stderr


def test_restore_and_a_second_up_are_refused_while_indgang_runs(own, place):
    (place / "data").mkdir()
    with data_folder_lock(place / "data", what="indgang up", address="http://127.0.0.1:8000"):
        for command in (["restore", "x"], ["up"]):
            done = indgang(own, *command)
            assert done.returncode == 1
            assert f"running already at http://127.0.0.1:8000 (`indgang up`, process {os.getpid()})" in done.stderr


def test_a_taken_port_is_named(own):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(own["INDGANG_PORT"]) + 25))
        other.listen()
        done = indgang(own, "up", "--json")
    assert done.returncode == 1
    assert f"Port {int(own['INDGANG_PORT']) + 25}, needed for incoming mail" in answer(done)["error"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("INDGANG_PORT", "achttusind"), ("INDGANG_DEMO", "måske"), ("INDGANG_CLOCK", "i morgen"), ("DATABASE_URL", "x")],
)
def test_a_wrong_setting_stops_the_start_and_is_named(own, name, value):
    done = indgang({**own, "INDGANG_DEMO": "1", name: value}, "up")
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_cases_of_nobody_are_refused_with_what_to_do(own):
    done = indgang(own, "demo-data", "--cases", "5", "--json")
    assert done.returncode == 1
    assert "--citizens" in answer(done)["error"]


@pytest.mark.django_db
def test_a_database_of_a_user_works_without_the_embedded_one(own, place):
    outside = {**own, **{k: os.environ[k] for k in ("DATABASE_URL", "DATABASE_OWNER_URL")}}
    assert answer(indgang(outside, "verify-journal", "--json"))["intact"] is True
    assert not (place / "data" / "postgres").exists()
    without_owner = {k: v for k, v in outside.items() if k != "DATABASE_OWNER_URL"}
    assert "DATABASE_OWNER_URL" in indgang(without_owner, "doctor").stderr
    one_role = {**outside, "DATABASE_URL": outside["DATABASE_OWNER_URL"]}
    assert "same role" in indgang(one_role, "migrate").stderr
    gone = {**outside, "DATABASE_URL": "postgresql://a:b@127.0.0.1:1/none"}
    assert "does not answer" in indgang(gone, "backup", str(place / "x")).stderr


def test_the_password_of_the_database_never_stands_in_a_command_line(own):
    with psycopg.connect(cluster().url("app")) as connection:
        assert connection.info.password not in " ".join(cluster().command())
