"""Live events end to end: the real application under its real server, read over HTTP."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest
from django.test import Client

from indgang.core.organisation.testing import make_employee
from indgang.foundation.runtime.postgres import Cluster
from indgang.foundation.web.services import publish
from tests.plugin import cluster, free_base_port

ROOT = Path(__file__).resolve().parents[3]
HERE = f"http://127.0.0.1:{settings.INDGANG_PORT}"
pytestmark = pytest.mark.django_db(transaction=True)


class Stream:
    """A browser's stream, read event by event."""

    def __init__(self, port: int, topics: str, session: str = "", origin: str = HERE) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Origin": origin, "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        self.connection.request("GET", f"/?topics={topics}", headers=headers)
        self.answer = self.connection.getresponse()

    def next(self) -> tuple[str, dict[str, str]] | None:
        """The next event and its data; None when the stream has ended."""
        name = ""
        while line := self.answer.readline().decode().rstrip("\n"):
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                self.answer.readline()
                return name, json.loads(line[6:])
            elif not line.startswith("data"):
                self.answer.readline()
        return None


def ended(stream: Stream) -> bool:
    """The stream comes to its end; at most it was told to read again before."""
    while (event := stream.next()) is not None:
        assert event[0] == "resync"
    return True


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def serving(**environment: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--no-ws", "--workers", "1", "indgang.assembly.live:application"],
        cwd=ROOT,
        env={**os.environ, "INDGANG_LIVE_HEARTBEAT": "0.5", "INDGANG_LIVE_RECHECK": "0.5", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: answers(port))
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


def answers(port: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def until(condition, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def live(django_db_setup) -> Iterator[int]:
    with serving() as (_process, port):
        yield port


@pytest.fixture
def agent():
    return make_employee("Agnes Agent", username="agnes")


@pytest.fixture
def session(agent) -> str:
    client = Client()
    client.force_login(agent.account)
    return client.session.session_key


def test_what_is_published_reaches_the_browser_after_the_commit(live, agent, session):
    stream = Stream(live, f"agent:{agent.pk}", session)
    assert stream.answer.status == 200
    assert stream.answer.headers["Access-Control-Allow-Origin"] == HERE
    with transaction.atomic():
        publish(f"agent:{agent.pk}", "offer", "one")
    with transaction.atomic():
        publish(f"agent:{agent.pk}", "offer", "never")
        transaction.set_rollback(True)
    publish("agent:999999", "offer", "of somebody else")
    publish(f"agent:{agent.pk}", "offer", "two")
    assert [stream.next()[1]["id"], stream.next()[1]["id"]] == ["one", "two"]


def test_a_stranger_is_refused_and_told_which_topics(live, agent, session):
    refused = Stream(live, f"agent:{agent.pk}%20agent:{agent.pk + 1}%20nobody", session).answer
    assert refused.status == 403
    assert json.loads(refused.read())["refused"] == [f"agent:{agent.pk + 1}", "nobody"]


def test_nobody_gets_a_stream_without_a_session(live, agent):
    assert Stream(live, f"agent:{agent.pk}").answer.status == 401
    assert Stream(live, f"agent:{agent.pk}", "invented").answer.status == 401


def test_another_site_gets_nothing(live, agent, session):
    answer = Stream(live, f"agent:{agent.pk}", session, origin="https://fremmed.example").answer
    assert answer.status == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_both_names_of_this_machine_are_served(live, agent, session):
    origin = HERE.replace("127.0.0.1", "localhost")
    assert Stream(live, f"agent:{agent.pk}", session, origin=origin).answer.status == 200


def test_the_stream_ends_with_the_session(live, agent, session):
    stream = Stream(live, f"agent:{agent.pk}", session)
    request = HttpRequest()
    request.session = Client().session.__class__(session)
    request.user = agent.account
    logout(request)
    assert ended(stream)


def test_the_stream_ends_when_the_account_is_closed(live, agent, session):
    stream = Stream(live, f"agent:{agent.pk}", session)
    agent.account.is_active = False
    agent.account.save()
    assert ended(stream)


def test_a_lost_listening_connection_is_made_again_and_the_pages_read_again(live, agent, session):
    stream = Stream(live, f"agent:{agent.pk}", session)
    with cluster().superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'indgang live'"
        )
    assert stream.next() == ("resync", {})
    publish(f"agent:{agent.pk}", "offer", "afterwards")
    assert stream.next()[1]["id"] == "afterwards"


def test_it_stops_at_once_with_open_streams(agent, session):
    with serving() as (process, port):
        streams = [Stream(port, f"agent:{agent.pk}", session) for _ in range(20)]
        process.terminate()
        process.wait(10)  # the server alone would wait for the clients for ever
        assert [stream.next() for stream in streams] == [None] * 20


PREPARE = """
import django; django.setup()
from django.test import Client
from indgang.core.organisation.testing import make_employee
agent = make_employee("Agnes Agent", username="agnes")
client = Client(); client.force_login(agent.account)
print(agent.pk, client.session.session_key)
"""


def test_a_restarted_database_leads_to_a_new_reading(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    folder.chmod(0o755)
    port = free_base_port()
    own = {
        "INDGANG_DATA": str(folder),
        "INDGANG_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings",
    }
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")} | own
    server = Cluster.of(folder, port=port + 32, fsync="off", shared_buffers="32MB")
    process = server.start()
    try:
        migrating = {**environment, "INDGANG_DB_ROLE": "owner"}
        subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", "migrate", "-v0"], cwd=ROOT, env=migrating, check=True
        )
        made = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", PREPARE], cwd=ROOT, env=environment, check=True, capture_output=True
        )
        agent, session = made.stdout.decode().split()[-2:]
        addresses = {"DATABASE_URL": server.url("app"), "DATABASE_OWNER_URL": server.url("owner")}
        with serving(**own, **addresses) as (_live, live_port):
            stream = Stream(live_port, f"agent:{agent}", session, origin=f"http://127.0.0.1:{port}")
            assert stream.answer.status == 200
            server.stop(process)
            process = server.start()
            assert stream.next() == ("resync", {})
            with psycopg.connect(server.url("app"), autocommit=True) as connection:
                line = json.dumps({"topic": f"agent:{agent}", "event": "offer", "id": "new"})
                connection.execute("SELECT pg_notify('indgang_live', %s)", [line])
            assert stream.next()[1]["id"] == "new"
    finally:
        server.stop(process)
