"""How fast the queue is read with 5,000 waiting: the work list, the leader's live view, and the bare statement beside.

`.venv/bin/python benchmarks/queue_view.py [--waiting 5000] [--rounds 50]` starts its own database, fills it, and prints
p50, p95, CPU milliseconds of this process and the ratio to plain psycopg reading the same first page in the same run.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import psycopg
from _report import Report, median, p
from _start import database

BARE = "SELECT * FROM routing_workitem WHERE state <> 'done' ORDER BY due_at, id LIMIT 51"
GROUPS = ("moving", "parking", "tax", "register", "general")


def main() -> int:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--waiting", type=int, default=5000)
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    report = Report("queue_view")
    with database() as db:
        os.environ |= {"DATABASE_URL": db.url("app"), "DATABASE_OWNER_URL": db.url("owner")}
        measure(report, options.waiting, options.agents, options.rounds)
    return report.end()


def measure(report: Report, waiting: int, agents: int, rounds: int) -> None:
    """The views in turn, each beside the bare statement."""
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
        bare = _timed(report, "plain psycopg, first page", rounds, lambda: raw.execute(BARE).fetchall())
    for name, read in (
        ("work list, first page", lambda: selectors.queue(agent, 51, at=at)),
        ("number beside take next", lambda: selectors.waiting_for(crew[0].pk, at)),
        ("live view of the leader", lambda: selectors.live(leader, at)),
        ("stuck items", lambda: selectors.stuck(at)),
    ):
        took = _timed(report, f"{name}, {waiting:,} waiting", rounds, read)
        report.add(f"{name}: ratio to plain psycopg, p50", f"{took / bare:.1f} x")


def _fill(waiting: int) -> None:
    from indgang.core.routing.testing import make_item
    from indgang.foundation.runtime import clock

    now = clock.now()
    for number in range(waiting):
        make_item(
            GROUPS[number % len(GROUPS)], at=now - timedelta(seconds=number % 7200), due_minutes=number % 600,
            medium="phone" if number % 10 == 0 else "mail",
        )  # fmt: skip


def _timed(report: Report, name: str, rounds: int, read: Callable[[], object]) -> float:
    """Report p50, p95 and the CPU of this process; the median in milliseconds."""
    read()
    times, cpu = [], time.process_time()
    for _ in range(rounds):
        begin = time.perf_counter()
        read()
        times.append((time.perf_counter() - begin) * 1000)
    spent = (time.process_time() - cpu) * 1000 / rounds
    report.add(f"{name}, p50", f"{median(times):.1f} ms", f"CPU {spent:.1f} ms")
    report.add(f"{name}, p95", f"{p(times, 0.95):.1f} ms")
    return median(times)


if __name__ == "__main__":
    sys.exit(main())
