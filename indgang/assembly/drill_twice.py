"""The same thing twice: posts, keys, offers, takers, supervisors; and a profile with faults on the running system."""

import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from indgang.assembly.drill_browser import Browser
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_senders import Agent, call, to_review
from indgang.assembly.drill_system import ROOT, System, wait_for

T = TypeVar("T")
ROUNDS = 12
_LOAD = (
    "import sys; from pathlib import Path; from indgang.assembly import settings; "
    "settings.INDGANG_PROFILES = Path(sys.argv[1]); from indgang.assembly.commands import main; "
    "sys.exit(main(['load-profile', 'faulty']))"
)
_FAULTS = (  # file, the text to spoil, what to write instead, column
    ("tasks.csv", ",moving,2,", ",moving,nine,", "level"),
    ("units.csv", "KC,Kontaktcenter,contact_centre,ØKF", "KC,Kontaktcenter,contact_centre,XXF", "administration"),
    ("opening_hours.csv", "KC,phone,1,08:00", "KC,phone,1,25:00", "opens"),
)
_PROFILE_ROWS = """
    SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM (
        SELECT code, name, level::text FROM catalogue_task JOIN (SELECT 1) one ON true
        UNION ALL SELECT code, name, kind FROM organisation_unit) t
"""


def everything_twice(system: System, report: Report) -> None:
    """Nothing happens twice, and what is refused changes nothing."""
    _same_key(system, report)
    _same_form(system, report)
    _two_takers(system, report)
    _expired_offer(system, report)
    _faulty_profile(system, report)
    _two_supervisors(system, report)


def _same_key(system: System, report: Report) -> None:
    body = {"channel": "phone", "text": "Jeg vil melde flytning (mærke k0001)", "tasks": ["T-076"]}
    answers = together(6, lambda: call(system, "POST", "/contacts", body, key="drill-same-key", patience=10))
    references = {answer["reference"] for status, answer in answers if status == 201}
    other = call(system, "POST", "/contacts", {**body, "text": "noget andet"}, key="drill-same-key")
    there = system.number("SELECT count(*) FROM contacts_message WHERE body LIKE '%%mærke k0001%%'")
    fine = [status for status, _ in answers] == [201] * 6 and len(references) == 1 and there == 1 and other[0] == 409
    report.check("six posts with one Idempotency-Key are one contact, another body is refused", fine,
                 f"{len(references)} reference, {there} contact, other body {other[0]}")  # fmt: skip


def _same_form(system: System, report: Report) -> None:
    browser = Browser(system.port, address="127.2.0.1", patience=20)
    page = to_review(browser, "Jeg vil melde flytning (mærke k0002)", "drill-k0002@borger.example")
    answers = together(5, lambda: browser.submit(page, page.forms[-1]))
    ends = Counter((answer.status, answer.path.rpartition("/")[2]) for answer in answers)
    there = system.number(
        "SELECT count(*) FROM contacts_message WHERE direction = 'in' AND body LIKE '%%mærke k0002%%'"
    )
    receipts = "SELECT count(*) FROM journal_outboxparcel WHERE payload->>'to' = 'drill-k0002@borger.example'"
    fine = ends == {(200, "kvittering"): 5} and there == 1 and system.number(receipts) == 1
    report.check(
        "one form sent five times at once is one contact with one receipt", fine, f"{there} contact, {dict(ends)}"
    )


def _two_takers(system: System, report: Report) -> None:
    agents = [Agent(system, "agnes.agent"), Agent(system, "bjarne.bistand")]
    given: Counter[str] = Counter()
    wrong = []
    for number in range(ROUNDS):
        body = {"channel": "phone", "text": f"Jeg flytter, nummer {number}", "tasks": ["T-076"]}
        call(system, "POST", "/contacts", body)
        answers = together_of([lambda a=agent: a.call("POST", "/work/next") for agent in agents])  # type: ignore[misc]
        for agent, (status, item) in zip(agents, answers, strict=True):
            if status == 200:
                given[item["id"]] += 1
                agent.call("POST", f"/work/{item['id']}/finish", {"outcome": "informed"})
            elif status != 204:
                wrong.append(status)
    twice = [item for item, times in given.items() if times > 1]
    said = f"{len(given)} taken in {ROUNDS} rounds, {len(twice)} by two {wrong or ''}"
    report.check(
        "two agents who take at once never get the same", len(given) >= ROUNDS and not twice and not wrong, said
    )
    _two_accept(system, report, [Agent(system, "ulla.udadvendt"), Agent(system, "yrsa.ystad")])


def _two_accept(system: System, report: Report, agents: list[Agent]) -> None:
    """Offered to one, accepted by both at the same moment, several times by each."""
    for agent in agents:
        agent.available()
    call(system, "POST", "/contacts", {"channel": "phone", "text": "Jeg flytter (mærke k0003)", "tasks": ["T-076"]})
    offered = wait_for(lambda: _offer_of(system, "k0003"), 90)
    if not offered:
        report.check("two agents accept one offer", False, "it was not offered")
        return
    item, _ = offered
    tries: list[Callable[[], tuple[int, Any]]] = [
        lambda a=agent: a.call("POST", f"/work/{item}/accept", patience=5)  # type: ignore[misc]
        for agent in [*agents, *agents]
    ]
    statuses = Counter(status for status, _ in together_of(tries))
    accepted = system.number("SELECT count(*) FROM routing_offer WHERE item_id = %s AND result = 'accepted'", item)
    fine = accepted == 1 and statuses[200] == 2 and sum(statuses.values()) - statuses[200] == 2 and not statuses[500]
    report.check("two agents accept one offer: one has it, the other is refused", fine, dict(statuses))
    for agent in agents:
        agent.call("POST", f"/work/{item}/finish", {"outcome": "informed"})
        agent.call("PUT", "/work/state", {"state": "offline"})


def _expired_offer(system: System, report: Report) -> None:
    """Nobody answers: it goes back to waiting, the agent is asked no more, and a late accept is refused."""
    agent = Agent(system, "carla.choler")
    agent.available()
    call(system, "POST", "/contacts", {"channel": "phone", "text": "Jeg flytter (mærke k0004)", "tasks": ["T-076"]})
    offered = wait_for(lambda: _offer_of(system, "k0004"), 90)
    if not offered:
        report.check("an offer nobody answers", False, "it was not offered")
        return
    item, offer = offered
    system.move_clock("+5m")
    ended = "SELECT result FROM routing_offer WHERE id = %s AND result <> ''"
    result = wait_for(lambda: system.rows(ended, offer), 90) or []
    late, _ = agent.call("POST", f"/work/{item}/accept", patience=5)
    state = system.rows("SELECT state FROM routing_workitem WHERE id = %s", item)[0][0]
    fine = bool(result) and result[0][0] == "expired" and late in {404, 409} and state == "waiting"
    report.check("an expired offer waits again, a late accept is refused", fine, f"{result}, {late}, {state}")


def _offer_of(system: System, mark: str) -> tuple[str, str] | None:
    rows = system.rows(
        "SELECT w.id, o.id FROM routing_offer o JOIN routing_workitem w ON w.id = o.item_id "
        "JOIN contacts_message m ON m.contact_id = w.contact WHERE o.result = '' AND m.body LIKE %s",
        f"%mærke {mark}%",
    )
    return (str(rows[0][0]), str(rows[0][1])) if rows else None


def _faulty_profile(system: System, report: Report) -> None:
    """Three faults in three files: each is named by file, line and column, and nothing changes."""
    before = system.rows(_PROFILE_ROWS)
    with tempfile.TemporaryDirectory(prefix="indgang-drill-profile-") as folder:
        copy = Path(folder) / "faulty"
        shutil.copytree(ROOT / "profiles" / "copenhagen", copy)
        places = [(name, _spoil(copy / name, old, new), column) for name, old, new, column in _FAULTS]
        done = system.run("-c", _LOAD, folder, program=[sys.executable])
    said = done.stdout + done.stderr
    named = [f"{name}, linje {line}, kolonne {column}" for name, line, column in places]
    missing = [place for place in named if place not in said]
    same = system.rows(_PROFILE_ROWS) == before
    report.check("a faulty profile changes nothing and every fault is named by file, line and column",
                 done.returncode == 1 and same and not missing, f"{len(named) - len(missing)} of {len(named)} named "
                 + (f"missing {missing} in {said[-300:]}" if missing else ""))  # fmt: skip
    status, _ = call(system, "GET", "/catalogue/tasks/T-076")
    report.check("the running system goes on with the old one", status == 200, status)


def _spoil(path: Path, old: str, new: str) -> int:
    """The line in which the first `old` became `new`."""
    lines = path.read_text().split("\n")
    number = next(number for number, line in enumerate(lines) if old in line)
    lines[number] = lines[number].replace(old, new, 1)
    path.write_text("\n".join(lines))
    return number + 1


def _two_supervisors(system: System, report: Report) -> None:
    """A second start on the same folder, and one on another folder with the same ports, refuse and disturb nothing."""
    second = system.run("up")
    said = second.stdout + second.stderr
    alive = system.process.poll() is None and call(system, "GET", "/catalogue/tasks")[0] == 200
    named = "running already" in said and str(system.process.pid) in said
    report.check(
        "a second `indgang up` says that one is running", second.returncode == 1 and named and alive, said[:90]
    )
    with tempfile.TemporaryDirectory(prefix="indgang-drill-second-") as folder:
        Path(folder).chmod(0o755)
        other = System(system.process, Path(folder), system.port, system.demo).run("up")
    said = (other.stdout + other.stderr).strip()
    alive = call(system, "GET", "/catalogue/tasks")[0] == 200
    report.check("one on other data but the same ports names the port", other.returncode == 1 and alive
                 and "port" in said.lower(), said[:110])  # fmt: skip


def together(times: int, work: Callable[[], T]) -> list[T]:
    """The same work at the same moment."""
    return together_of([work] * times)


def together_of(works: list[Callable[[], T]]) -> list[T]:
    """All of it at the same moment."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        gate.wait(60)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
