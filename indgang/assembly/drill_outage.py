"""What is outside goes away: the database, the disk, the outside mail server; nothing typed or acknowledged is lost."""

import contextlib
import os
import resource
import signal
import smtplib
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator

from indgang.assembly import drill_counting as counting
from indgang.assembly.drill_browser import Browser, NoAnswer, Page
from indgang.assembly.drill_lost import ended
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_senders import address_of, fill_in, mail_of, to_review
from indgang.assembly.drill_system import System, wait_for

GONE_SECONDS = 20
_TYPED = "Jeg skrev en lang forklaring om min flytning, som ikke må gå tabt"
_SMALL = 24 * 1024 * 1024


def outages(system: System, report: Report) -> None:
    """One after the other, with a look at every process in between."""
    _database_killed(system, report)
    _database_frozen(system, report)
    _disk_full(system, report)
    _mail_server(system, report)


def _database_killed(system: System, report: Report) -> None:
    """Killed again whenever it comes up, for 20 seconds."""
    _without_database(system, report, f"database killed for {GONE_SECONDS} s", _kept_dead(system))


def _database_frozen(system: System, report: Report) -> None:
    """SIGSTOP to the server and every backend: connections stay open and nothing answers."""
    _without_database(system, report, f"database frozen for {GONE_SECONDS} s", _frozen(system))


@contextlib.contextmanager
def _kept_dead(system: System) -> Iterator[None]:
    stopping = threading.Event()

    def kill() -> None:
        while not stopping.is_set():
            system.kill("database")
            stopping.wait(0.05)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(5)


@contextlib.contextmanager
def _frozen(system: System) -> Iterator[None]:
    stopped = system.family("database")
    _signal(stopped, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(stopped, signal.SIGCONT)


def _signal(numbers: list[int], number: signal.Signals) -> None:
    for pid in numbers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _without_database(
    system: System, report: Report, name: str, outage: contextlib.AbstractContextManager[None]
) -> None:
    browser = Browser(system.port, address="127.3.0.1", again=False, timeout=15)
    page = to_review(Browser(system.port, address="127.3.0.2"), "Jeg flytter (mærke g0000)", address_of("g0000"))
    first = browser.get("/kontakt")
    pids, ends = system.children(), len(ended(system))
    pages: list[Page] = []
    smtp: Counter[str] = Counter()
    silent = 0
    with outage:
        until = time.monotonic() + GONE_SECONDS
        time.sleep(0.5)
        mailer = threading.Thread(target=_try_mails, args=(system, smtp, until), daemon=True)
        mailer.start()
        while time.monotonic() < until:
            try:
                pages.append(_tried(browser, first))
            except NoAnswer:
                silent += 1
            time.sleep(1)
    mailer.join(40)
    _report_gone(report, name, pages, silent, smtp)
    _report_back(system, report, name)
    left = [end for end in ended(system)[ends:] if end[0] != "database"]
    now = {name: pid for name, pid in system.children().items() if name in pids and name != "database"}
    same = all(pids[name] == pid for name, pid in now.items()) and len(now) >= 5
    report.check(f"{name}: no other process ended", not left and same, left or "")
    again = Browser(system.port, address="127.3.0.2")
    report.check(f"{name}: the site answers", again.get(page.path.split("?")[0]).status in {200, 404})


def _report_back(system: System, report: Report, name: str) -> None:
    back = time.monotonic()
    form = wait_for(lambda: _fills_in(system) and time.monotonic() - back, 60)
    mail = wait_for(lambda: _is_taken(system) and time.monotonic() - back, 60)
    said = f"a form after {form or 60:.1f} s, a mail after {mail or 60:.1f} s"
    report.check(f"{name}: recovers by itself", bool(form and mail), said)


def _tried(browser: Browser, first: Page) -> Page:
    """Post words as somebody whose page was open before."""
    fields = {**first.forms[-1].fields, "tekst": _TYPED}
    return browser.post("/kontakt", fields)


def _try_mails(system: System, smtp: Counter[str], until: float) -> None:
    number = 0
    while time.monotonic() < until:
        number += 1
        try:
            with smtplib.SMTP("127.0.0.1", system.port + 25, timeout=30) as connection:
                connection.send_message(mail_of(9000 + number, "g")[1])
            smtp["250"] += 1
        except smtplib.SMTPResponseException as refused:
            smtp[str(refused.smtp_code)] += 1
        except (smtplib.SMTPException, OSError) as cut:
            smtp[type(cut).__name__] += 1
        time.sleep(1)


def _report_gone(report: Report, name: str, pages: list[Page], silent: int, smtp: Counter[str]) -> None:
    refused = [page for page in pages if page.status == 503]
    kept = [page for page in refused if _TYPED in page.text and page.headers.get("retry-after")]
    other = Counter(page.status for page in pages if page.status not in {200, 503})
    said = (
        f"{len(refused)} x 503 of {len(pages)}, {len(kept)} with Retry-After and the typed text, others {dict(other)}"
    )
    report.check(
        f"{name}: pages say so and give the text back",
        bool(refused) and kept == refused and not other and not silent,
        said,
    )
    report.check(f"{name}: SMTP says 451", smtp["451"] > 0 and set(smtp) <= {"451", "250"}, dict(smtp))


def _fills_in(system: System) -> bool:
    with contextlib.suppress(NoAnswer):
        fill_in(Browser(system.port, address="127.3.0.3", patience=20), "Jeg vil flytte", "efter@borger.example")
        return True
    return False


def _is_taken(system: System) -> bool:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        with smtplib.SMTP("127.0.0.1", system.port + 25, timeout=20) as connection:
            connection.send_message(mail_of(9999, "h")[1])
        return True
    return False


def _disk_full(system: System, report: Report) -> None:
    """Files of the form on a tiny disk: the page says what is wrong, keeps the form, and works again with room."""
    browser = Browser(system.port, address="127.3.0.4", patience=20, again=False)
    page = browser.get("/kontakt")
    page = browser.submit(page, page.forms[-1], {"tekst": "Jeg vil klage over en parkeringsafgift (mærke d0001)"})
    while page.path.rpartition("/")[2] != "kontaktoplysninger":
        name = page.path.rpartition("/")[2]
        form = next((f for f in page.forms if f.choices or "task" in f.fields), page.forms[-1])
        given = {key: values[0] for key, values in form.choices.items()} | dict.fromkeys(form.texts, "Ved ikke")
        page = browser.submit(page, form, {"way": "message"} if name == "svar" else given)
    form = next(form for form in page.forms if "mail" in form.fields)
    given = {"way": "message", "name": "Navnet står endnu", "mail": address_of("d0001")}
    big = [("files", "stor.bin", os.urandom(12 * 1024 * 1024))]
    with _small_files(system):
        refused = browser.submit(page, form, given, big)
    report.check("no room for a large upload is refused in words", refused.status == 507, refused.status)
    with _tiny_disk(system) as how:
        refused = browser.submit(page, form, given, big)
    left = [path for path in (system.data / "files").glob("*/.writing-*")]
    said = f"{how}: {refused.status}"
    report.check("a full disk at upload is refused in words, with what was typed", refused.status == 507
                 and "Navnet står endnu" in refused.text and not left, said)  # fmt: skip
    sent = browser.submit(page, form, given, big)
    report.check("with room again the same page goes through", sent.status == 200 and "se-igennem" in sent.path,
                 f"{sent.status} {sent.path.rpartition('/')[2]}")  # fmt: skip


@contextlib.contextmanager
def _tiny_disk(system: System) -> Iterator[str]:
    """A disk of 24 MB over the folder of files where we may mount one, else a limit on the size of files."""
    folder = str(system.data / "files")
    os.makedirs(folder, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SMALL}", "indgang-drill", folder]
    if os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield "a disk of 24 MB"
        finally:
            subprocess.run(["umount", "-l", folder], capture_output=True, check=False)
        return
    with _small_files(system):
        yield "files limited to 8 MB"


@contextlib.contextmanager
def _small_files(system: System) -> Iterator[None]:
    """The web server's processes may write no file above 8 MB."""
    web = system.family("web")
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in web}
    for pid in web:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (8 * 1024 * 1024, before[pid][1]))
    try:
        yield
    finally:
        for pid in web:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before[pid])


def _mail_server(system: System, report: Report) -> None:
    """Down, slow, cutting after the mail, refusing: each letter is delivered once, or stands in "needs attention"."""
    for number, (mode, more) in enumerate((("down", {}), ("slow", {"seconds": 2}), ("drop_after_data", {"count": 2}))):
        _awkward(system, report, mode, more, [f"s{number}{one:03d}" for one in range(3)])
    _refusing(system, report)


def _awkward(system: System, report: Report, mode: str, more: dict[str, int], marks: list[str]) -> None:
    system.simulator("PUT", "/mail/behaviour", {"mode": mode, **more})
    _write(system, marks)
    tried = wait_for(lambda: _parcels(system, marks, "attempts > 0") == len(marks), 90)
    waiting = _parcels(system, marks, "state IN ('waiting', 'sending')")
    system.simulator("PUT", "/mail/behaviour", {"mode": "ok"})
    out = wait_for(lambda: _parcels(system, marks, "state = 'sent'") == len(marks), 120)
    got = counting.receipts(system, marks)
    fine = bool(tried and out) and not got.none and not got.second
    said = f"{waiting} waited, then {got.mails} delivered, {got.repeats} repeated with the same Message-ID"
    report.check(f"outside mail server {mode}: every letter arrives, none twice under another id", fine, said)


def _refusing(system: System, report: Report) -> None:
    system.simulator("PUT", "/mail/behaviour", {"mode": "refuse"})
    _write(system, ["r0001"])
    shown = wait_for(lambda: _parcels(system, ["r0001"], "state = 'attention'") == 1, 120)
    system.simulator("PUT", "/mail/behaviour", {"mode": "ok"})
    noted = system.number("SELECT count(*) FROM journal_event WHERE verb = 'outbox.gave_up'")
    failed = system.number("SELECT count(*) FROM contacts_message WHERE delivery = 'failed'")
    report.check("outside mail server refusing: the letter needs attention, and the contact knows",
                 bool(shown) and noted > 0 and failed > 0, f"{noted} noted, {failed} marked failed")  # fmt: skip


def _write(system: System, marks: list[str]) -> None:
    with smtplib.SMTP("127.0.0.1", system.port + 25, timeout=30) as connection:
        for mark in marks:
            connection.send_message(mail_of(int(mark[1:]), mark[0])[1])


def _parcels(system: System, marks: list[str], condition: str) -> int:
    addresses = [address_of(mark) for mark in marks]
    return system.number(
        f"SELECT count(*) FROM journal_outboxparcel WHERE payload->>'to' = ANY(%s) AND {condition}",  # noqa: S608
        addresses,
    )
