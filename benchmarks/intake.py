"""How much the mailroom's care costs: 1,000 mails over SMTP into stored rows with their jobs, against a bare insert.

The baseline is the same SMTP server, threads and pool; it writes one row of bytes and answers. Both sides alternate,
each five times, in one run, over one throw-away PostgreSQL that waits for its disk as in production; printed are
medians and their ratio.
"""

import asyncio
import os
import shutil
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="indgang-bench-"))
DATA.chmod(0o755)
os.environ["INDGANG_DATA"] = str(DATA)
os.environ.setdefault("INDGANG_PORT", "47000")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")

from indgang.foundation.runtime.postgres import Cluster  # noqa: E402  (the environment above must come first)

CLUSTER = Cluster.of(DATA)
SERVER = CLUSTER.start()

import django  # noqa: E402

django.setup()

import psycopg  # noqa: E402
from aiosmtpd.smtp import SMTP, Envelope, Session  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402

from indgang.entrances.mail.mailroom import WRITERS, Mailroom  # noqa: E402
from indgang.foundation.registers.services import Listener  # noqa: E402

MAILS, SENDERS, ROUNDS = 1_000, 10, 5
LETTER = (
    "From: Ida Borger <ida@borger.example>\r\nTo: kontakt@indgang.example\r\nSubject: Flytning {number}\r\n"
    "Message-ID: <{number}@borger.example>\r\n\r\n" + "Jeg skal flytte på lørdag.\r\n" * 40
)


class Bare:
    """The baseline's dialogue: one insert, one answer."""

    def __init__(self, writers: ThreadPoolExecutor) -> None:
        self.writers = writers

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.get_running_loop().run_in_executor(self.writers, insert, envelope.content)
        return "250 OK"


def insert(content: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO benchmark_intake (content) VALUES (%s)", [content])
    connections.close_all()


def send_all(port: int) -> float:
    """Mails per second until the last one is acknowledged."""

    def some(first: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as line:
            for number in range(first, first + MAILS // SENDERS):
                raw = LETTER.format(number=number).encode()
                line.sendmail("ida@borger.example", [settings.MUNICIPALITY_MAIL], raw, mail_options=["BODY=8BITMIME"])

    start = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(some, range(0, MAILS, MAILS // SENDERS)))
    return MAILS / (time.perf_counter() - start)


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def prepare() -> None:
    """The tables, made by the owner as in production."""
    environment = {**os.environ, "INDGANG_DB_ROLE": "owner"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
    with psycopg.connect(CLUSTER.url("owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE benchmark_intake (id bigserial PRIMARY KEY, content bytea NOT NULL)")
        owner.execute("GRANT ALL ON benchmark_intake, benchmark_intake_id_seq TO indgang_app")


def main() -> None:
    prepare()
    writers = ThreadPoolExecutor(WRITERS)
    bare = Listener(
        lambda: SMTP(Bare(writers), enable_SMTPUTF8=True, loop=asyncio.get_running_loop()), host="127.0.0.1", port=0
    )
    mailroom = Mailroom("127.0.0.1", 0)
    bare.start()
    mailroom.start()
    before = rows("mail_rawmail")
    figures: dict[str, list[float]] = {"bare": [], "mailroom": []}
    for _ in range(ROUNDS):
        figures["bare"].append(send_all(bare.port))
        figures["mailroom"].append(send_all(mailroom.port))
    stored = rows("mail_rawmail") - before
    assert stored == ROUNDS * MAILS, f"{stored} rows for {ROUNDS * MAILS} acknowledged mails"
    medians = {name: statistics.median(found) for name, found in figures.items()}
    print(f"bare insert {medians['bare']:.0f} mails/s, mailroom {medians['mailroom']:.0f} mails/s")
    print(f"ratio {medians['mailroom'] / medians['bare']:.2f} (1.00: as fast as the bare insert); {stored} rows found")
    mailroom.stop()
    bare.stop()
    writers.shutdown()


if __name__ == "__main__":
    try:
        main()
    finally:
        connections.close_all()
        CLUSTER.stop(SERVER)
        shutil.rmtree(CLUSTER.folder, ignore_errors=True)
        shutil.rmtree(DATA, ignore_errors=True)
