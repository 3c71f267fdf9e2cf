"""How fast work reaches people: assignments per second with 16 processes, commit to offer, and wrong assignments.

`.venv/bin/python benchmarks/assignment.py [--items 2000] [--agents 16]` starts its own database (durable, as in
operation), one dispatcher and the agents, each a process, and prints a table. The load runs on the same machine.
The baseline is the bare conditional statement, claimed by as many processes on the same server in the same run.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
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
    with database() as server:
        bare = measure_bare(options.items, options.agents)
        sys.exit(measure(options.items, options.agents, bare, server))


@contextmanager
def database() -> Iterator[int]:
    """An own, durable database with all tables; its address stands in the environment. Gives the server's pid."""
    folder = Path(tempfile.mkdtemp(prefix="indgang-bench-"))
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ |= {
        "INDGANG_DATA": str(folder),
        "INDGANG_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings"),
    }
    from indgang.foundation.runtime.postgres import Cluster

    cluster = Cluster.of(folder, port=port)
    server = cluster.start()
    try:
        os.environ |= {"DATABASE_URL": cluster.url("app"), "DATABASE_OWNER_URL": cluster.url("owner")}
        owner = {**os.environ, "INDGANG_DB_ROLE": "owner"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=owner, check=True)
        yield server.pid
    finally:
        cluster.stop(server)
        shutil.rmtree(cluster.folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


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
    import django

    django.setup()
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
    print("CPU per assignment: " + ", ".join(f"{part} {ms:.1f} ms" for part, ms in cost.items()))
    show(items, agents, bare, per_second, median, p99, {"double": doubles, "idle": idle, "replay": wrong})
    return int(bool(doubles or wrong or idle > 2))


def children(pid: int) -> list[int]:
    """The processes a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu_ms(pids: list[int]) -> float:
    """The processor time these processes have used; it does not depend on what else runs on the machine."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


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


def show(
    items: int, agents: int, bare: float, per_second: float, median: float, p99: float, wrong: dict[str, int]
) -> None:
    """The table."""
    load = os.getloadavg()[0]
    rows = [
        (f"assignments per second, {agents} processes, {items} items", f"{per_second:.0f}", f">= {TARGET_PER_SECOND}"),
        ("bare conditional statement per second, same run", f"{bare:.0f}", ""),
        ("ratio to the bare statement", f"{per_second / bare:.3f}", ""),
        (f"commit to offer at {RATE}/s, p50", f"{median:.1f} ms", ""),
        (f"commit to offer at {RATE}/s, p99", f"{p99:.1f} ms", f"<= {TARGET_P99_MS} ms"),
        ("assigned twice", str(wrong["double"]), "0"),
        ("offers that differ from the policy's replay", str(wrong["replay"]), "0"),
        ("most passes an able free agent sat beside work", str(wrong["idle"]), "<= 2 (one matches)"),
        ("load average of the machine at the end", f"{load:.1f}", ""),
    ]
    width = max(len(name) for name, _, _ in rows)
    for name, value, target in rows:
        print(f"{name:<{width}}  {value:>10}  {target}")


if __name__ == "__main__":
    main()
