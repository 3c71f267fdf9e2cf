"""300 agents at work for a while: typing that saves itself, live events, answers and endings; and nothing is lost.

    .venv/bin/python benchmarks/agents_live.py [--agents 300] [--minutes 1] [--rate 0.9] [--handling 283]

A whole Indgang on a new data folder. Contacts come by mail at a steady rate; the dispatcher offers them; each agent has
a live stream, takes what is offered, reads, types in bursts, sends, and ends the contact, by the pages' own forms. A
contact takes 283 s, of which 80 make a day at 85 % occupancy: with 0.9 a second 255 of 300 have one in hand, from the
first second on, each somewhere in the middle of it. What a page reads again by itself is asked for as the page does.

`lost` counts what was acknowledged and is not there: the stored draft is not the last acknowledged one (or a newer), a
sent answer is not in its contact exactly once, a closed contact is not closed. It must be 0.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg
from _agents_around import Mails, crew, until_waiting
from _agents_browser import Answer, Browser, Place, events
from _processes import cpu_by_program, own_cpu_ms
from _report import Report, p
from _start import System, system

READING, TYPING, ENDING = 0.25, 0.6, 0.15  # shares of the handling time
PER_SECOND = 4.5  # characters of a burst
BURST, PAUSE = (15, 60), (1.0, 5.0)
HEARTBEAT, WORK_LIST, COUNTS = 20.0, 45.0, 60.0  # what a page does by itself, seconds
SPREAD, APART = 10.0, 15.0  # seconds until the number waiting is asked for after the queue moved (workplace.js)
PROBES = 5  # events a second whose way to the client is measured
TIMEOUT = (OSError, asyncio.IncompleteReadError)
WORDS = (
    "kan",
    "du",
    "finde",
    "på",
    "vores",
    "sider",
    "eller",
    "ved",
    "at",
    "ringe",
    "til",
    "os",
    "i",
    "dag",
    "så",
    "vi",
)
FIELD = re.compile(r'name="(version)"[^>]*value="(\d+)"')
RESULTS = re.compile(r'name="(result-[^"]+)".*?<option value="([^"]+)"', re.DOTALL)


@dataclass
class Seen:
    """What the run learns: milliseconds by kind, and what was acknowledged."""

    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    probes: dict[str, float] = field(default_factory=dict)
    sent: dict[str, tuple[int, str]] = field(default_factory=dict)  # contact -> who, what
    closed: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    drafts_held: int = 0


class Agent:
    """One person at a desk."""

    def __init__(self, place: Place, seen: Seen, options: argparse.Namespace, database: str, number: int) -> None:
        self.place, self.seen, self.options, self.database = place, seen, options, database
        self.chance = random.Random(number)
        self.browser = Browser(place, seen.times)
        self.background: set[asyncio.Task[Any]] = set()
        self.offer, self.contact, self.typing, self.sending = "", "", False, ""
        self.news = asyncio.Event()
        self.counted, self.counting = -APART, False
        self.draft: tuple[str, list[str]] = ("", [])  # the last acknowledged text, and what was sent after it
        self.stream: asyncio.Task[None] | None = None

    async def work(self, busy: float | None) -> None:
        """Until cancelled. `busy`: how far into a contact this agent is when the run begins; None: waits for one."""
        self.page_body = ""
        await self.browser.post("/arbejdsplads/tilstand", "other forms", {"mode": "available"})
        await self.shows(await self.browser.get("/arbejdsplads", "page"))
        self.later(self.ticks())
        if busy is not None:
            await self.takes("/arbejdsplads/naeste", busy)
        while True:
            while not self.offer:
                self.news.clear()
                await self.news.wait()
            await asyncio.sleep(self.chance.uniform(1, 4))
            offered, self.offer = self.offer, ""
            if offered:
                await self.takes(f"/arbejdsplads/{offered}/tag", 0.0)

    async def takes(self, path: str, done: float) -> None:
        """Take a contact and see it through; `done` is the share of it that lies behind."""
        answer = await self.browser.post(path, "take", {})
        item = answer.to.rpartition("/")[2]
        if not re.fullmatch(r"[0-9a-f-]{36}", item):
            return
        page = await self.browser.go(answer, "page")
        await self.shows(page)
        contact, length = self.contact, self.options.handling * self.chance.uniform(0.6, 1.4)
        await asyncio.sleep(length * max(0.0, READING - done))
        text = await self.types(item, length, max(0.0, min(1.0, (done - READING) / TYPING)))
        self.check_draft(contact, await self.stored(contact))
        page = await self.sends(item, contact, text, page)
        await asyncio.sleep(length * ENDING * min(1.0, (1 - done) / ENDING))
        await self.ends(item, contact)

    async def types(self, item: str, length: float, behind: float) -> str:
        """A text in bursts; the page saves it at most once a second while it changes."""
        wanted = int(length * TYPING * (1 - behind) * 2.6) + 20  # with its pauses, 2.6 characters a second
        text, saving, self.typing = f"Hej. Tak for din henvendelse {uuid4().hex[:6]}.", None, True
        begun = len(text)
        while len(text) - begun < wanted:
            burst = self.chance.randint(*BURST)
            while burst > 0:
                await asyncio.sleep(1.0)
                burst -= int(PER_SECOND)
                text += "".join(f" {self.chance.choice(WORDS)}" for _ in range(int(PER_SECOND) // 4))
                if saving is None or saving.done():
                    saving = self.later(self.saves(item, text))
            await asyncio.sleep(self.chance.uniform(*PAUSE))
        if saving is not None:
            await saving
        self.typing = False
        return text

    async def saves(self, item: str, text: str) -> None:
        self.draft[1].append(text)
        form = {"field": "reply", "body": text}
        answer = await self.browser.post(f"/arbejdsplads/{item}/kladde", "autosave", form, part=True)
        if answer.status == 200:
            self.draft = (text, self.draft[1][self.draft[1].index(text) + 1 :])

    async def sends(self, item: str, contact: str, text: str, page: Answer) -> Answer:
        """The answer, by the page's form; a page that is out of date is read again first."""
        self.sending = text
        for _ in range(3):
            form = {"body": text, **dict(FIELD.findall(page.body)[:1])}
            answer = await self.browser.post(f"/arbejdsplads/{item}/svar", "reply", form, part=True)
            if answer.status < 400:
                self.draft = ("", [])
                self.seen.sent[contact] = (self.place.employee, text)
                page = await self.browser.go(answer, "page")
                await self.shows(page)
                return page
            page = await self.browser.get(f"/arbejdsplads/{item}", "page")
        return page

    async def ends(self, item: str, contact: str) -> None:
        """The dialog, and the end."""
        path = f"/arbejdsplads/{item}/afslut"
        for _ in range(3):
            dialog = await self.browser.get(path, "dialog", part=True)
            results = dict(RESULTS.findall(dialog.body))
            form = {**dict(FIELD.findall(dialog.body)[:1]), **results, "outcome": "" if results else "informed"}
            answer = await self.browser.post(path, "close", form, part=True)
            if answer.status < 400:
                self.seen.closed.add(contact)
                await self.shows(await self.browser.go(answer, "page"))
                return

    async def shows(self, page: Answer) -> None:
        """A page is there: the stream follows its topics, and its parts read themselves."""
        found = re.search(r'data-topics="([^"]+)"', page.body)
        contact = re.search(r'id="her"[^>]*data-contact="([^"]+)"', page.body)
        self.contact = contact[1] if contact else ""
        self.sees(page.body)
        if self.stream is not None:
            self.stream.cancel()
        self.stream = self.later(self.follows(found[1] if found else f"agent:{self.place.employee} queue"))
        self.later(self.is_here())

    async def follows(self, topics: str) -> None:
        async for event in events(self.place, topics):
            sent = self.seen.probes.pop(event["id"], None)
            if sent is not None:
                self.seen.times["event"].append((time.perf_counter() - sent) * 1000)
                continue
            kind = event["topic"].partition(":")[0]
            if kind in ("", "agent"):
                self.later(self.reads_work())
            if kind in ("", "queue"):
                self.later(self.counts_soon())
            if kind in ("", "contact") and self.contact:
                self.later(self.reads_talk())

    async def ticks(self) -> None:
        """What the page asks for by the clock."""
        begun = time.monotonic()
        due = {
            self.is_here: begun + self.chance.uniform(0, HEARTBEAT),
            self.reads_work: begun + self.chance.uniform(0, WORK_LIST),
            self.reads_counts: begun + self.chance.uniform(0, COUNTS),
        }
        every = {self.is_here: HEARTBEAT, self.reads_work: WORK_LIST, self.reads_counts: COUNTS}
        while True:
            what = min(due, key=lambda one: due[one])
            await asyncio.sleep(max(0.0, due[what] - time.monotonic()))
            due[what] += every[what]
            self.later(what())

    async def is_here(self) -> None:
        form = {"contact": self.contact, "typing": "1" if self.typing else ""}
        await self.browser.post("/arbejdsplads/her", "heartbeat", form, part=True)

    async def reads_work(self) -> None:
        self.sees((await self.browser.get("/arbejdsplads/arbejde", "part: own work", part=True)).body)

    async def counts_soon(self) -> None:
        if not self.counting:
            self.counting = True
            await asyncio.sleep(max(self.chance.uniform(0, SPREAD), self.counted + APART - time.monotonic()))
            self.counting, self.counted = False, time.monotonic()
            await self.reads_counts()

    async def reads_counts(self) -> None:
        await self.browser.get("/arbejdsplads/antal", "part: number waiting", part=True)

    async def reads_talk(self) -> None:
        item = re.search(r"/arbejdsplads/([0-9a-f-]{36})/samtale", self.page_body)
        if item:
            await self.browser.get(item[0], "part: conversation", part=True)

    def sees(self, body: str) -> None:
        """An offer stands on the page or does not."""
        if "offer-place" in body:
            offered = re.search(r'data-offer="([^"]+)"', body)
            self.offer = offered[1] if offered else ""
            self.news.set()
        if "data-topics" in body:
            self.page_body = body

    def later(self, work: Awaitable[Any]) -> "asyncio.Task[Any]":
        """Beside everything else, as a browser does it; what fails is told."""

        async def told() -> Any:
            try:
                return await work
            except TIMEOUT as error:
                self.seen.times[f"broken {type(error).__name__}"].append(0.0)

        task = asyncio.create_task(told())
        self.background.add(task)
        task.add_done_callback(self.background.discard)
        return task

    async def stored(self, contact: str) -> str:
        """The draft as the database has it."""
        query = "SELECT text FROM contacts_draft WHERE contact_id = %s AND employee_id = %s AND field = 'reply'"
        async with await psycopg.AsyncConnection.connect(self.database) as connection:
            row = await (await connection.execute(query, [contact, self.place.employee])).fetchone()
        return row[0] if row else ""

    def check_draft(self, contact: str, stored: str) -> None:
        """The last acknowledged text, or one that was sent after it."""
        acknowledged, later = self.draft
        self.seen.drafts_held += 1
        if acknowledged and stored != acknowledged and stored not in later:
            self.seen.lost.append(f"draft of {contact}: {len(acknowledged)} characters saved, {len(stored)} found")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=0.9, help="contacts a second")
    parser.add_argument("--handling", type=float, default=283.0, help="seconds a contact takes")
    options = parser.parse_args()
    report = Report("agents_live")
    with system() as running:
        asyncio.run(measure(report, running, options))
    return report.end()


async def measure(report: Report, running: System, options: argparse.Namespace) -> None:
    """Warm up until everybody has what they would have in hand, then count."""
    places = [Place(running.port, *one) for one in crew(running, options.agents)]
    seen, url = Seen(), running.app_url()
    busy = min(int(options.rate * options.handling), int(options.agents * 0.95))
    mails = Mails(running.port + 25)
    await asyncio.to_thread(mails.send, busy + 20)
    await until_waiting(running, busy)
    agents = [Agent(place, seen, options, url, number) for number, place in enumerate(places)]
    tasks = []
    for number, agent in enumerate(agents):
        tasks.append(asyncio.create_task(agent.work(number / busy if number < busy else None)))
        await asyncio.sleep(0.1)
    tasks += [asyncio.create_task(mails.trickle(options.rate)), asyncio.create_task(probe(url, places, seen))]
    await asyncio.sleep(10)
    for times in seen.times.values():
        times.clear()
    handled, begun = len(seen.closed), time.monotonic()
    before, own = cpu_by_program(running.process.pid), own_cpu_ms()
    await asyncio.sleep(options.minutes * 60)
    seconds, own = time.monotonic() - begun, own_cpu_ms() - own
    cost = {name: ms - before.get(name, 0.0) for name, ms in cpu_by_program(running.process.pid).items()}
    show(report, seen, seconds, {**cost, "this benchmark": own}, len(seen.closed) - handled, options)
    await stop(agents, tasks)
    await check(report, running, agents, seen)


async def probe(url: str, places: list[Place], seen: Seen) -> None:
    """Events for one employee at a time, as `web.services.publish` writes them."""
    chance, number = random.Random(2), 0
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while True:
            await asyncio.sleep(1 / PROBES)
            key, number = f"probe{number}", number + 1
            topic = f"agent:{chance.choice(places).employee}"
            line = json.dumps({"topic": topic, "event": "changed", "id": key})
            seen.probes[key] = time.perf_counter()
            await connection.execute("SELECT pg_notify('indgang_live', %s)", [line])


async def stop(agents: list[Agent], tasks: list["asyncio.Task[Any]"]) -> None:
    """Everybody stops in the middle of what they do, as when the power goes; what was under way is answered."""
    for task in tasks:
        task.cancel()
    await asyncio.sleep(3)
    for agent in agents:
        for task in list(agent.background):
            task.cancel()
        agent.browser.close()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)


def show(
    report: Report, seen: Seen, seconds: float, cost: dict[str, float], handled: int, options: argparse.Namespace
) -> None:
    times = seen.times
    report.add(f"agents with a live stream, {seconds / 60:.1f} minutes", str(options.agents))
    report.add("contacts handled (answered and closed)", str(handled), f"{handled / seconds:.2f} a second")
    report.add("autosaves per second", f"{len(times['autosave']) / seconds:.1f}")
    report.add("requests per second", f"{sum(map(len, times.values())) / seconds:.0f}")
    for name in ("web", "live", "database", "dispatcher", "worker", "mailroom", "simulators", "this benchmark"):
        report.add(f"CPU of {name}", f"{cost.get(name, 0.0) / seconds / 10:.1f} %", "of one core")
    for kind in ("autosave", "page", "event"):
        report.add(f"{kind}, p50", f"{p(times[kind], 0.5):.0f} ms", f"{len(times[kind])} times")
        report.add(f"{kind}, p95", f"{p(times[kind], 0.95):.0f} ms")
    others = sorted(set(times) - {"autosave", "page", "event"})
    for kind in others:
        if times[kind]:
            report.add(kind, f"{p(times[kind], 0.95):.0f} ms p95", f"{len(times[kind])} times")


async def check(report: Report, running: System, agents: list[Agent], seen: Seen) -> None:
    """Hold what was acknowledged against the tables."""
    with running.owner() as owner:
        said = defaultdict(list)
        for contact, author, body in owner.execute(
            "SELECT contact_id::text, author, body FROM contacts_message WHERE direction = 'out' AND NOT automatic"
        ):
            said[contact].append((author, body))
        states = dict(owner.execute("SELECT id::text, state FROM contacts_contact").fetchall())
    for agent in agents:
        author = f"employee:{agent.place.employee}"
        under_way = agent.sending and (author, agent.sending) in said[agent.contact]  # sent, the answer not heard
        if agent.draft[0] and agent.contact and not under_way:
            agent.check_draft(agent.contact, await agent.stored(agent.contact))
    for contact, (employee, text) in seen.sent.items():
        number = said[contact].count((f"employee:{employee}", text))
        if number != 1 or len(said[contact]) != 1:
            seen.lost.append(f"the answer in {contact} is there {number} times of {len(said[contact])}")
    seen.lost += [f"{contact} is {states.get(contact)}" for contact in seen.closed if states.get(contact) != "closed"]
    held = f"{seen.drafts_held} drafts, {len(seen.sent)} answers, {len(seen.closed)} endings"
    report.add("lost", str(len(seen.lost)), held, met=not seen.lost)
    report.must(not seen.lost, f"lost: {'; '.join(seen.lost[:5])}")


if __name__ == "__main__":
    sys.exit(main())
