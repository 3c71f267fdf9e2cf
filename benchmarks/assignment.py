"""How fast work reaches people: assignments per second with 16 processes, commit to offer, and wrong assignments.

`.venv/bin/python benchmarks/assignment.py [--items 2000] [--agents 16]` starts its own database (durable, as in
operation), one dispatcher and the agents, each a process, and prints a table. The load runs on the same machine.
The baseline is the bare conditional statement, claimed by as many processes on the same server in the same run.
"""

import argparse
import os
import subprocess
import sys
import time
from datetime import timedelta

import _processes
import psycopg
from _processes import children
from _report import Report
from _start import ROOT, database

GROUPS = ("moving", "parking", "tax")
RATE = 40  # items per second while agents are free
TARGET_PER_SECOND, TARGET_P99_MS = 100, 250

BARE_TABLES = """
CREATE TABLE bare_item (id int PRIMARY KEY, state text NOT NULL, agent int, due_at timestamptz NOT NULL);
CREATE INDEX ON bare_item (due_at) WHERE state = 'waiting';
INSERT INTO bare_item SELECT n, 'waiting', NULL, now() + n * interval '1 s' FROM generate_series(1, {items}) n;
GRANT ALL ON bare_item TO PUBLIC;
"""
BARE_CLAIM = """
UPDATE bare_item SET state = 'active', agent = %s WHERE id = (
    SELECT id FROM bare_item WHERE state = 'waiting' ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
FIRST_OFFERS = """
SELECT percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM offered - waiting) * 1000)
FROM (SELECT id, min(at) FILTER (WHERE state = 'waiting') AS waiting,
             min(at) FILTER (WHERE state = 'offered') AS offered
      FROM watch.item WHERE id = ANY(%s) GROUP BY id) AS item
"""
SPAN = "SELECT extract(epoch FROM max(at) - min(at)) FROM watch.item WHERE state = 'offered'"


def main() -> None:
    """Run it all and print the table; ends with 1 when an assignment was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--agents", type=int, default=16)
    parser.add_argument("--bare", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare is not None:
        claim_bare(options.bare)
        return
    with database() as db:
        os.environ |= {"DATABASE_URL": db.url("app"), "DATABASE_OWNER_URL": db.url("owner")}
        bare = measure_bare(options.items, options.agents)
        sys.exit(measure(options.items, options.agents, bare, db.server.pid))


def measure_bare(items: int, processes: int) -> float:
    """Claims per second of the bare statement."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(BARE_TABLES.format(items=items))
    command = [sys.executable, __file__, "--bare"]
    started = [
        subprocess.Popen([*command, str(n)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(processes)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    begin = time.perf_counter()
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    claimed = sum(int(process.communicate()[0]) for process in started)
    assert claimed == items
    return claimed / (time.perf_counter() - begin)


def claim_bare(number: int) -> None:
    """One process of the baseline: claims until nothing waits, prints how many."""
    claimed = 0
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        while connection.execute(BARE_CLAIM, [number]).fetchone():
            claimed += 1
    sys.stdout.write(f"{claimed}\n")


def measure(items: int, agents: int, bare: float, server: int) -> int:
    """The product's figures, printed; 1 when an assignment was wrong."""
    from indgang.core.routing import policy
    from indgang.core.routing.models import Offer
    from indgang.core.routing.tests.crew import crew
    from indgang.core.routing.tests.watching import DOUBLES, IDLE_PASSES, watched

    with watched() as history, crew() as team:
        dispatcher = team.dispatcher()
        staff = employ(agents)
        team.agents(staff)
        free = trickle(RATE * 10)
        median, p99 = history.execute(FIRST_OFFERS, [free]).fetchone()[0]
        history.execute("TRUNCATE watch.item")
        pile(items)
        others = [p.pid for p in team.processes if p is not dispatcher]
        parts = {"dispatcher": [dispatcher.pid], "agents": others, "database": children(server)}
        before = {part: cpu_ms(pids) for part, pids in parts.items()}
        wait_until_done()
        cost = {part: (cpu_ms(pids) - before[part]) / items for part, pids in parts.items()}
        per_second = items / float(history.execute(SPAN).fetchone()[0])
        doubles = history.execute(DOUBLES).fetchone()[0]
        idle = history.execute(IDLE_PASSES).fetchone()[0]
    wrong = sum(policy.replay(o.explanation) != (o.item_id, o.agent_id) for o in Offer.objects.iterator())
    return show(
        items, agents, bare, per_second, (median, p99), cost, {"double": doubles, "idle": idle, "replay": wrong}
    )


def show(
    items: int,
    agents: int,
    bare: float,
    per_second: float,
    waited: tuple[float, float],
    cost: dict[str, float],
    wrong: dict[str, int],
) -> int:
    """The table."""
    report = Report("assignment")
    report.at_least(f"assignments per second, {agents} processes, {items} items", per_second, TARGET_PER_SECOND)
    report.add("bare conditional statement per second, same run", f"{bare:.0f}")
    report.add("ratio to the bare statement", f"{per_second / bare:.3f}")
    for part, ms in cost.items():
        report.add(f"CPU per assignment, {part}", f"{ms:.1f} ms")
    report.add(f"commit to offer at {RATE}/s, p50", f"{waited[0]:.1f} ms")
    report.at_most(f"commit to offer at {RATE}/s, p99", float(waited[1]), TARGET_P99_MS, "ms")
    report.add("assigned twice", str(wrong["double"]), "0", met=not wrong["double"])
    report.add("offers that differ from the policy's replay", str(wrong["replay"]), "0", met=not wrong["replay"])
    idle = wrong["idle"]
    report.add("most passes an able free agent sat beside work", str(idle), "<= 2 (one matches)", met=idle <= 2)
    report.must(not (wrong["double"] or wrong["replay"] or idle > 2), "an assignment was wrong")
    return report.end()


def cpu_ms(pids: list[int]) -> float:
    """The processor time these processes have used; it does not depend on what else runs on the machine."""
    return sum(_processes.cpu_ms(pids).values())


def employ(number: int) -> list[int]:
    """Employees who each know two of three fields, differently well."""
    from indgang.core.organisation.testing import make_employee

    def knows(n: int) -> dict[str, tuple[int, int]]:
        return {GROUPS[n % 3]: (1 + n % 5, 1), GROUPS[(n + 1) % 3]: (1 + n % 4, 1)}

    return [make_employee(f"Agent {n}", groups=knows(n)).pk for n in range(number)]


def pile(number: int) -> None:
    """Items that have waited so long that every step is open; all there at once, or making them would be measured."""
    from django.db import transaction

    from indgang.core.routing.testing import make_item
    from indgang.foundation.runtime import clock

    at = clock.now() - timedelta(minutes=2)
    with transaction.atomic():
        for n in range(number):
            make_item(GROUPS[n % 3], at=at, due_minutes=n % 50)


def trickle(number: int) -> list[object]:
    """Items that come one by one while agents are free."""
    from indgang.core.routing.testing import make_item
    from indgang.foundation.runtime import clock

    made = []
    begin = time.perf_counter()
    for n in range(number):
        time.sleep(max(0.0, begin + n / RATE - time.perf_counter()))
        made.append(make_item(GROUPS[n % 3], at=clock.now() - timedelta(minutes=2)).id)
    wait_until_done()
    return made


def wait_until_done() -> None:
    """Until nothing is open."""
    from indgang.core.routing.models import WorkItem

    while WorkItem.objects.exclude(state="done").exists():
        time.sleep(0.1)


if __name__ == "__main__":
    main()
