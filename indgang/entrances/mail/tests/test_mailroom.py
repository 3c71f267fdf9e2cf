"""Real SMTP against the real mailroom: nothing is acknowledged before it stands in the database."""

import os
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from indgang.entrances.mail import services
from indgang.entrances.mail.mailroom import SIZE_LIMIT, Mailroom
from indgang.entrances.mail.models import RawMail
from indgang.entrances.mail.testing import OUR_ADDRESS, make_mail, send
from indgang.entrances.mail.values import RawState
from indgang.foundation.registers.testing import free_port
from indgang.foundation.runtime import clock
from tests.plugin import cluster

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("kc.receive")]
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def mailroom() -> Iterator[Mailroom]:
    room = Mailroom("127.0.0.1", 0)
    room.start()
    yield room
    room.stop()


def stored_now() -> int:
    """Counted on another connection, so only what is committed counts."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT count(*) FROM mail_rawmail").fetchone()
        return int(row[0]) if row else 0


def test_an_acknowledged_mail_is_committed_byte_for_byte_and_its_filing_is_called(mailroom: Mailroom):
    raw = b"From: ida@borger.example\r\nSubject: x\r\n\r\n.punktum f\xc3\xb8rst\r\n..to\r\n"
    send(raw, port=mailroom.port)
    assert stored_now() == 1
    row = RawMail.objects.get()
    assert bytes(row.content) == raw and row.recipients == [OUR_ADDRESS] and row.sender == "ida@borger.example"
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        jobs = connection.execute("SELECT status FROM procrastinate_jobs WHERE task_name = 'mail.file_due'")
        assert jobs.fetchall() == [("todo",)]


def test_addresses_of_others_are_refused_and_any_of_ours_is_taken(mailroom: Mailroom):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(make_mail(), port=mailroom.port, to="ole@andre.example")
    assert refused.value.recipients["ole@andre.example"][0] == 550
    send(make_mail(), port=mailroom.port, to="Pas@INDGANG.example")
    assert stored_now() == 1


def test_the_size_limit_is_announced_and_kept(mailroom: Mailroom):
    with smtplib.SMTP("127.0.0.1", mailroom.port, timeout=30) as connection:
        connection.ehlo()
        assert connection.esmtp_features["size"] == str(SIZE_LIMIT)
        assert {"8bitmime", "smtputf8"} <= set(connection.esmtp_features)
        assert connection.docmd(f"MAIL FROM:<ida@borger.example> SIZE={SIZE_LIMIT + 1}")[0] == 552
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send_lying_about_size(mailroom.port)
    assert refused.value.smtp_code == 552
    assert stored_now() == 0


def send_lying_about_size(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as connection:
        connection.ehlo()
        connection.mail("ida@borger.example")
        connection.rcpt(OUR_ADDRESS)
        code, text = connection.data(b"x" * 70 + (b"\r\n" + b"y" * 70) * 450_000)
        if code != 250:
            raise smtplib.SMTPDataError(code, text)


def test_a_mail_of_25_megabytes_in_one_line_is_taken(mailroom: Mailroom):
    send(b"From: ida@borger.example\r\n\r\n" + b"A" * 25_000_000, port=mailroom.port)
    assert RawMail.objects.get().size > 25_000_000


def test_an_international_address_and_a_bounce_without_sender_are_taken(mailroom: Mailroom):
    with smtplib.SMTP("127.0.0.1", mailroom.port, timeout=10) as connection:
        connection.sendmail("søren@borger.example", [OUR_ADDRESS], make_mail(), mail_options=["SMTPUTF8"])
        connection.sendmail("", [OUR_ADDRESS], make_mail())
    assert set(RawMail.objects.values_list("sender", flat=True)) == {"søren@borger.example", ""}


def test_a_mail_cut_off_in_the_middle_is_not_stored(mailroom: Mailroom):
    with closing(socket.create_connection(("127.0.0.1", mailroom.port))) as line:
        for words in (
            b"EHLO x\r\n",
            b"MAIL FROM:<a@b.example>\r\n",
            b"RCPT TO:<kontakt@indgang.example>\r\n",
            b"DATA\r\n",
        ):
            line.recv(4096)
            line.sendall(words)
        line.recv(4096)
        line.sendall(b"Subject: halv\r\n\r\nhal")
    send(make_mail(), port=mailroom.port)
    assert stored_now() == 1


def test_a_thousand_mails_at_once_from_one_sender_are_all_stored(mailroom: Mailroom):
    def some(first: int) -> int:
        with smtplib.SMTP("127.0.0.1", mailroom.port, timeout=60) as connection:
            for n in range(first, first + 50):
                connection.sendmail("ida@borger.example", [OUR_ADDRESS], make_mail(f"mail {n}"))
        return 50

    with ThreadPoolExecutor(20) as senders:
        sent = sum(senders.map(some, range(0, 1000, 50)))
    assert sent == stored_now() == 1000


def test_while_the_database_refuses_the_sender_is_asked_to_come_back(mailroom: Mailroom):
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("ALTER TABLE mail_rawmail RENAME TO mail_rawmail_away")
        try:
            with pytest.raises(smtplib.SMTPDataError) as refused:
                send(make_mail(), port=mailroom.port)
        finally:
            owner.execute("ALTER TABLE mail_rawmail_away RENAME TO mail_rawmail")
    assert refused.value.smtp_code == 451
    send(make_mail(), port=mailroom.port)
    assert stored_now() == 1


def test_connections_cut_by_the_database_cost_no_mail(mailroom: Mailroom):
    send(make_mail("1"), port=mailroom.port)
    connections.close_all()
    with cluster().superuser() as everything:
        everything.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'indgang_app' AND datname = %s",
            [connections["default"].settings_dict["NAME"]],
        )
    send_until_taken(make_mail("2"), port=mailroom.port)
    assert stored_now() == 2
    for one in ("default", "accesslog"):
        connections[one].close_pool()  # what else was cut is no business of the next test


def send_until_taken(raw: bytes, *, port: int) -> None:
    """As a mail server does: what is not acknowledged is sent again."""
    for _ in range(5):
        try:
            return send(raw, port=port)
        except smtplib.SMTPDataError as later:
            assert later.smtp_code == 451
    raise AssertionError("the mailroom did not recover")


def test_the_process_lives_on_without_a_database_and_ends_when_asked():
    base = free_port() - 25
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://nobody:x@127.0.0.1:{free_port()}/away",
        "INDGANG_PORT": str(base),
        "INDGANG_DB_POOL": "1",
        "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings",
    }
    program = "import django; django.setup(); from indgang.entrances.mail.services import run_mailroom; run_mailroom()"
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment)
    try:
        wait_for(base + 25)
        with pytest.raises(smtplib.SMTPDataError) as refused:
            send(make_mail(), port=base + 25)
        assert refused.value.smtp_code == 451
        assert process.poll() is None
    finally:
        process.terminate()
    assert process.wait(15) == 0


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the mailroom does not listen")


def test_one_unreadable_mail_among_many_stops_none_of_them(mailroom: Mailroom):
    for n in range(5):
        send(make_mail(f"mail {n}", sender=f"p{n}@borger.example"), port=mailroom.port)
        send(bytes(range(1, 9)) * 50 + b"\x00", port=mailroom.port)
    for key in list(RawMail.objects.values_list("pk", flat=True)):
        services.file_mail(raw_id=key, at=clock.now())
    states = list(RawMail.objects.values_list("state", flat=True))
    assert states.count(RawState.FILED) == 5 and states.count(RawState.ATTENTION) == 5
