"""The people of a drill: mail servers that send again, citizens at the form, agents with their own keys."""

import json
import queue
import re
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import partial
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import uuid4

from indgang.assembly.drill_browser import Browser, Form, NoAnswer, Page
from indgang.assembly.drill_system import System

MARK = re.compile(r"mærke ([a-z]\d{4})")
NEEDS = (
    "Jeg flytter til en anden lejlighed på lørdag og vil melde min nye adresse.",
    "Jeg har mistet mit sundhedskort og skal bruge et nyt.",
    "Hvordan søger jeg boligstøtte til min lejlighed?",
    "Vi vil gerne skrive vores datter op til en plads i vuggestue.",
    "Mit pas udløber snart. Hvordan får jeg et nyt?",
    "Jeg vil søge folkepension, fordi jeg snart går fra.",
    "Jeg har spørgsmål om min forskudsopgørelse og min skat.",
    "Min mor har brug for hjælp til rengøring og indkøb.",
    "Der holder en bil parkeret ulovligt foran vores port.",
    "Jeg skal skifte læge, fordi jeg er flyttet.",
    "Hvem taler jeg med om en byggetilladelse til en carport?",
    "Jeg skriver om noget helt andet, som jeg gerne vil fortælle om.",
)
_STILL_HERE = 10  # seconds after which an agent's program says again that the agent is there
_REFERENCE = re.compile(r">\s*([0-9A-HJ-NP-Z]{4})-([0-9A-HJ-NP-Z]{4})\s*<")


@dataclass
class Ledger:
    """What was sent and when the service said that it has it; times of the monotonic clock."""

    sent: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, float] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    gave_up: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def attempt(self, mark: str) -> None:
        """One more try."""
        with self.lock:
            self.sent[mark] += 1

    def receive(self, mark: str, reference: str = "") -> None:
        """The service answered that it has it."""
        with self.lock:
            self.acknowledged[mark] = time.monotonic()
            if reference:
                self.references[mark] = reference

    def count(self, answers: Counter[str]) -> None:
        """Add the answers somebody got."""
        with self.lock:
            self.answers += answers

    def fail(self, mark: str, why: str) -> None:
        """Somebody gave up."""
        with self.lock:
            self.gave_up.append(f"{mark} {why}"[:300])


@dataclass
class Crew:
    """Threads with one stop signal."""

    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, work: Callable[..., None], *given: object) -> None:
        """One more."""
        thread = threading.Thread(target=work, args=given, daemon=True)
        self.threads.append(thread)
        thread.start()

    def join(self, seconds: float) -> bool:
        """Whether all came to their end within so many seconds."""
        until = time.monotonic() + seconds
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)


def marked(number: int, kind: str) -> tuple[str, str]:
    """A mark that is found again in the database, and a text that carries it."""
    mark = f"{kind}{number:04d}"
    return mark, f"{NEEDS[number % len(NEEDS)]}\n\nHilsen en borger (mærke {mark})"


def timetable(kind: str, count: int, seconds: float) -> "queue.Queue[tuple[float, int, str]]":
    """`count` messages spread evenly over so many seconds from now."""
    begun, due = time.monotonic(), queue.Queue[tuple[float, int, str]]()
    for number in range(count):
        due.put((begun + number * seconds / count, number, kind))
    return due


def mail_of(number: int, kind: str = "m") -> tuple[str, EmailMessage]:
    """A citizen's mail; every seventh with an attachment."""
    mark, text = marked(number, kind)
    message = EmailMessage()
    message["From"], message["To"] = address_of(mark), "kontakt@indgang.example"
    message["Subject"] = f"Spørgsmål {mark}"
    message["Message-ID"] = f"<{mark}.{uuid4().hex}@borger.example>"
    message.set_content(text)
    if number % 7 == 0:
        content = f"%PDF-1.4 bilag {mark}".encode() * 400
        message.add_attachment(content, maintype="application", subtype="pdf", filename="bilag.pdf")
    return mark, message


def address_of(mark: str) -> str:
    """Where the receipt goes."""
    return f"drill-{mark}@borger.example"


def mail_server(system: System, due: "queue.Queue[tuple[float, int, str]]", ledger: Ledger, patience: float) -> None:
    """Send mails over one connection; after a cut or a 4xx the same mail again over a new one."""
    connection: smtplib.SMTP | None = None
    while (task := _next(due)) is not None:
        mark, message = mail_of(task[1], task[2])
        until = time.monotonic() + patience
        while mark not in ledger.acknowledged:
            ledger.attempt(mark)
            try:
                connection = connection or smtplib.SMTP("127.0.0.1", system.port + 25, timeout=30)
                connection.send_message(message)
                ledger.receive(mark)
            except (smtplib.SMTPException, OSError) as cut:
                ledger.count(Counter([f"smtp {getattr(cut, 'smtp_code', 'cut off')}"]))
                _hang_up(connection)
                connection = None
                if time.monotonic() > until:
                    ledger.fail(mark, repr(cut))
                    break
                time.sleep(0.3)
    _hang_up(connection)


def citizens(system: System, due: "queue.Queue[tuple[float, int, str]]", ledger: Ledger, patience: float) -> None:
    """Fill in forms one after the other, each with a fresh browser at an address of its own."""
    while (task := _next(due)) is not None:
        number = task[1]
        mark, text = marked(number, task[2])
        browser = Browser(system.port, address=f"127.1.{number // 250}.{number % 250 + 2}", patience=patience)
        files = [("files", "bilag.txt", f"bilag {mark}\n".encode() * 200)] if number % 9 == 0 else []
        try:
            reference = fill_in(browser, text, address_of(mark), files, sending=partial(ledger.attempt, mark))
            ledger.receive(mark, reference)
        except (NoAnswer, FormStuck) as why:
            ledger.fail(mark, str(why))
        ledger.count(browser.answers)


class FormStuck(RuntimeError):
    """The form did not lead to a receipt."""


def fill_in(
    browser: Browser,
    text: str,
    mail: str,
    files: list[tuple[str, str, bytes]] | None = None,
    *,
    sending: Callable[[], None] = lambda: None,
) -> str:
    """The whole form, page by page, to the receipt; its reference."""
    page = to_review(browser, text, mail, files)
    sending()
    page = browser.submit(page, page.forms[-1])
    found = _REFERENCE.search(page.text)
    if page.status != 200 or found is None:
        raise FormStuck(f"{page.path} answered {page.status} and shows no reference")
    return found[1] + found[2]


def to_review(browser: Browser, text: str, mail: str, files: list[tuple[str, str, bytes]] | None = None) -> Page:
    """The form up to the page where everything stands once more."""
    page = browser.get("/kontakt")
    page = browser.submit(page, _form_with(page, "tekst"), {"tekst": text})
    for _ in range(12):
        step = page.path.rpartition("/")[2]
        if page.status != 200:
            raise FormStuck(f"{page.path} answered {page.status}")
        if step == "se-igennem":
            return page
        if step == "emne":
            form = _form_with(page, "task")
            page = browser.submit(page, form)
        elif step == "spoergsmaal":
            page = browser.submit(page, *_answers(page))
        elif step == "svar":
            page = browser.submit(page, page.forms[-1], {"way": "message"})
        else:
            given = {"way": "message", "name": "Drille Prøve", "mail": mail}
            page = browser.submit(page, _form_with(page, "mail"), given, files or [])
    raise FormStuck(f"the form goes in circles at {page.path}")


def _answers(page: Page) -> tuple[Form, dict[str, str]]:
    form = page.forms[-1]
    given = {name: values[0] for name, values in form.choices.items()}
    return form, given | dict.fromkeys(form.texts, "Det ved jeg ikke.")


def _form_with(page: Page, name: str) -> Form:
    for form in page.forms:
        if name in form.fields or name in form.choices:
            return form
    raise FormStuck(f"{page.path} answered {page.status} and has no form with the field {name}")


@dataclass
class Agent:
    """An employee's program with a personal key."""

    system: System
    username: str
    taken: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    def call(
        self, method: str, path: str, body: object = None, *, key: str = "", patience: float = 60
    ) -> tuple[int, Any]:
        """A call of the JSON API, again with the same Idempotency-Key while nothing or 503 comes back."""
        headers = {"Authorization": f"Bearer {self.system.login(self.username)['api_key']}"}
        return call(self.system, method, path, body, headers, key=key, patience=patience, statuses=self.statuses)

    def available(self) -> int:
        """Ready for work."""
        return self.call("PUT", "/work/state", {"state": "available"})[0]

    def work(self, stopping: threading.Event, pause: float) -> None:
        """Take and finish work until told to stop; the last one is finished too."""
        said = 0.0
        while not stopping.is_set():
            if time.monotonic() - said > _STILL_HERE and self.available() == 200:
                said = time.monotonic()
            status, item = self.call("POST", "/work/next")
            if status == 200:
                self.taken.append(item["id"])
                stopping.wait(pause)
                if self.call("POST", f"/work/{item['id']}/finish", {"outcome": "informed"})[0] in {200, 204}:
                    self.finished.append(item["id"])
            else:
                stopping.wait(pause * 2)


def call(
    system: System,
    method: str,
    path: str,
    body: object = None,
    headers: dict[str, str] | None = None,
    *,
    key: str = "",
    patience: float = 60,
    statuses: Counter[str] | None = None,
) -> tuple[int, Any]:
    """A call of the JSON API (with the demo's system key unless another is given); 0 when nobody answered in time."""
    sent = {"Authorization": f"Bearer {system.demo['api_key']}", "Content-Type": "application/json", **(headers or {})}
    if method == "POST":
        sent["Idempotency-Key"] = key or uuid4().hex
    content = json.dumps(body) if body is not None else None
    until = time.monotonic() + patience
    while True:
        with suppress(OSError, HTTPException):
            with closing(HTTPConnection("127.0.0.1", system.port, timeout=30)) as connection:
                connection.request(method, f"/api/v1{path}", content, sent)
                answer = connection.getresponse()
                text = answer.read()
            if statuses is not None:
                statuses[str(answer.status)] += 1
            if answer.status != 503 or time.monotonic() > until:
                return answer.status, json.loads(text) if text[:1] in (b"{", b"[") else text.decode()
        if time.monotonic() > until:
            return 0, None
        time.sleep(0.4)


def _next(due: "queue.Queue[tuple[float, int, str]]") -> tuple[float, int, str] | None:
    try:
        task = due.get_nowait()
    except queue.Empty:
        return None
    time.sleep(max(0.0, task[0] - time.monotonic()))
    return task


def _hang_up(connection: smtplib.SMTP | None) -> None:
    if connection is not None:
        connection.close()
