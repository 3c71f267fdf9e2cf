"""A whole Indgang on a million cases, three million documents and five million contacts, under mixed requests.

    make bench-large
    .venv/bin/python benchmarks/large.py [--cases 1000000] [--contacts 5000000] [--citizens 500000]
        [--rate 120] [--seconds 300] [--data FOLDER]

The database is made by `indgang demo-data` on top of a demo town; how long that takes and how large it is stands in the
figures. With --data the folder stays, and the next run on it makes nothing new; without, it is taken away. Then the
supervised Indgang (web, live, worker, dispatcher, mailroom, simulated registers, database) answers `--rate` requests a
second for `--seconds` seconds, sent at fixed moments by this process on the same cores; each counts from its moment,
so that a jam is seen. The mix is in MIX; people of the demo town ask, agents and caseworkers, each with a session, kept
connections and addresses of their own. A page that answers anything but 200, and a form that is refused, is an error.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import uuid4

from _agents_browser import Browser, Place
from _crews import made_by
from _processes import cpu_by_program, own_cpu_ms
from _report import Report, median, p
from _start import INDGANG, ROOT, System, free_base_port, new_folder, system

P95_MS, AIM_MS = 300.0, 100.0
PATIENCE = 60.0  # seconds an answer is waited for after the last request
WARM_UP = 10.0  # seconds of the same mix that do not count
AGENT, CASEWORKER, KEY = "agent", "caseworker", "key"
MIX: tuple[tuple[str, str, int], ...] = (  # what, by whom, how many of a hundred
    ("case list", CASEWORKER, 10),
    ("case", CASEWORKER, 18),
    ("documents of a case", CASEWORKER, 8),
    ("overview", CASEWORKER, 5),
    ("overview", AGENT, 5),
    ("case search by name", CASEWORKER, 4),
    ("case search by words", AGENT, 3),
    ("one search", AGENT, 5),
    ("contact", AGENT, 10),
    ("timeline", AGENT, 5),
    ("cases beside a contact", AGENT, 5),
    ("contact list", AGENT, 4),
    ("queue", AGENT, 3),
    ("numbers beside the queue", AGENT, 5),
    ("note", CASEWORKER, 4),
    ("contact by API", KEY, 3),
    ("cases of a citizen by API", KEY, 3),
)
FACTS = "Borgeren oplyser, at lejen er sat op fra den første, og at familien nu er på fire."
WRITTEN = "Jeg er flyttet til en ny lejlighed og vil gerne vide, om jeg kan få boligsikring."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--contacts", type=int, default=5_000_000)
    parser.add_argument("--citizens", type=int, default=500_000)
    parser.add_argument("--rate", type=float, default=120)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--people", type=int, default=25, help="agents, and as many caseworkers")
    parser.add_argument("--data", type=Path, help="a folder that stays")
    options = parser.parse_args()
    report, folder = Report("large"), options.data or new_folder()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        known = folder / "made.json"
        made = 0.0 if known.exists() else make(folder, options)
        with system(folder, keep=True) as running:
            if made:
                known.write_text(json.dumps(measured(running, made)))
            for what, value, said in json.loads(known.read_text()):
                report.add(what, value, said)
            asyncio.run(work(running, options, report))
    finally:
        if options.data is None:
            shutil.rmtree(folder, ignore_errors=True)
    return report.end()


def make(folder: Path, options: argparse.Namespace) -> float:
    """The demo town, and on top of it so many citizens, contacts and cases; the seconds these took."""
    with system(folder, keep=True):
        pass
    numbers = [f"--{name}={getattr(options, name)}" for name in ("citizens", "contacts", "cases")]
    port = str(free_base_port())
    environment = {**os.environ, "INDGANG_DATA": str(folder), "INDGANG_PORT": port, "INDGANG_DEMO": "1"}
    begun = time.monotonic()
    subprocess.run([str(INDGANG), "demo-data", *numbers], cwd=ROOT, env=environment, check=True)
    return time.monotonic() - begun


def measured(running: System, seconds: float) -> list[tuple[str, str, str]]:
    """How large it became, once its statistics are right."""
    with running.owner() as owner:
        begun = time.monotonic()
        owner.execute("VACUUM ANALYZE")
        tidied = time.monotonic() - begun
        tables = ("cases_case", "cases_document", "contacts_contact", "citizens_person")
        cases, documents, contacts, citizens = (_count(owner, table) for table in tables)
        row = owner.execute("SELECT pg_database_size(current_database()) / 1e9").fetchone()
    assert row is not None
    whole = f"{cases:,} cases, {documents:,} documents, {contacts:,} contacts, {citizens:,} citizens"
    return [
        (f"made by indgang demo-data: {whole}", f"{seconds / 60:.1f} min", f"and {tidied / 60:.1f} min VACUUM ANALYZE"),
        ("size of the database", f"{row[0]:.1f} GB", ""),
    ]


async def work(running: System, options: argparse.Namespace, report: Report) -> None:
    """The mix at its rate, first without counting."""
    folk = crew(running, options.people)
    load = Load(running, folk, options.rate)
    await load.run(WARM_UP)
    load.forget()
    before, own, begun = cpu_by_program(running.process.pid), own_cpu_ms(), time.monotonic()
    await load.run(options.seconds)
    spent = time.monotonic() - begun
    after, own = cpu_by_program(running.process.pid), own_cpu_ms() - own
    show(load, options, report)
    cores = os.cpu_count() or 1
    answered = sum(len(taken) for taken in load.taken.values())
    for name in sorted(after):
        used = max(0.0, after[name] - before.get(name, 0.0)) / 1000  # a process that ended takes its time with it
        share = f"{used * 1000 / max(1, answered):.1f} ms of CPU an answer"
        report.add(f"CPU of {name} meanwhile", f"{100 * used / spent / cores:.1f} %", share)
    report.add("CPU of the load generator meanwhile", f"{100 * own / 1000 / spent / cores:.1f} %", f"of {cores} cores")


def show(load: "Load", options: argparse.Namespace, report: Report) -> None:
    """Each kind by itself, and all together."""
    shares: dict[str, int] = defaultdict(int)
    for what, _, share in MIX:
        shares[what] += share
    for name, share in shares.items():
        taken = load.taken[name]
        if taken:
            report.add(f"{name} ({share} %), p50", f"{median(taken):.0f} ms", f"p95 {p(taken, 0.95):.0f} ms")
    whole = [value for taken in load.taken.values() for value in taken]
    answered = len(whole) / max(options.seconds, load.spent)
    report.at_least(f"answers a second, {options.rate:.0f} asked", answered, options.rate * 0.99, digits=1)
    report.add("all requests, p50", f"{median(whole):.0f} ms")
    report.at_most("all requests, p95", p(whole, 0.95), P95_MS, "ms", digits=0)
    report.at_most("all requests, p95, aim", p(whole, 0.95), AIM_MS, "ms", digits=0)
    report.add("all requests, p99", f"{p(whole, 0.99):.0f} ms", f"slowest {max(whole):.0f} ms")
    failed = sum(load.failed.values())
    said = ", ".join(f"{count} x {what}" for what, count in sorted(load.failed.items()))
    report.add("errors", f"{failed} of {load.asked}", said[:300] or "0", met=not failed)


class Load:
    """The people and what they ask, at fixed moments."""

    def __init__(self, running: System, folk: dict[str, list[dict[str, Any]]], rate: float) -> None:
        self.running, self.rate, self.chance = running, rate, random.Random(1)
        self.folk = folk
        self.key = running.demo["api_key"]
        kinds: defaultdict[str, list[float]] = defaultdict(list)
        self.browsers = {
            id(person): Browser(Place(running.port, person["cookie"], 0), kinds)
            for many in folk.values()
            for person in many
        }
        self.api = [ApiClient(running, self.key) for _ in range(4)]
        self.forget()

    def forget(self) -> None:
        """What was measured until now."""
        self.taken: defaultdict[str, list[float]] = defaultdict(list)
        self.failed: defaultdict[str, int] = defaultdict(int)
        self.asked, self.spent = 0, 0.0

    async def run(self, seconds: float) -> None:
        """So many seconds of the mix; the last answers are waited for."""
        whats, weights = [(what, who) for what, who, _ in MIX], [share for _, _, share in MIX]
        begun, open_ends = time.perf_counter(), set()
        for number in range(int(seconds * self.rate)):
            due = begun + number / self.rate
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            what, who = self.chance.choices(whats, weights)[0]
            task = asyncio.ensure_future(self._ask(what, who, due))
            open_ends.add(task)
            task.add_done_callback(open_ends.discard)
        if open_ends:
            _, late = await asyncio.wait(open_ends, timeout=PATIENCE)
            for task in late:
                task.cancel()
            if late:
                self.failed["no answer"] += len(late)
        self.spent = time.perf_counter() - begun

    async def _ask(self, what: str, who: str, due: float) -> None:
        self.asked += 1
        try:
            status = await (self._by_key(what) if who == KEY else self._by_person(what, who))
        except (OSError, asyncio.IncompleteReadError) as error:
            self.failed[f"{what}: {type(error).__name__}"] += 1
            return
        if status >= 400:
            self.failed[f"{what}: {status}"] += 1
            return
        self.taken[what].append((time.perf_counter() - due) * 1000)

    async def _by_person(self, what: str, who: str) -> int:
        person = self.chance.choice(self.folk[who])
        path, browser = self.chance.choice(person["paths"][what]), self.browsers[id(person)]
        if what == "note":
            form = {"theme": "Opringning", "body": FACTS, "oral_facts": "on", "version": "1"}
            made = await browser.post(path, what, form, part=True)
            return made.status if "/sag/" in made.to else 499  # on success the page goes back to the case
        part = what not in {"case", "case list", "overview", "contact", "contact list", "queue"}
        answer = await browser.get(path, what, part=part)
        return answer.status if answer.status != 302 else 498  # such as to the login

    async def _by_key(self, what: str) -> int:
        client = self.chance.choice(self.api)
        if what == "contact by API":
            said = {"name": "Ida Borger", "email": f"borger{self.asked}@borger.example"}
            return await client.ask("POST", "/api/v1/contacts", {"channel": "mail", "text": WRITTEN, "inquirer": said})
        person = self.chance.choice(self.folk[CASEWORKER])
        return await client.ask("GET", self.chance.choice(person["paths"][what]), None)


class ApiClient(Browser):
    """A program with a key."""

    def __init__(self, running: System, key: str) -> None:
        super().__init__(Place(running.port, "", 0), defaultdict(list))
        self.key = key

    async def ask(self, method: str, path: str, facts: dict[str, Any] | None) -> int:
        body = json.dumps(facts).encode() if facts else b""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.place.port}\r\nAuthorization: Bearer {self.key}\r\n"
        if facts:
            head += f"Content-Type: application/json\r\nIdempotency-Key: {uuid4()}\r\nContent-Length: {len(body)}\r\n"
        async with self._room:
            return (await self._exchange(head.encode() + b"\r\n" + body)).status


def crew(running: System, count: int) -> dict[str, list[dict[str, Any]]]:
    """Agents and caseworkers with their sessions and addresses."""
    folk: dict[str, list[dict[str, Any]]] = {AGENT: [], CASEWORKER: []}
    for person in made_by("_cases_crew.py", running, count):
        folk[person["kind"]].append(person)
    if not all(folk.values()):
        raise RuntimeError(f"nobody to ask: {[(kind, len(many)) for kind, many in folk.items()]}")
    return folk


def _count(owner: Any, table: str) -> int:
    return int(owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
