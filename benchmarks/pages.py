"""What an agent's page and a citizen's timeline cost at 20,000 and at 200,000 contacts.

    .venv/bin/python benchmarks/pages.py [--small 20000] [--large 200000] [--rounds 6] [--times 20]

CPU-ms per page: the web process's own and its database backends', from /proc, the whole WSGI application called in the
process. Held against two limits in the same run: an empty page behind the same middleware, and plain psycopg fetching
the very same rows (which the run checks). The two sizes take turns, round by round, and the persons shown have equally
many contacts in both. Latency is measured over HTTP, on granian as in operation.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

from _pages_parent import Side, environment
from _report import Report, median, p
from _start import ROOT, Database, database, free_base_port

GROWTH, P95_MS, PER_SECOND = 1.2, 100.0, 20
Measured = list[dict[str, list[float]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    report = Report("pages")
    with database(profile=True) as db:
        with sides(db, options.small, options.large) as (small, large):
            for size, side in ((options.small, small), (options.large, large)):
                for difference in side.do("check"):
                    report.must(False, f"at {size} contacts: {difference}")
            rounds = measure(small, large, options.rounds, options.times)
            statements, address = large.do("statements"), large.do("address")
        show(report, options.small, options.large, rounds)
        report.add("statements of an agent's page", str(statements))
        over_http(report, db, address)
    return report.end()


@contextmanager
def sides(db: Database, small: int, large: int) -> Iterator[tuple[Side, Side]]:
    """Both sizes, filled; the larger begins as a copy of the smaller."""
    from django.db import connections

    first = Side(environment(db, "indgang"))
    first.do("fill", people=1, persons=small // 10, count=small)
    first.end()
    connections.close_all()
    connections["default"].close_pool()
    with db.cluster.superuser() as connection:
        connection.execute("CREATE DATABASE larger TEMPLATE indgang OWNER indgang_owner")
    one, other = Side(environment(db, "indgang")), Side(environment(db, "larger"))
    try:
        other.do("fill", people=2, persons=large // 10, count=large - small)
        for side in (one, other):
            if not side.do("prepare"):
                raise RuntimeError("nobody has as many contacts as the comparison needs")
        yield one, other
    finally:
        one.end()
        other.end()


def measure(small: Side, large: Side, rounds: int, times: int) -> tuple[Measured, Measured]:
    """Each size in turn; the first round warms up and does not count."""
    found: tuple[Measured, Measured] = ([], [])
    for number in range(rounds + 1):
        for side, rows in ((small, found[0]), (large, found[1])):
            result = side.do("measure", times=times)
            if number:
                rows.append(result)
    return found


def show(report: Report, small: int, large: int, rounds: tuple[Measured, Measured]) -> None:
    """Medians over the rounds; growth is the median of the rounds' own ratios."""
    names = {
        "empty": "empty page, same middleware",
        "empty_for_staff": "empty page that asks who is there",
        "page": "agent's page with an open contact",
        "page_rows": "plain psycopg, rows of that page",
        "timeline": "timeline of a citizen (selector)",
        "timeline_rows": "plain psycopg, rows of that timeline",
    }
    for size, found in zip((small, large), rounds, strict=True):
        for key, name in names.items():
            own, backend = (median([row[key][place] for row in found]) for place in (0, 1))
            report.add(
                f"{name}, {size:,} contacts", f"{own + backend:.2f} ms", f"web {own:.2f} + database {backend:.2f}"
            )
    for key, limits in (("page", ("empty", "empty_for_staff", "page_rows")), ("timeline", ("timeline_rows",))):
        for limit in limits:
            ratio = median([sum(row[key]) / sum(row[limit]) for row in rounds[1]])
            report.add(f"{key}: ratio to {names[limit]}, {large:,} contacts", f"{ratio:.1f} x")
    for key in ("page", "timeline"):
        growth = median([sum(b[key]) / sum(a[key]) for a, b in zip(*rounds, strict=True)])
        report.at_most(f"{key}: growth from {small:,} to {large:,} contacts", growth, GROWTH, "x", digits=2)


def over_http(report: Report, db: Database, address: dict[str, Any]) -> None:
    """Latency on granian, as many workers and threads as in operation."""
    port = free_base_port()
    place = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning"]
    size = ["--workers", "2", "--blocking-threads", "4"]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *place, *size, "indgang.assembly.wsgi:application"],
        cwd=ROOT,
        env=environment(db, "larger"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        with db.owner("larger") as owner:
            owner.execute("TRUNCATE access_lookup")
        ask(port, address, 20)
        alone = ask(port, address, 60)
        paced = ask_at_a_pace(port, address, 200)
        report.add("agent's page over HTTP, one client, p50", f"{p(alone, 0.5):.0f} ms")
        report.add("agent's page over HTTP, one client, p95", f"{p(alone, 0.95):.0f} ms")
        report.add(f"agent's page over HTTP, {PER_SECOND}/s, p50", f"{p(paced, 0.5):.0f} ms")
        report.at_most(f"agent's page over HTTP, {PER_SECOND}/s, p95", p(paced, 0.95), P95_MS, "ms", digits=0)
    finally:
        server.terminate()
        server.wait(20)


def wait_for(port: int) -> None:
    for _ in range(400):
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).connect()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("granian does not start")


def ask(port: int, address: dict[str, Any], times: int) -> list[float]:
    """One request after the other; milliseconds each."""
    return [one(port, address, number, time.perf_counter()) for number in range(times)]


def ask_at_a_pace(port: int, address: dict[str, Any], times: int) -> list[float]:
    """Requests at fixed moments; each counts from its moment, so that a jam is seen."""
    begin = time.perf_counter() + 0.2

    def at_its_time(number: int) -> float:
        due = begin + number / PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        return one(port, address, number, due)

    with ThreadPoolExecutor(16) as clients:
        return list(clients.map(at_its_time, range(times)))


def one(port: int, address: dict[str, Any], number: int, since: float) -> float:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    path = address["paths"][number % len(address["paths"])]
    connection.request("GET", path, headers={"Cookie": f"indgang_staff={address['cookie']}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return (time.perf_counter() - since) * 1000


if __name__ == "__main__":
    sys.exit(main())
