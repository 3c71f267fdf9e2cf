"""Nothing is lost: every process is killed while mails, forms and agents are at work; then all is counted."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from indgang.assembly import drill_counting as counting
from indgang.assembly.drill_killer import Killer, acknowledged_just_before
from indgang.assembly.drill_live import Watcher
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_senders import Agent, Crew, Ledger, call, citizens, mail_server, timetable
from indgang.assembly.drill_system import PROCESSES, System, wait_for

STUCK_SECONDS = 120
WORK_SECONDS = 120  # agents who could finish nothing in so long after everything was filed never will
AGENTS = ("agnes.agent", "carla.choler", "gunnar.glad", "mads.modtager")


@dataclass(frozen=True)
class Size:
    """How much is sent, and how hard it is disturbed."""

    mails: int = 500
    forms: int = 500
    seconds: float = 75
    mail_servers: int = 6
    browsers: int = 8
    kills_each: int = 5
    killed: tuple[str, ...] = PROCESSES
    pause: tuple[float, float] = (1.2, 2.6)
    just_before: int = 50


def nothing_lost(system: System, report: Report, size: Size) -> None:
    """Send, kill, wait until quiet, count."""
    mails, forms = Ledger(), Ledger()
    senders, killing, working = Crew(), Crew(), Crew()
    killer = Killer(system, size.kills_each, size.pause, size.killed)
    agents = [Agent(system, name) for name in AGENTS]
    for agent in agents:
        working.start(agent.work, working.stopping, 0.3)
    due = timetable("m", size.mails, size.seconds), timetable("f", size.forms, size.seconds)
    patience = 180 + size.seconds
    for _ in range(size.mail_servers):
        senders.start(mail_server, system, due[0], mails, patience)
    for _ in range(size.browsers):
        senders.start(citizens, system, due[1], forms, patience)
    killing.start(killer.run, killing.stopping)
    watcher, watching = Watcher(system, "karen.kontakt"), Crew()
    watching.start(watcher.run, watching.stopping)
    through = senders.join(900)
    killer.finished.wait(90 + 45 * size.kills_each * len(size.killed))
    killing.stopping.set()
    report.check("senders and killer came to an end", through and killing.join(60))
    _report_kills(report, killer, mails, forms, size)
    _wait_until_quiet(system, report)
    _report_live(system, report, watcher)
    watching.stopping.set()
    wait_for(lambda: any(agent.finished for agent in agents), WORK_SECONDS)
    working.stopping.set()
    report.check("agents came to an end", working.join(400))
    for name, ledger, wanted in (("mails", mails, size.mails), ("forms", forms, size.forms)):
        _report_messages(system, report, name, ledger, wanted)
    _report_work(system, report, agents)


def _report_kills(report: Report, killer: Killer, mails: Ledger, forms: Ledger, size: Size) -> None:
    counts = ", ".join(f"{name} {killer.count(name)}" for name in size.killed)
    fine = all(killer.count(name) >= size.kills_each for name in size.killed)
    report.check(f"each process killed {size.kills_each} times with kill -9", fine, counts)
    by_itself = [line for line in ended(killer.system) if line[1] != -9]
    report.check("no process ended by itself", not by_itself, by_itself or "")
    moments = [*mails.acknowledged.values(), *forms.acknowledged.values()]
    close = acknowledged_just_before(killer.kills, moments)
    report.check(
        f"acknowledgements in the second before a kill >= {size.just_before}", close >= size.just_before, close
    )


def _report_live(system: System, report: Report, watcher: Watcher) -> None:
    """The page that was open all the time still hears what happens."""
    before = watcher.events.total()
    call(system, "POST", "/contacts", {"channel": "phone", "text": "Jeg flytter", "tasks": ["T-076"]})
    heard = wait_for(lambda: watcher.events.total() > before, 60)
    said = f"{watcher.streams} streams, {_spoken(watcher.events)}"
    report.check("an open page hears live events again", bool(heard), said)


def ended(system: System) -> list[tuple[str, int]]:
    """Every end of a process the supervisor has told of, with its exit code."""
    log = (system.data / "up.log").read_text(errors="replace").splitlines()
    lines = [json.loads(line) for line in log if line.startswith("{") and '"died"' in line]
    return [(line["process"], line["exit_code"]) for line in lines if line.get("event") == "died"]


def _wait_until_quiet(system: System, report: Report) -> None:
    """Until all mails are filed and all parcels are out; leases of killed workers run out by the demo's clock."""
    begun = time.monotonic()
    wait_for(lambda: set(PROCESSES) <= set(system.children()), 120)
    wait_for(lambda: system.rows("SELECT 1"), 120)
    wait_for(lambda: system.number(counting.UNFILED) == 0, 15)
    system.move_clock("+3m")
    quiet = gets_done(lambda: _left(system))
    report.check("all mails filed and all letters out", quiet, f"{time.monotonic() - begun:.0f} s after the end")


def gets_done(left: Callable[[], int]) -> bool:
    """Whether what is left goes down to nothing; on a slow machine it may take long, as long as it goes on."""
    least, since, begun = 10**9, time.monotonic(), time.monotonic()
    while least and time.monotonic() - since < STUCK_SECONDS and time.monotonic() - begun < 600:
        now = left()
        if now < least:
            least, since = now, time.monotonic()
        time.sleep(0.5)
    return least == 0


def _left(system: System) -> int:
    return system.number(counting.UNFILED) + system.number(counting.WAITING_PARCELS)


def _report_messages(system: System, report: Report, name: str, ledger: Ledger, wanted: int) -> None:
    there = counting.tally(system, ledger)
    acknowledged = len(ledger.acknowledged)
    said = (
        f"{len(ledger.sent)} sent in {ledger.sent.total()} attempts, {acknowledged} acknowledged, {there.found} found, "
        f"{len(there.doubles)} doubles, {len(there.missing)} missing"
    )
    exactly = there.found == acknowledged == wanted and not there.doubles and not there.missing
    report.check(f"{name}: every acknowledged one is exactly one", exactly, said)
    for what, marks in (("double", there.doubles), ("missing", there.missing), ("gave up", ledger.gave_up)):
        if marks:
            report.say(f"{what}: {', '.join(marks[:10])}")
    if ledger.references:
        report.check(f"{name}: the reference shown is the contact's", not there.other_reference, len(ledger.references))
    report.check(f"{name}: no attachment is missing", not there.without_file, there.without_file[:10] or "")
    report.say(f"{name}: answers {_spoken(ledger.answers)}")
    report.check(f"{name}: nobody was answered 500", ledger.answers["500"] == 0)
    sent = counting.receipts(system, sorted(ledger.acknowledged))
    fine = not sent.second and not sent.none
    facts = f"{sent.mails} receipts, {sent.repeats} repeated with the same Message-ID, {len(sent.second)} second ones"
    report.check(f"{name}: one receipt each", fine, f"{facts}, {len(sent.none)} missing {sent.none[:5] or ''}")


def _report_work(system: System, report: Report, agents: list[Agent]) -> None:
    finished = [item for agent in agents for item in agent.finished]
    statuses = sum((agent.statuses for agent in agents), Counter())
    done = system.number("SELECT count(*) FROM routing_workitem WHERE state = 'done'")
    said = f"{len(finished)} finished by {len(agents)} agents, {done} done; answers {_spoken(statuses)}"
    report.check("agents took and finished work", len(finished) > 0 and not statuses["500"], said)
    report.check("no work was finished by two agents", len(set(finished)) == len(finished))
    check_work(system, report)


def check_work(system: System, report: Report) -> None:
    """Every open contact has one open piece of work, and the journal is whole."""
    states = system.rows("SELECT state, count(*) FROM routing_workitem GROUP BY 1 ORDER BY 1")
    lost = system.number(counting.LOST_WORK)
    said = ", ".join(f"{count} {state}" for state, count in states)
    report.check("every open contact is waiting, offered or in hand, once", lost == 0, f"{said}; {lost} lost")
    half = wait_for(lambda: system.number(counting.HALF_OFFERS) == 0, 60)
    report.check("every offer belongs to an offered item and the other way round", bool(half))
    verified = system.run("verify-journal", "--json")
    facts = json.loads(verified.stdout or "{}")
    said = f"{facts.get('seals')} seals over {facts.get('events')} events, {facts.get('unsealed')} not sealed yet"
    report.check("the journal is intact", verified.returncode == 0 and bool(facts.get("intact")), said)


def _spoken(answers: Counter[str]) -> str:
    return ", ".join(f"{answer} x {count}" for answer, count in sorted(answers.items())) or "none"
