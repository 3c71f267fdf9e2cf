"""How fast the queue is read with 5,000 waiting: the work list, the leader's live view, and the bare statement beside.

`.venv/bin/python benchmarks/queue_view.py [--waiting 5000] [--rounds 50]` starts its own database, fills it, and prints
p50, p95, CPU milliseconds of this process and the ratio to raw psycopg reading the same first page in the same run.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

import psycopg
from _start import database

BARE = "SELECT * FROM routing_workitem WHERE state <> 'done' ORDER BY due_at, id LIMIT 51"
GROUPS = ("moving", "parking", "tax", "register", "general")


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--waiting", type=int, default=5000)
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    with database() as db:
        os.environ |= {"DATABASE_URL": db.url("app"), "DATABASE_OWNER_URL": db.url("owner")}
        measure(options.waiting, options.agents, options.rounds)


def measure(waiting: int, agents: int, rounds: int) -> None:
    """Print the table."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
    django.setup()
    from indgang.core.organisation.testing import make_employee, viewer_of
    from indgang.core.routing import selectors
    from indgang.core.routing.testing import make_available
    from indgang.foundation.runtime import clock

    at = clock.now()
    crew = [make_employee(f"Agent {n}", groups={g: (3, 1) for g in GROUPS}) for n in range(agents)]
    leader = viewer_of(make_employee("Lene Leder", roles=["manager"], groups={}))
    for employee in crew:
        make_available(employee.pk, at)
    _fill(waiting)
    agent = viewer_of(crew[0])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as raw:
        bare = _timed("raw psycopg, first page", rounds, lambda: raw.execute(BARE).fetchall())
    for name, read in (
        ("work list, first page", lambda: selectors.queue(agent, 51, at=at)),
        ("number beside take next", lambda: selectors.waiting_for(crew[0].pk, at)),
        ("live view of the leader", lambda: selectors.live(leader, at)),
        ("stuck items", lambda: selectors.stuck(at)),
    ):
        took = _timed(name, rounds, read)
        print(f"{'':>28}  {took / bare:.1f} times the bare statement")


def _fill(waiting: int) -> None:
    from indgang.core.routing.testing import make_item
    from indgang.foundation.runtime import clock

    now = clock.now()
    for number in range(waiting):
        make_item(
            GROUPS[number % len(GROUPS)], at=now - timedelta(seconds=number % 7200), due_minutes=number % 600,
            medium="phone" if number % 10 == 0 else "mail",
        )  # fmt: skip


def _timed(name: str, rounds: int, read: Callable[[], object]) -> float:
    """Print and return the median in milliseconds."""
    read()
    times, cpu = [], time.process_time()
    for _ in range(rounds):
        begin = time.perf_counter()
        read()
        times.append((time.perf_counter() - begin) * 1000)
    spent = (time.process_time() - cpu) * 1000 / rounds
    p95 = sorted(times)[max(0, int(0.95 * rounds) - 1)]
    print(f"{name:>28}: p50 {statistics.median(times):7.1f} ms  p95 {p95:7.1f} ms  CPU {spent:6.1f} ms")
    return statistics.median(times)


if __name__ == "__main__":
    main()
