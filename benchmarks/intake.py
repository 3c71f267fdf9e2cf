"""What becomes of 1,000 mails: how fast the mailroom stores them, and how soon a whole system has offered them.

    .venv/bin/python benchmarks/intake.py [--mails 1000] [--rounds 3] [--agents 20]

1. The mailroom's care: mails over SMTP into stored rows with their jobs, against a bare insert by the same SMTP server,
   threads and pool, in turn, over one database that waits for its disk as in operation.
2. A whole started Indgang with agents whose programs take, answer and finish work by the API: seconds from the first
   mail until the last one has been offered to somebody, while a separate process asks for pages over loopback.
"""

import argparse
import asyncio
import json
import smtplib
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

from _processes import cpu_by_program
from _report import Report, median, p
from _start import Database, System, database, logged_in, system

SENDERS, PAGE_RATE = 10, 5
MAILS, LIMIT_SECONDS, LIMIT_P95_MS = 1_000, 60, 300
PAGES = ("/", "/arbejdsplads", "/kontakt", "/opgaver")
TEXTS = (
    "Jeg flytter til en anden lejlighed på lørdag og vil melde min nye adresse.",
    "Jeg har mistet mit sundhedskort og skal bruge et nyt.",
    "Hvordan søger jeg boligstøtte til min lejlighed?",
    "Vi vil gerne skrive vores datter op til en plads i vuggestue.",
    "Mit pas udløber snart. Hvordan får jeg et nyt?",
    "Jeg vil søge folkepension, fordi jeg snart går fra.",
    "Min mor har brug for hjælp til rengøring og indkøb.",
    "Jeg skriver om noget helt andet, som jeg gerne vil fortælle om.",
)
LETTER = (
    "From: Borger {number} <borger{number}@borger.example>\r\nTo: kontakt@indgang.example\r\n"
    "Subject: Henvendelse {number}\r\nMessage-ID: <{number}.{run}@borger.example>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    "{text}\r\n" + "Venlig hilsen\r\n" * 20
)
STAGES = """
SELECT count(DISTINCT r.digest),
       count(r.contact), extract(epoch FROM max(c.at) - min(r.received_at)),
       count(o.at), extract(epoch FROM max(o.at) - min(r.received_at)),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM o.at - c.at)),
       count(*)
FROM mail_rawmail r
LEFT JOIN (SELECT contact, min(at) AS at FROM journal_event WHERE verb = 'contact.received' GROUP BY contact) c
    ON c.contact = r.contact
LEFT JOIN (SELECT contact, min(at) AS at FROM journal_event WHERE verb IN ('work.offered', 'work.taken')
    GROUP BY contact) o ON o.contact = r.contact
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=MAILS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--pages", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pages:
        watch_pages(json.loads(options.pages))
        return 0
    report = Report("intake")
    with database() as db:
        storing(report, db, options.mails, options.rounds)
    with system() as running:
        whole(report, running, options.mails, options.agents)
    return report.end()


def storing(report: Report, db: Database, mails: int, rounds: int) -> None:
    """The mailroom and the bare insert in turn."""
    from indgang.entrances.mail.mailroom import WRITERS, Mailroom

    with db.owner() as owner:
        owner.execute("CREATE TABLE benchmark_intake (id bigserial PRIMARY KEY, content bytea NOT NULL)")
        owner.execute("GRANT ALL ON benchmark_intake, benchmark_intake_id_seq TO indgang_app")
    found: dict[str, list[float]] = {"bare": [], "mailroom": []}
    with ThreadPoolExecutor(WRITERS) as writers:
        servers = {"bare": bare_server(writers), "mailroom": Mailroom("127.0.0.1", 0)}
        for server in servers.values():
            server.start()
        try:
            for number in range(rounds):
                for name, server in servers.items():
                    found[name].append(mails / send_all(server.port, mails, f"{name}{number}"))
        finally:
            for server in servers.values():
                server.stop()
    with db.owner() as owner:
        stored = owner.execute("SELECT count(*) FROM mail_rawmail").fetchone()
    report.must(stored == (rounds * mails,), f"{stored} rows for {rounds * mails} acknowledged mails")
    ours, limit = median(found["mailroom"]), median(found["bare"])
    report.add("mails stored by the mailroom per second", f"{ours:.0f}")
    report.add("bare insert over the same SMTP server per second", f"{limit:.0f}")
    report.add("mailroom: ratio to the bare insert", f"{ours / limit:.2f}", "1.00: as fast")


def bare_server(writers: ThreadPoolExecutor) -> Any:
    """The baseline's dialogue: one insert, one answer."""
    from aiosmtpd.smtp import SMTP, Envelope, Session
    from django.db import connection, connections

    from indgang.foundation.registers.services import Listener

    def insert(content: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO benchmark_intake (content) VALUES (%s)", [content])
        connections.close_all()

    class Bare:
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
            await asyncio.get_running_loop().run_in_executor(writers, insert, envelope.content)
            return "250 OK"

    return Listener(
        lambda: SMTP(Bare(), enable_SMTPUTF8=True, loop=asyncio.get_running_loop()), host="127.0.0.1", port=0
    )


def whole(report: Report, running: System, mails: int, agents: int) -> None:
    """Everything at once: mails in, agents at work, pages asked for."""
    stop, run = threading.Event(), uuid4().hex[:8]
    logins = sorted(running.demo["logins"], key=lambda login: login["role"] != "agent")
    staff = [threading.Thread(target=work, args=(running, login["api_key"], stop)) for login in logins[:agents]]
    pages = watcher(running, logins[agents])
    try:
        for one in staff:
            one.start()
        time.sleep(2)
        began, before = time.monotonic(), cpu_by_program(running.process.pid)
        sending = send_all(running.port + 25, mails, run)
        row = wait_until_offered(running, mails, began)
        after = cpu_by_program(running.process.pid)
        times = [float(text) for text in pages.communicate("\n")[0].split()]
    finally:
        stop.set()
        for one in staff:
            one.join(30)
    stored, filed, filed_in, offered, offered_in, between, different = row
    report.must(stored == mails == different, f"{stored} mails stored of {mails} acknowledged")
    report.must(min(times) >= 0, "a page did not answer 200")
    report.add(f"{mails} mails acknowledged within", f"{sending:.1f} s")
    report.add(f"{filed} mails triaged and contacts made within", f"{filed_in:.1f} s")
    in_time = offered == mails and offered_in <= LIMIT_SECONDS
    report.add(
        f"{offered} of {mails} mails offered to one of {len(staff)} agents within",
        f"{offered_in:.1f} s",
        f"<= {LIMIT_SECONDS} s for {MAILS:,}",
        met=None if mails < MAILS else in_time,
    )
    report.add("from contact to first offer, p50", f"{between:.2f} s")
    for name in ("mailroom", "worker", "dispatcher", "database", "web"):
        cost = (after[name] - before.get(name, 0.0)) / max(1, filed)
        report.add(f"CPU of {name} meanwhile, per mail filed", f"{cost:.1f} ms")
    report.add(f"pages meanwhile, {PAGE_RATE}/s, p50", f"{p(times, 0.5):.0f} ms", f"{len(times)} pages")
    report.at_most(f"pages meanwhile, {PAGE_RATE}/s, p95", p(times, 0.95), LIMIT_P95_MS, "ms", digits=0)


def wait_until_offered(running: System, mails: int, began: float) -> tuple[Any, ...]:
    """Until every mail was offered, twice the limit at most."""
    while True:
        with running.owner() as owner:
            row = owner.execute(STAGES).fetchone()
        assert row is not None
        if row[3] >= mails or time.monotonic() - began > 2 * LIMIT_SECONDS:
            return tuple(float(value or 0) if place in (2, 4, 5) else value for place, value in enumerate(row))
        time.sleep(2)


def send_all(port: int, mails: int, run: str) -> float:
    """Seconds until the last mail is acknowledged."""

    def some(first: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as line:
            for number in range(first, mails, SENDERS):
                raw = LETTER.format(number=number, run=run, text=TEXTS[number % len(TEXTS)]).encode()
                sender = f"borger{number}@borger.example"
                line.sendmail(sender, ["kontakt@indgang.example"], raw, mail_options=["BODY=8BITMIME"])

    start = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(some, range(SENDERS)))
    return time.perf_counter() - start


def work(running: System, key: str, stop: threading.Event) -> None:
    """An agent's program: ready, then take what is offered (or the most urgent) and finish it, again and again."""
    call(running, key, "PUT", "/work/state", {"state": "available"})
    while not stop.is_set():
        status, item = call(running, key, "POST", "/work/next")
        if status == 200:
            call(running, key, "POST", f"/work/{item['id']}/finish", {"outcome": "informed"})
        else:
            stop.wait(1.0)


def call(running: System, key: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    if method == "POST":
        headers["Idempotency-Key"] = uuid4().hex
    connection = HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text) if text else None


def watcher(running: System, login: dict[str, Any]) -> "subprocess.Popen[str]":
    """The separate client that asks for pages."""
    cookie, _employee = logged_in(running, login)
    order = json.dumps({"port": running.port, "cookie": cookie})
    command = [sys.executable, __file__, "--pages", order]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def watch_pages(order: dict[str, Any]) -> None:
    """Ask at fixed moments until a line comes in; print milliseconds from each moment, -1 for anything but 200."""
    begin, over = time.perf_counter(), threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), over.set()), daemon=True).start()

    def one(number: int) -> float:
        due = begin + number / PAGE_RATE
        connection = HTTPConnection("127.0.0.1", order["port"], timeout=60)
        path = PAGES[number % len(PAGES)]
        connection.request("GET", path, headers={"Cookie": f"indgang_staff={order['cookie']}"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return (time.perf_counter() - due) * 1000 if answer.status == 200 else -1.0

    asked, number = [], 0
    with ThreadPoolExecutor(16) as clients:
        while not over.is_set():
            asked.append(clients.submit(one, number))
            number += 1
            over.wait(max(0.0, begin + number / PAGE_RATE - time.perf_counter()))
        print(" ".join(f"{future.result():.1f}" for future in asked))


if __name__ == "__main__":
    sys.exit(main())
