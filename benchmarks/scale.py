"""The workplace at a million contacts: the agent's page, the lists with their filters, the queue and a timeline.

    .venv/bin/python benchmarks/scale.py [--contacts 200000] [--small 20000] [--times 20]

CPU-ms and time of each, the whole WSGI application called in the process, beside plain psycopg fetching the very rows
shown; and growth against the smaller size in the same run. Contacts are generated into the tables by COPY. The figures
of docs/benchmarks.md are made with --contacts 1000000.
"""

import argparse
import sys
import time

from _pages_parent import Side, environment
from _report import Report
from _start import database

P95_MS, WAITING = 100.0, 5_000
ROWS = ", its rows by psycopg"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contacts", type=int, default=200_000)
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    report = Report("scale")
    with database(profile=True) as db:
        side = Side(environment(db, "indgang"), "_scale_side.py")
        small = figures(side, report, options.small, options.small, options.times)
        large = figures(side, report, options.contacts, options.contacts - options.small, options.times)
        side.end()
    for name, (p50, p95, web, backend) in large.items():
        if name.endswith(ROWS):
            continue
        report.at_most(f"{name}, {options.contacts:,} contacts, p95", p95, P95_MS, "ms")
        before = small[name]
        said = f"p50 {p50:.1f} ms, web {web:.1f} + database {backend:.1f}; at {options.small:,}: {sum(before[2:]):.1f}"
        report.add(f"{name}, CPU", f"{web + backend:.1f} ms", said)
        bare = large.get(name + ROWS)
        if bare:
            report.add(f"{name}: ratio to plain psycopg, same rows", f"{(web + backend) / sum(bare[2:]):.1f} x")
    return report.end()


def figures(side: Side, report: Report, contacts: int, more: int, times: int) -> dict[str, list[float]]:
    """Fill up to that size, and measure."""
    begun = time.monotonic()
    side.do("fill", people=more % 97, persons=more // 10, count=more)
    filled = time.monotonic() - begun
    report.add(f"{contacts:,} contacts: {more:,} generated and analysed in", f"{filled:.0f} s")
    if contacts == more:
        side.do("prepare")
        side.do("wait", count=WAITING)
    side.do("tidy", statement="VACUUM ANALYZE")
    side.do("figures", times=5)
    found: dict[str, list[float]] = side.do("figures", times=times)
    return found


if __name__ == "__main__":
    sys.exit(main())
